"""What happens at each school up to 25.08.2021: when it was equipped, what its visits found, what broke.

Where a school ends is dealt first, so that the published figures come out; everything else is drawn to lead there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from random import Random

from audits.models import Status
from audits.sample import published
from audits.sample.flaws import OF_THE_EQUIPMENT, OF_THE_UPKEEP, Draw
from schools.models import District, Placement, School

# Visits fall into two waves; between them, in the winter, some schools get a new system.
FIRST_WAVE = (date(2020, 9, 14), date(2020, 11, 27))
SECOND_WAVE = (date(2021, 4, 5), date(2021, 8, 19))
RENEWALS = (date(2020, 12, 10), date(2021, 3, 20))
EQUIPPED_LONG_AGO = (date(2014, 3, 1), date(2019, 11, 30))
EQUIPPED_LATE = (date(2021, 1, 11), date(2021, 3, 20))
SHARE_EQUIPPED_LATE = 0.08
UNASSESSED_DISTRICTS = {"abay", "katonkaragay", "kurchum", "tarbagatay", "urzhar"}
REPAIRED_FAULTS = 60


class End(Enum):
    """How a school stands on 25.08.2021. A malfunctioning one is non-compliant as well."""

    UNEQUIPPED = auto()
    UNASSESSED = auto()
    COMPLIANT = auto()
    MALFUNCTIONING = auto()
    NON_COMPLIANT = auto()


class Story(Enum):
    """How many visits led there: one in either wave, or two with the same verdict or with another one."""

    FIRST_WAVE_ONLY = auto()
    SAME_AGAIN = auto()
    TURNED = auto()
    SECOND_WAVE_ONLY = auto()


# How many schools of each end went which way; the others were visited in the second wave only.
STORIES = {
    End.COMPLIANT: {Story.FIRST_WAVE_ONLY: 2, Story.SAME_AGAIN: 10, Story.TURNED: 30},
    End.MALFUNCTIONING: {Story.SAME_AGAIN: 3, Story.TURNED: 2},
    End.NON_COMPLIANT: {Story.FIRST_WAVE_ONLY: 15, Story.SAME_AGAIN: 120, Story.TURNED: 25},
}


@dataclass
class Visit:
    on: date
    flaws: frozenset[str]
    ends_as: Status = Status.APPROVED


@dataclass
class Era:
    """The time of one system, and what is wrong with it."""

    flaws: frozenset[str]
    since: date
    until: date | None = None


@dataclass
class Fault:
    """Cameras that did not work, until they were repaired."""

    since: date
    until: date | None = None


@dataclass
class Course:
    school: School
    district: District
    end: End
    eras: list[Era] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    fault: Fault | None = None


def draw_courses(placements: Sequence[Placement], draw: Draw, random: Random) -> list[Course]:
    """The course of every school, in the order of the placements."""
    ends = _deal_ends(placements, random)
    stories = _deal_stories(ends, random)
    courses = []
    for placement in placements:
        school = placement.school
        course = Course(school, placement.district, ends[school.code])
        if course.end in STORIES:
            _tell(course, stories[school.code], draw, random)
        elif course.end is End.UNASSESSED:
            course.eras = [Era(draw.any(school, OF_THE_EQUIPMENT), day_within(EQUIPPED_LONG_AGO, random))]
        courses.append(course)
    _break_and_repair(courses, random)
    return courses


def day_within(days: tuple[date, date], random: Random) -> date:
    """A working day of the span."""
    first, last = days
    day = first + timedelta(days=random.randint(0, (last - first).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _deal_ends(placements: Sequence[Placement], random: Random) -> dict[str, End]:
    """{school code: end}. Small villages go without cameras, remote ones unvisited; cities comply more often."""
    villages = [p for p in placements if p.school.setting == School.Setting.VILLAGE]
    small = [p.school.code for p in villages if p.school.pupils < 120]
    ends = dict.fromkeys(random.sample(small, published.UNEQUIPPED), End.UNEQUIPPED)
    remote = [p.school.code for p in villages if p.district.slug in UNASSESSED_DISTRICTS and p.school.code not in ends]
    ends |= dict.fromkeys(random.sample(remote, published.UNASSESSED), End.UNASSESSED)
    left = [p.school for p in placements if p.school.code not in ends]
    # The largest of random ** (1 / weight) are a sample without replacement, weighted.
    chances = {s.code: random.random() ** (1 / (3 if s.setting == School.Setting.CITY else 1)) for s in left}
    luckiest = sorted(chances, key=lambda code: (chances[code], code), reverse=True)
    ends |= dict.fromkeys(luckiest[: published.COMPLIANT], End.COMPLIANT)
    others = sorted(luckiest[published.COMPLIANT :])
    ends |= dict.fromkeys(others, End.NON_COMPLIANT)
    return ends | dict.fromkeys(random.sample(others, published.MALFUNCTIONING), End.MALFUNCTIONING)


def _deal_stories(ends: dict[str, End], random: Random) -> dict[str, Story]:
    stories = dict.fromkeys(ends, Story.SECOND_WAVE_ONLY)
    for end, counts in STORIES.items():
        codes = [code for code in sorted(ends) if ends[code] is end]
        random.shuffle(codes)
        dealt = [story for story, count in counts.items() for _each in range(count)]
        stories |= dict(zip(codes, dealt, strict=False))
    return stories


def _tell(course: Course, story: Story, draw: Draw, random: Random) -> None:
    """Give the course its systems and visits, so that the verdict of the last visit is its end."""
    school = course.school
    complies = course.end is End.COMPLIANT
    turned = story is Story.TURNED
    equipped = EQUIPPED_LONG_AGO
    if story is Story.SECOND_WAVE_ONLY and random.random() < SHARE_EQUIPPED_LATE:
        equipped = EQUIPPED_LATE
    equipment = draw.harmless if complies != turned else draw.grave
    course.eras = [Era(equipment(school, OF_THE_EQUIPMENT), day_within(equipped, random))]
    if story is not Story.SECOND_WAVE_ONLY:
        upkeep = draw.harmless if complies != turned else draw.any
        _visit(course, FIRST_WAVE, upkeep(school, OF_THE_UPKEEP), random)
    if turned and complies:
        course.eras[0].until = day_within(RENEWALS, random)
        course.eras.append(Era(draw.harmless(school, OF_THE_EQUIPMENT), course.eras[0].until))
    if story is not Story.FIRST_WAVE_ONLY:
        upkeep = draw.harmless if complies else draw.grave if turned else draw.any
        _visit(course, SECOND_WAVE, upkeep(school, OF_THE_UPKEEP), random)


def _visit(course: Course, wave: tuple[date, date], upkeep: frozenset[str], random: Random) -> None:
    course.visits.append(Visit(day_within(wave, random), course.eras[-1].flaws | upkeep))


def _break_and_repair(courses: Iterable[Course], random: Random) -> None:
    """Break cameras of the malfunctioning schools for good, and of some others between their visits."""
    sound = []
    for course in courses:
        if course.end is End.MALFUNCTIONING:
            course.fault = Fault(course.visits[-1].on - timedelta(days=random.randint(1, 14)))
        elif course.end in STORIES and len(course.eras) == 1:
            sound.append(course)
    for course in random.sample(sound, REPAIRED_FAULTS):
        while course.fault is None:
            earliest = max(date(2020, 3, 2), course.eras[0].since + timedelta(days=3))
            since = day_within((earliest, date(2021, 7, 1)), random)
            until = since + timedelta(days=random.randint(7, 40))
            if not any(since <= visit.on <= until for visit in course.visits):
                course.fault = Fault(since, until)
