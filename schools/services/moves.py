"""A school comes to another district: arranged for a day, and called off while the day has not come."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid
from core.reasons import given
from schools import history
from schools.areas import Area
from schools.models import Change, District, Placement, School
from schools.permissions import can_keep_the_roll
from schools.services.held import (
    districts_since,
    guard_day,
    guard_staying,
    held,
    hold_districts_of,
    problems_of_district,
)
from schools.signals import roll_changed


@transaction.atomic
def move(
    *, school: School, to: District, on: date, reason: str, by: User, at: datetime, expects: int | None = None
) -> Placement:
    """Place the school in another district from `on`; figures before that day do not change.

    Conflict if it is there already, is closed, or another move is arranged; Invalid for a day that is past or on which
    the school does not exist, and for a district that does not, or is to be abolished.
    """
    problems = problems_of_district(to, on)
    school = held(school, by=by, may=can_keep_the_roll, expects=expects)
    if not District.objects.visible_to(by).filter(pk=to.pk).exists():
        raise PermissionDenied
    reason = given(reason)
    current = school.placements.select_related("district__region").order_by("-valid_from").first()
    guard_state(school, current, to.pk, at)
    guard_day(on, at)
    if problems := [*problems, *problems_of_arrival(school, current, on)]:
        raise Invalid(*problems)
    touched = districts_since(school, on) | {to.pk}
    if current:
        current.valid_to = on
        current.save(update_fields=["valid_to"])
    placement = Placement.objects.create(school=school, district=to, valid_from=on)
    was = Area(district=current.district).key if current else None
    fields = {"district": (was, Area(district=to).key)}
    history.touch(school, act=Change.Act.MOVED, fields=fields, on=on, reason=reason, by=by, at=at)
    roll_changed.send(sender=School, district_ids=touched)
    return placement


@transaction.atomic
def cancel_move(*, school: School, reason: str, by: User, at: datetime, expects: int | None = None) -> School:
    """Call off the move that is arranged; the school stays where it is. Conflict if none is to come, or if that
    district is to be abolished.

    The placement that never began goes, the history keeps that it was arranged and called off.
    """
    today = day_of(at)
    districts = hold_districts_of(school, today)
    school = held(school, by=by, may=can_keep_the_roll, expects=expects)
    reason = given(reason)
    coming = school.placements.with_places().filter(valid_from__gt=today).order_by("valid_from").first()
    present = school.placements.with_places().on(today).first()
    if not coming or not present:
        raise Conflict(_("No move of this school is to come."))
    guard_staying(districts, present.district_id)
    touched = districts_since(school, coming.valid_from) | {present.district_id}
    coming.delete()
    present.valid_to = None
    present.save(update_fields=["valid_to"])
    fields = {"district": (Area(district=coming.district).key, Area(district=present.district).key)}
    act = Change.Act.MOVE_CANCELLED
    history.touch(school, act=act, fields=fields, on=coming.valid_from, reason=reason, by=by, at=at)
    roll_changed.send(sender=School, district_ids=touched)
    return school


def guard_state(school: Any, current: Any, to_id: int, at: datetime) -> None:
    """Conflict if the school, whose last placement is `current`, cannot move to the district as things are."""
    if school.closed_on and school.closed_on <= day_of(at):
        raise Conflict(_("This school is closed already."))
    if current and current.district_id == to_id:
        raise Conflict(_("This school is in that district already."))
    if current and current.valid_from > day_of(at):
        raise Conflict(_("A move of this school is arranged already: cancel it first."))


def problems_of_arrival(school: Any, current: Any, on: date) -> list[str]:
    """Why a move cannot be on this day."""
    problems = []
    if current and on <= current.valid_from:
        problems.append(_("A school moves after the day it came to its present district."))
    if school.closed_on and on >= school.closed_on:
        problems.append(_("A school moves before the day it closes."))
    return problems
