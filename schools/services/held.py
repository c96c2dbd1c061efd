"""How every act on a school begins: it is held, the person may, and saw what is there now."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid
from schools import history
from schools.models import District, School


def held(school: School, *, by: User, may: Callable[[User, School], bool], expects: int | None) -> School:
    """The school as it is now, locked. PermissionDenied, or Outdated if it is not the version expected."""
    return held_beside(school, None, by=by, may=may, expects=expects)[0]


def held_beside(
    school: School, other: School | None, *, by: User, may: Callable[[User, School], bool], expects: int | None
) -> tuple[School, School | None]:
    """The same with another school, locked in the order of their keys. What is expected is said of the first."""
    keys = [each.pk for each in (school, other) if each]
    rows = School.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    locked = {each.pk: each for each in rows}
    # Asked under the lock: a move that was waited for may have taken the school out of the person's area.
    if not all(may(by, each) for each in locked.values()):
        raise PermissionDenied
    history.guard_version(locked[school.pk], expects)
    return locked[school.pk], locked[other.pk] if other else None


def guard_day(on: date, at: datetime) -> None:
    """The roll of a past day has been counted and told; it stays as it was."""
    if on < day_of(at):
        raise Invalid(_("Choose today or a later day: the figures of past days do not change."))


def problems_of_district(district: District, on: date) -> list[str]:
    """Why no school can be placed there from `on` for good. Holds the district, before any school: a reform may be
    abolishing it at this moment."""
    found = District.objects.select_for_update(no_key=True).existing_on(on).filter(pk=district.pk).first()
    if found is None:
        return [_("There is no such district.")]
    return problems_of_staying(found)


def problems_of_staying(district: District) -> list[str]:
    """Why no school can be in the district for good."""
    if district.abolished_on is None:
        return []
    day = date_format(district.abolished_on)
    return [_("This district is abolished on %(day)s: choose the one that takes over.") % {"day": day}]


def hold_districts_of(school: School, since: date) -> dict[int, District]:
    """Districts of the school on the day and later, held before the school: a reform may be abolishing one at this
    moment."""
    held = District.objects.select_for_update(no_key=True).filter(pk__in=districts_since(school, since))
    return {district.pk: district for district in held.order_by("pk")}


def guard_staying(held: Mapping[int, District], district_id: int) -> None:
    """Conflict if the school came to the district since they were held, or cannot stay there for good."""
    if district_id not in held:
        raise Conflict(_("This was changed meanwhile. Look at the page again."))
    if problems := problems_of_staying(held[district_id]):
        raise Conflict(*problems)


def districts_since(school: School, day: date) -> set[int]:
    """Districts the school was placed in on `day` or later."""
    return set(school.placements.not_over(day).values_list("district_id", flat=True))
