"""What imports of systems and of cameras have in common."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from bulk.cells import Text
from bulk.kinds import Column, Row
from schools.imports.work import RegisterKind, Work
from schools.permissions import is_of_the_department

SCHOOL = Column("school", gettext_lazy("School code"), Text(12), required=True, example="EK-0001")
REPEATED = gettext_lazy("Row %(row)s speaks of the same.")


@dataclass(slots=True)
class Known:
    """A system or a camera that is there, with its columns by name."""

    key: int
    version: int
    code: str
    values: dict[str, Any]


class EquipmentWork(Work):
    """Held are only the schools: every act on equipment holds the school first, so nobody else is at it."""

    def first_of_its_key(self, row: Row, key: tuple[Any, ...]) -> bool:
        if (first := self.seen.setdefault(key, row.number)) == row.number:
            return True
        self.problem(row, "number", str(REPEATED) % {"row": first})
        return False

    def __init__(self, *arguments: Any, **how: Any) -> None:
        super().__init__(*arguments, **how)
        self.seen: dict[tuple[Any, ...], int] = {}

    def is_out_of_time(self, row: Row, column: str, day: date, since: date) -> bool:
        """Says so, too."""
        return False


class EquipmentKind(RegisterKind):
    def is_open_to(self, user: User) -> bool:
        """The department, and a school administrator for the own school."""
        return is_of_the_department(user) or user.role == Role.SCHOOL_ADMINISTRATOR
