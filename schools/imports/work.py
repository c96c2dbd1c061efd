"""One file of rows beside what the register holds: read once, each row looked at, then written all together."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from bulk.kinds import Comparison, ImportKind, Problem, Progress, Row
from bulk.models import Import
from core.days import day_of
from core.errors import Conflict
from schools.models import School

TOLD_EVERY = 2000


@dataclass(slots=True)
class Known:
    """What an import must know of a school to judge the rows of it."""

    pk: int
    code: str
    version: int
    floors: int
    opened_on: date
    closed_on: date | None

    def is_closed(self, day: date) -> bool:
        return self.closed_on is not None and self.closed_on <= day


class Work(ABC):
    """The rows of one import. `look` at each of them; `write` only when no problem was found.

    The schools that the rows name are held, in the order of their keys, if `hold`: nobody else changes them or their
    equipment before the transaction ends.
    """

    # The column with the code of the school.
    school_column: ClassVar[str] = "school"

    def __init__(self, rows: Sequence[Row], *, by: User, at: datetime, hold: bool) -> None:
        self.rows, self.by, self.at, self.today = rows, by, at, day_of(at)
        self.found = Comparison()
        self._seen: dict[Hashable, int] = {}
        self.schools = self._known(hold)
        keys = [school.pk for school in self.schools.values()]
        self.served = set(School.objects.served_by(by, self.today).filter(pk__in=keys).values_list("pk", flat=True))

    @abstractmethod
    def look(self, row: Row) -> None:
        """Decide what the row does, or say what is wrong with it."""

    def finish(self) -> None:  # noqa: B027
        """Decide what can only be decided when all rows were seen. Most kinds decide row by row."""

    @abstractmethod
    def write(self, to: Import) -> None:
        """Write what was decided, its history, and tell who must know."""

    def run(self, progress: Progress) -> Comparison:
        """Look at all rows; problems come in the order of the rows."""
        for done, row in enumerate(self.rows, start=1):
            self.look(row)
            if done % TOLD_EVERY == 0:
                progress(done)
        self.finish()
        self.found.problems.sort(key=lambda problem: problem.row or 0)
        progress(len(self.rows))
        return self.found

    def problem(self, row: Row, column: str, message: str) -> None:
        self.found.problems.append(Problem(row.number, column, message))

    def is_repeated(self, row: Row, column: str, key: Hashable) -> bool:
        """An earlier row had the same key; said at this one."""
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            self.problem(row, column, _("Row %(row)s is about the same.") % {"row": first})
        return first != row.number

    def school_of(self, row: Row) -> Known | None:
        """The school that the row names, if the person serves it; None after saying why not."""
        school, code = self.named(row), row.values.get(self.school_column)
        if code is None:
            return None  # said already
        if school is None:
            self.problem(row, self.school_column, _("There is no school with the code %(code)s.") % {"code": code})
        elif school.pk not in self.served:
            self.problem(row, self.school_column, _("This school is not one of those you serve."))
            return None
        return school

    def named(self, row: Row) -> Known | None:
        """The school that the row names, whosever it is."""
        code = row.values.get(self.school_column, "")
        return self.schools.get(code) or self.schools.get(code.upper())

    def _known(self, hold: bool) -> dict[str, Known]:
        said = {row.values[self.school_column] for row in self.rows if self.school_column in row.values}
        schools: QuerySet[School] = School.objects.filter(code__in=said | {code.upper() for code in said})
        if hold:
            schools = schools.select_for_update(no_key=True)
        columns = ("pk", "code", "version", "floors", "opened_on", "closed_on")
        return {known[1]: Known(*known) for known in schools.order_by("pk").values_list(*columns)}


class RegisterKind(ImportKind):
    """A kind of rows whose changes are in the history of the register."""

    work: ClassVar[type[Work]]

    def compare(self, rows: Sequence[Row], *, by: User, at: datetime, progress: Progress) -> Comparison:
        self._guard(by)
        return self.work(rows, by=by, at=at, hold=False).run(progress)

    def apply(self, rows: Sequence[Row], *, to: Import, by: User, at: datetime, progress: Progress) -> Comparison:
        self._guard(by)
        work = self.work(rows, by=by, at=at, hold=True)
        found = work.run(progress)
        if not found.problems and (found.created or found.changed):
            _write(work, to)
        return found

    def _guard(self, by: User) -> None:
        if not self.is_open_to(by):
            raise PermissionDenied


def _write(work: Work, to: Import) -> None:
    try:
        work.write(to)
    except IntegrityError as error:
        # What is there was held; what is not yet there cannot be.
        raise Conflict(_("Somebody entered one of these rows at this moment. Check the file again.")) from error


def blanks(row: Row, needed: Collection[str], *, is_new: bool) -> Iterable[str]:
    """Those of the needed columns that the row leaves blank and, for a new row, those that the file lacks."""
    for name in needed:
        if name in row.values:
            if row.values[name] in (None, ""):
                yield name
        elif is_new and name not in row.unread:
            yield name


def differing(values: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{column: (was, becomes)} of those values that are not what is there."""
    return {name: (present[name], value) for name, value in values.items() if present[name] != value}
