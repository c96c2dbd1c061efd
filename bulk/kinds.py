"""What the rows of a file can be. Each app registers the kinds of rows it keeps when it is ready."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.utils.functional import Promise

from bulk.models import Import

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Column:
    """A column of the file: known by its name in code, or by its label in any language of the portal.

    `parse` makes a value of a cell (text, float, bool, date or None) or raises bulk.kinds.Unreadable.
    """

    name: str
    label: str | Promise
    parse: Callable[[Any], Any]
    hint: str | Promise = ""
    required: bool = False


class Unreadable(ValueError):
    """A cell that cannot be understood; its text says why, in the language of the person."""


@dataclass(frozen=True)
class Row:
    """Its number in the file (the heading is 1) and {column name: value}; columns the file lacks are absent."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """Why the file cannot be applied. `row` None: the whole file; `column` blank: the whole row."""

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
    """One kind of rows. `compare` and `apply` meet the same problems; `apply` writes only if there is none."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    columns: ClassVar[Sequence[Column]]

    @abstractmethod
    def is_open_to(self, user: Any) -> bool:
        """The person may import rows of this kind at all."""

    @abstractmethod
    def compare(self, rows: Sequence[Row], *, by: Any, at: datetime, progress: Progress) -> Comparison:
        """What the rows would create, change and leave, and every problem with them. Writes nothing."""

    @abstractmethod
    def apply(self, rows: Sequence[Row], *, to: Import, by: Any, at: datetime, progress: Progress) -> Comparison:
        """Write the rows inside the caller's transaction, each change in the history of the register."""

    @abstractmethod
    def undo(self, done: Import, *, by: Any, at: datetime, progress: Progress) -> None:
        """Put back what the import found. Conflict, naming what was built on it, if it is too late."""


KINDS: dict[str, ImportKind] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    """Make the kind known under its name. A class decorator."""
    KINDS[kind.name] = kind()
    return kind
