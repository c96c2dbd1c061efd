"""Schools leave the roll: closed, or merged into another. Dated, today or later."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid
from core.reasons import given
from schools import history
from schools.models import Change, School
from schools.permissions import can_keep_the_roll
from schools.services.held import (
    districts_since,
    guard_day,
    guard_staying,
    held,
    held_beside,
    hold_districts_of,
)
from schools.signals import roll_changed


@transaction.atomic
def close(*, school: School, on: date, reason: str, by: User, at: datetime, expects: int | None = None) -> School:
    """Take the school off the roll from `on`. Conflict if it is closed already, Invalid for a day that is past."""
    school = held(school, by=by, may=can_keep_the_roll, expects=expects)
    reason = given(reason)
    _guard_closing(school, on, at)
    act: dict[str, Any] = {"act": Change.Act.CLOSED, "on": on, "reason": reason, "by": by, "at": at}
    history.revise(school, {"closed_on": on}, **act)
    roll_changed.send(sender=School, district_ids=districts_since(school, on))
    return school


@transaction.atomic
def merge(
    *, school: School, into: School, on: date, reason: str, by: User, at: datetime, expects: int | None = None
) -> School:
    """Close the school from `on` in favour of another, which goes on. Both keep it in their history.

    PermissionDenied unless the person keeps the roll of both; Conflict if either is closed by then.
    """
    if school.pk == into.pk:
        raise Invalid(_("A school is merged into another one."))
    school, other = held_beside(school, into, by=by, may=can_keep_the_roll, expects=expects)
    assert other is not None
    reason = given(reason)
    _guard_closing(school, on, at)
    if not School.objects.open_on(on).filter(pk=other.pk, placements__in=other.placements.on(on)).exists():
        raise Conflict(_("The school that takes over is not on the roll on that day."))
    act: dict[str, Any] = {"on": on, "reason": reason, "by": by, "at": at}
    history.revise(school, {"closed_on": on, "merged_into": other}, act=Change.Act.MERGED, **act)
    history.touch(other, act=Change.Act.ABSORBED, fields={"absorbed": (None, school)}, **act)
    roll_changed.send(sender=School, district_ids=districts_since(school, on))
    return school


@transaction.atomic
def cancel_closing(*, school: School, reason: str, by: User, at: datetime, expects: int | None = None) -> School:
    """Leave the school open: its closing or merger is called off. Conflict unless the day is still to come, and if
    its district is to be abolished."""
    districts = hold_districts_of(school, day_of(at))
    school, other = held_beside(school, _takes_over(school), by=by, may=can_keep_the_roll, expects=expects)
    reason = given(reason)
    on = school.closed_on
    if on is None or on <= day_of(at):
        raise Conflict(_("No closing of this school is to come."))
    if school.merged_into_id != (other.pk if other else None):
        raise Conflict(_("This was changed meanwhile. Look at the page again."))
    if last := school.placements.order_by("-valid_from").first():
        guard_staying(districts, last.district_id)
    act: dict[str, Any] = {"act": Change.Act.CLOSING_CANCELLED, "on": on, "reason": reason, "by": by, "at": at}
    history.revise(school, {"closed_on": None, "merged_into": None}, **act)
    if other:
        history.touch(other, fields={"absorbed": (school, None)}, **act)
    roll_changed.send(sender=School, district_ids=districts_since(school, on))
    return school


def _takes_over(school: School) -> School | None:
    """The school it is to be merged into: read before the locks, which are taken in the order of the keys."""
    return School.objects.filter(absorbed=school).first()


def _guard_closing(school: School, on: date, at: datetime) -> None:
    if school.closed_on:
        raise Conflict(_("This school is closed already."))
    guard_day(on, at)
    if on <= school.opened_on:
        raise Invalid(_("A school closes after the day it opened."))
    if school.absorbed.filter(closed_on__gte=on).exists():
        raise Conflict(_("Another school is to be merged into this one on that day or later: cancel that first."))
