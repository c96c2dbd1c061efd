"""Files of rows, as a test writes them."""

import io

from bulk.kinds import KINDS, Problem
from bulk.models import Import
from bulk.reading.tables import read


def silent(done):
    """Nobody watches the progress."""


def file_of(rows):
    """The rows, dictionaries of cells, as a file of semicolons; the columns are those of the first."""
    names = list(rows[0])
    lines = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    return io.BytesIO("\n".join(";".join(f'"{cell}"' for cell in line) for line in lines).encode())


def rows_of(kind, *rows):
    """The rows as they are read from a file, where the first stands in row 2; every cell must be readable."""
    reading = read(file_of(rows), KINDS[kind], silent)
    assert reading.problems == []
    return reading.rows


def compared(kind, *rows, by, at):
    """What the rows would do: (created, changed, unchanged), and the problems as (row, column, message)."""
    reading = read(file_of(rows), KINDS[kind], silent)
    found = KINDS[kind].compare(reading.rows, by=by, at=at, progress=silent)
    problems = sorted([*reading.problems, *found.problems], key=lambda problem: problem.row)
    return (found.created, found.changed, found.unchanged), _told(problems)


def imported(kind, *rows, by, at, reason="Order 7"):
    """The import of the rows, applied whole; what it did is counted in it."""
    done = Import.objects.create(
        kind=kind,
        filename="rows.csv",
        reason=reason,
        uploaded_at=at,
        moved_at=at,
        by=by,
        language="en",
        state=Import.State.APPLYING,
    )
    found = KINDS[kind].apply(rows_of(kind, *rows), to=done, by=by, at=at, progress=silent)
    assert _told(found.problems) == []
    done.state, done.applied_at = Import.State.APPLIED, at
    done.created, done.changed, done.unchanged = found.created, found.changed, found.unchanged
    done.save()
    return done


def counts(done):
    return (done.created, done.changed, done.unchanged)


def undo(done, *, by, at):
    KINDS[done.kind].undo(done, by=by, at=at, progress=silent)
    done.state, done.undone_at = Import.State.UNDONE, at
    done.save()


def written(kind, user):
    """What is there now, as rows for a file."""
    names = [column.name for column in KINDS[kind].columns]
    return [
        {name: "" if cell is None else cell for name, cell in zip(names, cells, strict=True)}
        for cells in KINDS[kind].present(user)
    ]


def _told(problems: list[Problem]):
    return [(problem.row, problem.column, problem.message) for problem in problems]
