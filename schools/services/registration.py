"""A school enters the register."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid, Problem
from core.reasons import given
from schools import history
from schools.areas import Area
from schools.models import Change, District, Placement, School
from schools.permissions import can_register
from schools.services.held import problems_of_district
from schools.services.rules import DETAILS, MAY_BE_LEFT_OUT, checked, problems_of_code
from schools.signals import roll_changed

# Files end there as well; counting on from the last day a date can be, PostgreSQL leaves what Python can read.
EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)


@transaction.atomic
def register(
    *, district: District, code: str, details: Mapping[str, Any], opened_on: date, reason: str, by: User, at: datetime
) -> School:
    """Enter a school; it is on the roll from the day it opened, but not before today.

    `details` are columns of rules.DETAILS. Conflict for a code that was ever given, Invalid with all problems.
    """
    if not can_register(by, district):
        raise PermissionDenied
    reason = given(reason)
    code = code.strip().upper()
    values = _checked(code, details, opened_on)
    begins = max(opened_on, day_of(at))
    if problems := problems_of_district(district, begins):
        raise Invalid(*(Problem(problem, "district") for problem in problems))
    school = _created(School(code=code, opened_on=opened_on, **values))
    Placement.objects.create(school=school, district=district, valid_from=begins)
    said = {"code": code, "opened_on": opened_on, "district": Area(district=district).key, **values}
    fields = {name: (None, value) for name, value in said.items() if value not in (None, "")}
    history.record(school, act=Change.Act.REGISTERED, fields=fields, on=begins, reason=reason, by=by, at=at)
    roll_changed.send(sender=School, district_ids={district.pk})
    return school


def _checked(code: str, details: Mapping[str, Any], opened_on: date) -> dict[str, Any]:
    problems: list[str] = [*problems_of_code(code)]
    if opened_on < EARLIEST:
        problems.append(Problem(_("The day it opened lies too far in the past."), "opened_on"))
    if opened_on > LATEST:
        problems.append(Problem(_("The day it opened lies too far in the future."), "opened_on"))
    missing = [name for name in DETAILS if name not in details and name not in MAY_BE_LEFT_OUT]
    problems += [Problem(_("This field is required."), name, "required") for name in missing]
    try:
        values = checked(School(code=code), details, among=DETAILS)
    except Invalid as refused:
        problems += refused.problems
    if problems:
        raise Invalid(*problems)
    return values


def _created(school: School) -> School:
    """Saved; Conflict if the code is taken, be it by a school that is being entered at this moment."""
    try:
        with transaction.atomic():
            school.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("There is a school with the code %(code)s already.") % {"code": school.code}) from error
    return school
