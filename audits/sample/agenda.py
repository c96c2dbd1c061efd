"""What the inspector account has on its desk after 25.08.2021: one audit under review, one returned, eight planned.

None of them has reached a figure. Approving the one under review makes one more school non-compliant.
"""

from datetime import date
from random import Random

from audits.models import Status
from audits.sample.courses import Course, End, Visit
from audits.sample.flaws import OF_THE_UPKEEP, Draw
from schools.models import School

UNDER_REVIEW_ON = date(2021, 8, 24)
RETURNED_ON = date(2021, 8, 18)
PLANNED_ON = [date(2021, 9, day) for day in (1, 2, 3, 6, 7, 8, 9, 10)]


def put_on_the_desk(courses: list[Course], draw: Draw, random: Random) -> list[tuple[School, date]]:
    """Add the two visits to their courses; the planned audits are returned as (school, day).

    The schools are some that were never assessed and those compliant ones whose last visit lies longest ago.
    """
    unassessed = random.sample([course for course in courses if course.end is End.UNASSESSED], 5)
    compliant = [course for course in courses if course.end is End.COMPLIANT]
    longest_ago = sorted(compliant, key=lambda course: (course.visits[-1].on, course.school.code))[:5]
    returned, *to_assess = unassessed
    under_review, *to_visit_again = longest_ago
    for course, day, status in [
        (under_review, UNDER_REVIEW_ON, Status.SUBMITTED),
        (returned, RETURNED_ON, Status.RETURNED),
    ]:
        flaws = course.eras[-1].flaws | draw.grave(course.school, OF_THE_UPKEEP)
        course.visits.append(Visit(day, flaws, ends_as=status))
    planned = [course.school for pair in zip(to_assess, to_visit_again, strict=True) for course in pair]
    return list(zip(planned, PLANNED_ON, strict=True))
