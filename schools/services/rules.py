"""What the columns of a school may hold, whoever writes them: a form, the API or a file."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from core.errors import Invalid, Problem
from schools.models import School
from schools.permissions import CONTACTS, LOCALITIES, NAMES, OPEN_TO_THE_SCHOOL

DESCRIPTION = ("kind", "ownership", "setting", *LOCALITIES, *OPEN_TO_THE_SCHOOL)
DETAILS = (*NAMES, *DESCRIPTION)
MAY_BE_LEFT_OUT = {"ownership", "has_outdoor_toilet", "latitude", "longitude", *CONTACTS}
SOUTH, NORTH, WEST, EAST = Decimal(40), Decimal(56), Decimal(46), Decimal(88)


def checked(school: School, values: Mapping[str, Any], *, among: Collection[str]) -> dict[str, Any]:
    """The values as the school would keep them. Invalid with every Problem: unknown, of a wrong kind, out of range.

    The school itself is left as it is.
    """
    strange = [name for name in values if name not in among]
    problems = [Problem(_("There is no such field."), name, "unknown") for name in strange]
    said = {name: value.strip() if isinstance(value, str) else value for name, value in values.items() if name in among}
    draft = School(**{name: getattr(school, name) for name in DETAILS} | {"code": school.code} | said)
    problems += _unfit(draft, said)
    if not problems and {"latitude", "longitude"} & said.keys():
        problems += problems_of_position(draft.latitude, draft.longitude)
    if problems:
        raise Invalid(*problems)
    return {name: getattr(draft, name) for name in said}


def problems_of_code(code: str) -> list[Problem]:
    """Why this cannot be the code of a school; it is part of addresses."""
    try:
        validate_slug(code)
    except ValidationError:
        return [Problem(_("A code consists of Latin letters, digits and hyphens."), "code")]
    return [] if len(code) <= 12 else [Problem(_("A code has at most 12 characters."), "code")]


def _unfit(draft: School, said: Collection[str]) -> list[Problem]:
    columns = {field.name for field in School._meta.get_fields()}
    try:
        draft.clean_fields(exclude=columns - set(said))
    except ValidationError as error:
        found = error.message_dict.items()
        return [Problem(message, name) for name, messages in found for message in messages]
    return []


def problems_of_position(latitude: Decimal | None, longitude: Decimal | None) -> list[Problem]:
    """Why no school can lie there."""
    if latitude is None and longitude is None:
        return []
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        return [Problem(_("Give both coordinates, or neither."), missing)]
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return []
    text = _("The coordinates lie outside Kazakhstan: latitude 40 to 56, longitude 46 to 88.")
    return [Problem(text, "latitude" if not SOUTH <= latitude <= NORTH else "longitude")]
