"""The rows of a kind in a file: which columns they have, and what each cell says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bulk.kinds import Column, ImportKind, Problem, Progress, Row
from bulk.reading.broken import Broken, broken
from bulk.reading.columns import ColumnReader, Unread, is_blank, matches, names_of, places_of
from bulk.reading.packing import MOST_ROWS
from bulk.reading.sheets import Sheet, sheets_of

# More than anybody reads; a file with its columns mixed up has millions.
MOST_PROBLEMS = 100_000
# Our own files begin with some lines on what is in them; nobody's heading lies further down.
DEEPEST_HEADING = 100
# So many rows are read at once: each column of them in a loop of its own.
BATCH = 5_000

Numbered = tuple[int, Sequence[Any]]


@dataclass
class Reading:
    """The rows of a file and what is wrong with them. With a wrong heading they are no rows of the kind."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_its_columns: bool = True


@dataclass(frozen=True)
class _Beginning:
    """A sheet read up to its heading, which names so many columns."""

    heading: Numbered
    matches: int
    rest: Iterator[Numbered]
    fault: Broken | None


def read(file: IO[bytes], kind: ImportKind, progress: Progress) -> Reading:
    """The rows below the heading, wherever it stands. Broken if the file as a whole cannot be read."""
    names = names_of(kind)
    begun = _beginning_of(sheets_of(file), names, kind)
    number, heading = begun.heading
    places, problems = places_of(heading, names, kind, number)
    reading = Reading(problems=problems, has_its_columns=not problems)
    readers = [ColumnReader(column, place) for column, place in places]
    filled = (row for row in begun.rest if not is_blank(row[1]))
    while batch := list(islice(filled, BATCH)):
        if len(reading.rows) + len(batch) > MOST_ROWS:
            most = number_format(MOST_ROWS, force_grouping=True)
            raise broken(_("There are more than %(rows)s rows. Divide the file.") % {"rows": most})
        _read_batch(batch, readers, len(heading), reading)
        progress(len(reading.rows))
        if len(reading.problems) > MOST_PROBLEMS:
            reading.problems.append(Problem(batch[-1][0], "", _("There are too many problems: reading stopped here.")))
            break
    if not reading.rows and not reading.problems:
        raise broken(_("There is no row below the heading."))
    return reading


def _beginning_of(sheets: Sequence[Sheet], names: Mapping[str, Column], kind: ImportKind) -> _Beginning:
    """The row that names most columns, in the sheet where it names most: so the delimiter of a text is found too."""
    begun = [_begin(sheet, names) for sheet in sheets]
    best = max(begun, key=lambda each: each.matches)
    if not best.matches:
        if all(each.fault for each in begun) and best.fault:
            raise best.fault
        labels = "; ".join(str(column.label) for column in kind.columns)
        raise broken(_("No row names the columns. They are: %(labels)s.") % {"labels": labels})
    return best


def _begin(sheet: Sheet, names: Mapping[str, Column]) -> _Beginning:
    """Divided by a delimiter that is not its own, a text is broken more often than not: a fault is only kept here."""
    numbered = enumerate(sheet, start=1)
    first: list[Numbered] = []
    fault = None
    try:
        first.extend(islice(numbered, DEEPEST_HEADING))
    except Broken as why:
        fault = why
    counted = [matches(cells, names) for _number, cells in first]
    most = max(counted, default=0)
    place = counted.index(most) if most else len(first)
    heading = first[place] if most else (1, ())
    return _Beginning(heading, most, _rest(first[place + 1 :], numbered, fault), fault)


def _rest(first: list[Numbered], numbered: Iterator[Numbered], fault: Broken | None) -> Iterator[Numbered]:
    yield from first
    if fault is not None:
        raise fault
    yield from numbered


def _read_batch(batch: list[Numbered], readers: list[ColumnReader], width: int, reading: Reading) -> None:
    rows = [cells for _number, cells in batch]
    names = [reader.column.name for reader in readers]
    columns = [reader.values(rows) for reader in readers]
    problems = [
        Problem(number, "", _("This row has more cells than the heading."))
        for number, cells in batch
        if len(cells) > width and not is_blank(cells[width:])
    ]
    for (number, _cells), values in zip(batch, zip(*columns, strict=True), strict=True):
        read_values = dict(zip(names, values, strict=True))
        unread = [name for name, value in read_values.items() if value.__class__ is Unread]
        problems += [Problem(number, name, read_values.pop(name).why) for name in unread]
        reading.rows.append(Row(number, read_values, frozenset(unread)))
    reading.problems += sorted(problems, key=lambda problem: problem.row or 0)
