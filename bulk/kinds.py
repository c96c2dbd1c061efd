"""What the rows of a file can be. Each app registers the kinds of rows it keeps when it is ready."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.utils.functional import Promise

from bulk.models import Import

Progress = Callable[[int], None]


class Unreadable(ValueError):
    """A cell that cannot be understood; its text says why, in the language of the person."""


class Cell(Protocol):
    """How one kind of cell is read (bulk/cells.py has the common ones).

    Called with what stands in the cell, never blank (text without space around it, float, bool, date, datetime, time),
    it gives the value or raises Unreadable. `blank` is what a blank cell means; `expects` says what may stand there.
    """

    @property
    def blank(self) -> Any: ...

    @property
    def expects(self) -> str: ...

    def __call__(self, cell: Any, /) -> Any: ...


@dataclass(frozen=True)
class Column:
    """A column of the file: known by its name in code, or by its label in any language of the portal.

    A required column must be in the file and filled in every row. Any other may be missing (the rows keep what they
    have) or blank (they lose it). `example` stands in the template, as a person would write it.
    """

    name: str
    label: str | Promise
    parse: Cell
    hint: str | Promise = ""
    required: bool = False
    example: object = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Its number in the file and {column name: value}; columns the file lacks are absent.

    `unread` names the columns of cells that could not be read, or are blank and required: they are absent from
    `values` and already reported. Only `compare` meets such rows.
    """

    number: int
    values: dict[str, Any]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """Why the file cannot be applied. `row` None: the whole file; `column`, a name in code, blank: the whole row."""

    row: int | None
    column: str
    message: str


@dataclass
class Comparison:
    """What applying the rows would do. Nothing was written."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


class ImportKind(ABC):
    """One kind of rows. `compare` and `apply` meet the same problems; `apply` writes only if there is none.

    `progress` is told now and then how many rows are done.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    # Which row of the portal a row of the file speaks of, and what else a person must know before filling it in.
    about: ClassVar[str | Promise]
    columns: ClassVar[Sequence[Column]]
    # Kinds are offered in this order: what others refer to comes first.
    rank: ClassVar[int] = 0

    @abstractmethod
    def is_open_to(self, user: Any) -> bool:
        """The person may import rows of this kind at all."""

    @abstractmethod
    def present(self, user: Any) -> Iterator[Sequence[object]]:
        """What is there now of what the person may import: cells in the order of the columns, as `parse` reads them.

        Applied unchanged, they change nothing.
        """

    def present_count(self, user: Any) -> int:
        """How many rows present() gives."""
        return sum(1 for _row in self.present(user))

    @abstractmethod
    def compare(self, rows: Sequence[Row], *, by: Any, at: datetime, progress: Progress) -> Comparison:
        """What the rows would create, change and leave, and every problem with them. Writes nothing."""

    @abstractmethod
    def apply(self, rows: Sequence[Row], *, to: Import, by: Any, at: datetime, progress: Progress) -> Comparison:
        """Write the rows inside the caller's transaction, each change in the history of the register.

        With a problem, nothing is written: what is decided on was locked, and looked at again, before.
        """

    @abstractmethod
    def undo(self, done: Import, *, by: Any, at: datetime, progress: Progress) -> None:
        """Put back what the import found, inside the caller's transaction.

        Conflict, naming what was built on it (the first ten and how many in all), if it is too late.
        """


KINDS: dict[str, ImportKind] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    """Make the kind known under its name. A class decorator."""
    KINDS[kind.name] = kind()
    return kind
