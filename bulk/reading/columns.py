"""Which column of a file is which column of the kind, and what its cells say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bulk.cells import as_text, in_every_language
from bulk.kinds import Column, ImportKind, Problem, Unreadable
from core.exports import unguarded

# Cells of so many different texts are remembered: districts and choices repeat in every row, names do not.
MOST_REMEMBERED = 5_000


@dataclass(frozen=True)
class Unread:
    """Stands for the value of a cell that cannot be read, and says why."""

    why: str


def is_blank(cells: Sequence[Any]) -> bool:
    return all(cell == "" or cell is None or (cell.__class__ is str and cell.isspace()) for cell in cells)


def names_of(kind: ImportKind) -> dict[str, Column]:
    """All that a heading may call the columns."""
    labels = {_compact(label): column for column in kind.columns for label in in_every_language(column.label)}
    return labels | {_compact(column.name): column for column in kind.columns}


def matches(cells: Sequence[Any], names: Mapping[str, Column]) -> int:
    """How many columns the row names, if it is the heading."""
    return len({names[word].name for cell in cells if (word := _word(cell)) in names})


def places_of(
    heading: Sequence[Any], names: Mapping[str, Column], kind: ImportKind, number: int
) -> tuple[list[tuple[Column, int]], list[Problem]]:
    """The columns of the file with their places; and what is wrong: unknown ones, doubled ones, missing ones."""
    places: dict[str, tuple[Column, int]] = {}
    problems = []
    for place, cell in enumerate(heading):
        if is_blank([cell]):
            continue
        column = names.get(_word(cell))
        if column is None:
            problems.append(Problem(number, "", _("There is no column “%(name)s”.") % {"name": as_text(cell)[:60]}))
        elif column.name in places:
            problems.append(Problem(number, column.name, _("This column stands in the file twice.")))
        else:
            places[column.name] = (column, place)
    for column in kind.columns:
        if column.required and column.name not in places:
            problems.append(Problem(number, column.name, _("This column is missing, and the rows need it.")))
    return list(places.values()), problems


class ColumnReader:
    """Reads the cells of one column, and what many rows repeat only once."""

    def __init__(self, column: Column, place: int) -> None:
        self.column = column
        self.place = place
        self._known: dict[Any, Any] = {}

    def values(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The value of the column in each row, Unread where it has none."""
        place, known = self.place, self._known
        found = []
        for cells in rows:
            cell = cells[place] if place < len(cells) else ""
            # True is 1.0 to a dictionary, and not to a person.
            key = repr(cell) if cell.__class__ is bool else cell
            try:
                value = known[key]
            except KeyError:
                value = self._value(cell)
                if len(known) < MOST_REMEMBERED:
                    known[key] = value
            found.append(value)
        return found

    def _value(self, cell: Any) -> Any:
        if cell.__class__ is str:
            cell = unguarded(cell.strip())
        if cell == "" or cell is None:
            return Unread(_("This cell must be filled in.")) if self.column.required else self.column.parse.blank
        try:
            return self.column.parse(cell)
        except Unreadable as why:
            return Unread(str(why))


def _word(cell: Any) -> str:
    return _compact(unguarded(as_text(cell).strip())) if cell is not None else ""


def _compact(text: object) -> str:
    return "".join(str(text).split()).casefold()
