"""How the cells of a file are read, whatever program wrote them: each reader is a bulk.kinds.Cell.

Programs write 12 as 12.0, a day as a day or as text, and a code made of digits as a number: all are understood.
"""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Choices
from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bulk.kinds import Unreadable

# Whatever the language of the interface: a file travels between people.
YES = {"иә", "да", "yes", "true", "1"}
NO = {"жоқ", "нет", "no", "false", "0"}
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
LONGEST_QUOTED = 60


def as_text(cell: Any) -> str:
    """What a person sees in the cell: 7 for 7.0, 2021-09-01 for a day."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell == datetime(cell.year, cell.month, cell.day):  # noqa: DTZ001
        return cell.date().isoformat()
    return str(cell)


def folded(text: str) -> str:
    """The text as headings and words of a list are compared: no case, single spaces."""
    return " ".join(text.split()).casefold()


def in_every_language(text: object) -> set[str]:
    """The text in each language of the portal."""
    said = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.add(str(text))
    return said


@dataclass(frozen=True)
class Text:
    """Text of at most `longest` characters; blank is the empty text, or what is given."""

    longest: int
    blank: str | None = ""

    @property
    def expects(self) -> str:
        return _("text of up to %(longest)s characters") % {"longest": self.longest}

    def __call__(self, cell: Any, /) -> str:
        text = as_text(cell)
        if len(text) > self.longest:
            raise Unreadable(
                _("The text is %(length)s characters long; up to %(longest)s fit.")
                % {"length": len(text), "longest": self.longest}
            )
        if "\x00" in text:
            raise Unreadable(_("The text holds a character that cannot be stored."))
        return text


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds that belong to it."""

    least: int
    most: int
    blank: int | None = None

    @property
    def expects(self) -> str:
        bounds = {"least": number_format(self.least), "most": number_format(self.most)}
        return _("a whole number from %(least)s to %(most)s") % bounds

    def __call__(self, cell: Any, /) -> int:
        number = _number(cell)
        if number is None or number != number.to_integral_value() or not self.least <= number <= self.most:
            raise _unlike(cell, self.expects)
        return int(number)


@dataclass(frozen=True)
class Fraction:
    """A number with at most `places` digits after the comma or the point, within bounds that belong to it."""

    least: Decimal
    most: Decimal
    places: int
    blank: Decimal | None = None

    @property
    def expects(self) -> str:
        bounds = {
            "least": number_format(self.least),
            "most": number_format(self.most),
            "places": self.places,
        }
        return _("a number from %(least)s to %(most)s with up to %(places)s digits after the comma") % bounds

    def __call__(self, cell: Any, /) -> Decimal:
        number = _number(cell)
        if number is None or not self.least <= number <= self.most:
            raise _unlike(cell, self.expects)
        rounded = number.quantize(Decimal(1).scaleb(-self.places))
        if rounded != number:
            raise _unlike(cell, self.expects)
        return rounded


@dataclass(frozen=True)
class YesNo:
    """Yes or no in the three languages, or as programs write them."""

    blank: bool | None = None

    @property
    def expects(self) -> str:
        return _("yes or no")

    @property
    def words(self) -> list[str]:
        """What a person may choose from."""
        return [_("Yes"), _("No")]

    def __call__(self, cell: Any, /) -> bool:
        word = folded(as_text(cell))
        if word in YES:
            return True
        if word in NO:
            return False
        raise _unlike(cell, self.expects)


@dataclass(frozen=True)
class Day:
    """A day: a date of the program, 2021-09-01 or 01.09.2021."""

    blank: date | None = None
    earliest: ClassVar[date] = date(1900, 1, 1)
    latest: ClassVar[date] = date(2200, 1, 1)

    @property
    def expects(self) -> str:
        return _("a day, such as 01.09.2021")

    def __call__(self, cell: Any, /) -> date:
        day = self._read(cell)
        if day is None or not self.earliest <= day < self.latest:
            raise _unlike(cell, self.expects)
        return day

    @staticmethod
    def _read(cell: Any) -> date | None:
        if isinstance(cell, date):
            return cell.date() if isinstance(cell, datetime) else cell
        if not isinstance(cell, str):
            return None
        try:
            return parse_date(cell) or datetime.strptime(cell, "%d.%m.%Y").date()  # noqa: DTZ007
        except ValueError:
            return None


@dataclass(frozen=True)
class Choice:
    """One of the choices, by its value in code or by its word in any of the three languages."""

    choices: type[Choices]
    blank: str | None = ""

    @property
    def expects(self) -> str:
        return _("one of: %(words)s") % {"words": "; ".join(self.words)}

    @property
    def words(self) -> list[str]:
        """What a person may choose from."""
        return [str(label) for label in self.choices.labels]

    def __call__(self, cell: Any, /) -> Any:
        try:
            return self._values[folded(as_text(cell))]
        except KeyError:
            raise _unlike(cell, self.expects) from None

    @cached_property
    def _values(self) -> dict[str, Any]:
        labels = {folded(word): value for value, label in self.choices.choices for word in in_every_language(label)}
        return labels | {folded(str(value)): value for value in self.choices.values}


def _number(cell: Any) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        # Programs that calculate write 0.30000000000000004.
        return Decimal(str(round(cell, 9))) if math.isfinite(cell) else None
    text = "".join(cell.split()) if isinstance(cell, str) else ""
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def _unlike(cell: Any, expects: str) -> Unreadable:
    text = as_text(cell)
    quoted = text if len(text) <= LONGEST_QUOTED else text[:LONGEST_QUOTED] + "…"
    return Unreadable(
        _("“%(cell)s” cannot be read here. Expected: %(expects)s.") % {"cell": quoted, "expects": expects}
    )
