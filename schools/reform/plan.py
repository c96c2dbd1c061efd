"""The plan of a reform of areas: which districts are made, and what each takes over from which other.

As JSON, the same for the page, the API and the command:

    {"effective_on": "2022-06-08",
     "reason": "Decree No. 887 of 4 May 2022",
     "regions": [{"slug": "abai", "kind": "region", "name_kk": "Абай облысы", …}],
     "districts": [{"region": "abai", "predecessor": "semey", "slug": "semey-abai", "name_kk": "Семей қаласы", …},
                   {"region": "abai", "predecessor": "tarbagatay", "slug": "aksuat", …, "schools": ["EK-0001", …]}]}

Without `schools` a district takes over the whole of its predecessor, which is abolished on that day. A district whose
slug exists in the region already is not made anew: it takes over as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.errors import Invalid
from schools.history import label_of
from schools.models import District, Region

# What a plan may say of a place to be made.
OF_A_PLACE = (
    *("slug", "kind", "name_kk", "name_ru", "name_en", "center_kk", "center_ru", "center_en"),
    *("kato", "latitude", "longitude"),
)


@dataclass(frozen=True)
class Part:
    """A district, by the slugs of its region and its predecessor, and what it takes over: all, or these codes."""

    region: str
    predecessor: str
    place: Mapping[str, Any]
    schools: Sequence[str] | None = None

    @property
    def slug(self) -> str:
        return str(self.place.get("slug", ""))

    @property
    def takes_all(self) -> bool:
        return self.schools is None


@dataclass(frozen=True)
class Plan:
    effective_on: date
    reason: str
    parts: Sequence[Part]
    regions: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            "effective_on": self.effective_on.isoformat(),
            "reason": self.reason,
            "regions": [dict(place) for place in self.regions],
            "districts": [
                {"region": part.region, "predecessor": part.predecessor, **part.place}
                | ({} if part.schools is None else {"schools": list(part.schools)})
                for part in self.parts
            ],
        }


def read_plan(said: Any) -> Plan:
    """The plan that the JSON says. Invalid with every problem of its form; whether it can be, reform() says."""
    if not isinstance(said, Mapping):
        raise Invalid(_("A plan of a reform is an object."))
    problems = [_("There is no “%(name)s” in a plan.") % {"name": name} for name in said if name not in KNOWN]
    effective_on = _day(said.get("effective_on"))
    if effective_on is None:
        problems.append(_("Say from which day on, as 2022-06-08."))
    reason = said.get("reason", "")
    if not isinstance(reason, str) or "\0" in reason or not 0 < len(reason.strip()) <= 500:
        problems.append(_("Name the legal act in at most 500 letters: people will read it in the history."))
    regions, districts = (_places(said.get(name, []), name, problems) for name in ("regions", "districts"))
    if not districts:
        problems.append(_("Name at least one district that takes something over."))
    problems += [problem for place in regions for problem in _unknown(place, OF_A_PLACE)]
    parts = [_part(place, problems) for place in districts]
    if problems or effective_on is None:
        raise Invalid(*problems)
    return Plan(effective_on=effective_on, reason=reason.strip(), parts=parts, regions=regions)


KNOWN = {"effective_on", "reason", "regions", "districts"}


def unsaved(model: type[Region] | type[District], place: Mapping[str, Any], *, on: date, **above: Any) -> Any:
    """A place to be made from the day, its fields checked. Invalid, naming it, with every problem."""
    # Numbers as they are written: 49.9714 as a float has many more places.
    said = {name: str(place[name]) for name in OF_A_PLACE if place.get(name) not in (None, "")}
    row = model(**said, **above)
    row.established_on = on
    try:
        row.clean_fields(exclude=above)
    except ValidationError as error:
        name = place.get("slug") or place.get("name_kk") or "?"
        found = (f"{name}: {label_of(model, of)}: {why}" for of, whys in error.message_dict.items() for why in whys)
        raise Invalid(*found) from error
    return row


def _part(place: Mapping[str, Any], problems: list[str]) -> Part:
    problems += _unknown(place, (*OF_A_PLACE, "region", "predecessor", "schools"))
    codes = place.get("schools")
    if codes is not None and (not isinstance(codes, list) or not all(isinstance(code, str) for code in codes)):
        problems.append(_("%(name)s: schools are a list of their codes.") % {"name": place.get("slug", "?")})
        codes = []
    return Part(
        region=str(place.get("region", "")),
        predecessor=str(place.get("predecessor", "")),
        place={name: place[name] for name in OF_A_PLACE if name in place},
        schools=codes,
    )


def _places(said: Any, name: str, problems: list[str]) -> list[Mapping[str, Any]]:
    if isinstance(said, list) and all(isinstance(place, Mapping) for place in said):
        problems += [problem for place in said for problem in _unfit(place)]
        return said
    problems.append(_("“%(name)s” is a list of places.") % {"name": name})
    return []


def _unfit(place: Mapping[str, Any]) -> list[str]:
    """Values of a place that no column could keep."""
    return [
        _("%(place)s: “%(name)s” is a text or a number.") % {"place": place.get("slug", "?"), "name": name}
        for name, value in place.items()
        if name != "schools" and (not isinstance(value, PLAIN) or isinstance(value, bool) or "\0" in str(value))
    ]


PLAIN = (str, int, float, Decimal, NoneType)


def _unknown(place: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    words = {"place": place.get("slug", "?")}
    return [
        _("%(place)s: there is no “%(name)s” of a place.") % {**words, "name": name}
        for name in place
        if name not in known
    ]


def _day(said: Any) -> date | None:
    try:
        return parse_date(said) if isinstance(said, str) else None
    except ValueError:
        return None
