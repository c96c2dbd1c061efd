"""What imports of systems and of cameras have in common."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from bulk.cells import Text
from bulk.kinds import Column, Progress
from bulk.models import Import
from cameras.imports.undoing import undo
from schools.imports import work
from schools.imports.work import RegisterKind
from schools.permissions import is_of_the_department

SCHOOL = Column("school", _("School code"), Text(12), required=True, example="EK-0001")


@dataclass(slots=True)
class System:
    """A system that is there, with its columns by name."""

    key: int
    version: int
    school: work.Known
    number: int
    values: dict[str, Any]

    @property
    def kind(self) -> str:
        return self.values["kind"]

    @property
    def is_in_service(self) -> bool:
        return self.values["decommissioned_on"] is None


@dataclass(slots=True)
class Camera:
    """A camera that is there, with its columns by name."""

    key: int
    version: int
    system: System
    number: int
    values: dict[str, Any]

    @property
    def code(self) -> str:
        return f"{self.system.number}/{self.number}"

    @property
    def connected_on(self) -> date | None:
        return self.values["connected_on"]

    @property
    def disconnected_on(self) -> date | None:
        return self.values["disconnected_on"]


class EquipmentKind(RegisterKind):
    """Systems and cameras: whose they are, and how an import of them is taken back."""

    def is_open_to(self, user: User) -> bool:
        """The department, and a school administrator for the own school."""
        return is_of_the_department(user) or user.role == Role.SCHOOL_ADMINISTRATOR

    def undo(self, done: Import, *, by: User, at: datetime, progress: Progress) -> None:
        self._guard(by)
        undo(done, by=by, at=at)
        progress(done.created + done.changed)
