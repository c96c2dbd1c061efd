"""What the register says of a school: corrected, renamed, confirmed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid, Problem
from core.reasons import given
from schools import history
from schools.models import Change, School
from schools.permissions import NAMES, can_confirm, can_correct, can_keep_the_roll, fields_open_to
from schools.services.held import held
from schools.services.rules import DESCRIPTION, checked


@transaction.atomic
def correct(
    *,
    school: School,
    values: Mapping[str, Any],
    reason: str = "",
    confirms: bool = False,
    by: User,
    at: datetime,
    expects: int | None = None,
) -> School:
    """Give columns of rules.DESCRIPTION other values; what differs is kept in the history.

    `confirms` says as well that all the rest is right, as confirm() does.
    PermissionDenied names every field that is not the person's to change, Invalid has all problems of the values.
    """
    school = held(school, by=by, may=can_correct, expects=expects)
    _guard_fields(school, values, by)
    values = checked(school, values, among=DESCRIPTION)
    history.revise(school, values, act=Change.Act.CORRECTED, on=day_of(at), reason=reason.strip(), by=by, at=at)
    return _confirmed(school, by, at) if confirms else school


@transaction.atomic
def rename(
    *,
    school: School,
    names: Mapping[str, str],
    on: date,
    reason: str,
    by: User,
    at: datetime,
    expects: int | None = None,
) -> School:
    """Call the school name_kk, name_ru, name_en of `names` since `on`, a day that has come. The same names: no change.

    Invalid, with all problems, for a day to come or before the school opened or was last renamed.
    """
    school = held(school, by=by, may=can_keep_the_roll, expects=expects)
    reason = given(reason)
    names = checked(school, names, among=NAMES)
    if problems := _problems_of_naming_day(school, on, at):
        raise Invalid(*problems)
    history.revise(school, names, act=Change.Act.RENAMED, on=on, reason=reason, by=by, at=at)
    return school


@transaction.atomic
def confirm(*, school: School, by: User, at: datetime, expects: int | None = None) -> School:
    """Say that all the register says of the school is right today. Conflict if it has left the roll."""
    school = held(school, by=by, may=can_confirm, expects=expects)
    return _confirmed(school, by, at)


def _confirmed(school: School, by: User, at: datetime) -> School:
    if school.closed_on and school.closed_on <= day_of(at):
        raise Conflict(_("This school is closed."))
    school.confirmed_at, school.confirmed_by = at, by
    also = ["confirmed_at", "confirmed_by"]
    history.touch(school, also=also, act=Change.Act.CONFIRMED, on=day_of(at), by=by, at=at)
    return school


def _guard_fields(school: School, values: Mapping[str, Any], by: User) -> None:
    known = [name for name in values if name in DESCRIPTION]
    if refused := [name for name in known if name not in fields_open_to(by, school)]:
        labels = ", ".join(history.label_of(School, name) for name in refused)
        raise PermissionDenied(_("Only the department may change: %(fields)s.") % {"fields": labels})


def _problems_of_naming_day(school: School, on: date, at: datetime) -> list[str]:
    last = school.changes.filter(act=Change.Act.RENAMED).order_by("-effective_on").first()
    said = []
    if on > day_of(at):
        said.append(_("A new name is entered on the day it holds from, or later."))
    if on < school.opened_on:
        said.append(_("The school had not opened by then."))
    if last and on < last.effective_on:
        day = date_format(last.effective_on)
        said.append(_("The school was renamed on %(day)s already: choose that day or a later one.") % {"day": day})
    return [Problem(text, "on") for text in said]
