"""Dated acts on the roll. Nothing is deleted; each act tells the districts whose figures it touches."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid
from schools.models import District, Placement, School
from schools.permissions import can_keep_the_roll
from schools.signals import roll_changed


@transaction.atomic
def close(*, school: School, on: date, by: User, at: datetime) -> School:
    """Take the school off the roll from `on`. Conflict if it is closed already, Invalid for a day that is past."""
    school = _locked(school, by)
    if school.closed_on:
        raise Conflict(_("This school is closed already."))
    _guard_day(on, at)
    if on <= school.opened_on:
        raise Invalid(_("A school closes after the day it opened."))
    school.closed_on = on
    school.save(update_fields=["closed_on"])
    roll_changed.send(sender=School, district_ids=_districts_since(school, on))
    return school


@transaction.atomic
def move(*, school: School, to: District, on: date, by: User, at: datetime) -> Placement:
    """Place the school in another district from `on`; figures before that day do not change.

    Conflict if it is there already, Invalid for a day that is past, on which the district does not exist, or that is
    followed by a later placement.
    """
    school = _locked(school, by)
    if not District.objects.visible_to(by).filter(pk=to.pk).exists():
        raise PermissionDenied
    current = school.placements.order_by("-valid_from").first()
    if current and current.district_id == to.pk:
        raise Conflict(_("This school is in that district already."))
    _guard_day(on, at)
    if not District.objects.existing_on(on).filter(pk=to.pk).exists():
        raise Invalid(_("There is no such district."))
    if current and on <= current.valid_from:
        raise Invalid(_("A school moves after the day it came to its present district."))
    if current:
        current.valid_to = on
        current.save(update_fields=["valid_to"])
    placement = Placement.objects.create(school=school, district=to, valid_from=on)
    roll_changed.send(
        sender=School, district_ids=_districts_since(school, on) | {current.district_id if current else to.pk}
    )
    return placement


def _locked(school: School, by: User) -> School:
    if not can_keep_the_roll(by, school):
        raise PermissionDenied
    return School.objects.select_for_update(no_key=True).get(pk=school.pk)


def _guard_day(on: date, at: datetime) -> None:
    """The roll of a past day has been counted and told; it stays as it was."""
    if on < day_of(at):
        raise Invalid(_("Choose today or a later day: the figures of past days do not change."))


def _districts_since(school: School, day: date) -> set[int]:
    """Districts the school was placed in on `day` or later."""
    return {
        placement.district_id
        for placement in school.placements.all()
        if not placement.valid_to or placement.valid_to > day
    }
