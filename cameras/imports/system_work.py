"""Systems from a file: installed, corrected, decommissioned with the cameras that hang on them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from bulk.kinds import Row
from bulk.models import Import
from cameras.imports.camera_writing import Changed, write_changed
from cameras.imports.equipment import Camera, System
from cameras.imports.inventory import cameras_of, systems_of
from cameras.imports.reports import present_of
from cameras.models import CameraSystem, Condition
from cameras.services.rules import OF_A_SYSTEM, contradictions_of_system, kind_contradicts, problems_of_day
from cameras.signals import equipment_changed
from core.copying import copy_in, copy_over, new_keys
from schools.imports import work
from schools.imports.columns import left_out
from schools.imports.entries import Entry, Fields, becoming, record_all, said
from schools.imports.work import Work, blanks, differing
from schools.models import Change

LEFT_OUT = left_out(CameraSystem, OF_A_SYSTEM)
NEEDED = tuple(name for name in OF_A_SYSTEM if name not in LEFT_OUT)
COLUMNS = (*OF_A_SYSTEM, "decommissioned_on")


@dataclass(slots=True)
class New:
    school: work.Known
    number: int
    values: dict[str, Any]

    @property
    def is_gone(self) -> bool:
        return self.values["decommissioned_on"] is not None

    def ordered(self) -> Iterator[Any]:
        return (self.values[name] for name in COLUMNS)


class SystemsWork(Work):
    def __init__(self, rows: Sequence[Row], **how: Any) -> None:
        super().__init__(rows, **how)
        self.created: list[New] = []
        self.changed: list[tuple[System, Fields]] = []
        self.systems = systems_of(self.schools.values())
        self.hanging: dict[int, list[Camera]] = defaultdict(list)
        for camera in cameras_of(list(self._asked()), removed=False):
            self.hanging[camera.system.key].append(camera)
        self.present = present_of(camera.key for cameras in self.hanging.values() for camera in cameras)

    def _asked(self) -> Iterator[System]:
        """Those whose cameras have a say: in what kind of system they hang, and when they go with it."""
        for row in self.rows:
            if system := self._system_of(row):
                ends = system.is_in_service and row.values.get("decommissioned_on")
                if ends or row.values.get("kind", system.kind) != system.kind:
                    yield system

    def _system_of(self, row: Row) -> System | None:
        school = self.named(row)
        return self.systems.get((school.pk, row.values.get("number", 0))) if school else None

    def look(self, row: Row) -> None:
        school = self.school_of(row)
        if school is None or "number" in row.unread:
            return
        before = len(self.found.problems)
        if self.is_repeated(row, "number", (school.pk, row.values["number"])):
            return
        system, new, fields = self._system_of(row), None, None
        if system is None:
            new = self._new(row, school)
        else:
            fields = self._differing(row, system)
        if row.unread or len(self.found.problems) > before:
            return
        if new:
            self.created.append(new)
        if system and fields:
            self.changed.append((system, fields))
        self.found.created += bool(new)
        self.found.changed += bool(fields)
        self.found.unchanged += not (new or fields)

    def _new(self, row: Row, school: work.Known) -> New | None:
        values = LEFT_OUT | {name: row.values[name] for name in OF_A_SYSTEM if row.values.get(name) is not None}
        for name in blanks(row, NEEDED, is_new=True):
            self.problem(row, name, _("This field is required."))
        if school.is_closed(self.today):
            self.problem(row, "school", _("This school is closed."))
        values["decommissioned_on"] = row.values.get("decommissioned_on")
        # What is wrong with the other cells is told even if this one was not read.
        self._contradictions(row, {"commissioned_on": self.today} | values, among=None)
        if "commissioned_on" in values:
            self._guard_end(row, values, [])
        return New(school, row.values["number"], values)

    def _differing(self, row: Row, system: System) -> Fields:
        for name in blanks(row, NEEDED, is_new=False):
            self.problem(row, name, _("This field is required."))
        values = {name: row.values[name] for name in OF_A_SYSTEM if name in row.values}
        values = {name: value for name, value in values.items() if value is not None or name not in NEEDED}
        fields = differing(values, system.values)
        ended = row.values.get("decommissioned_on")
        if not system.is_in_service:
            if fields or (ended and ended != system.values["decommissioned_on"]):
                self.problem(row, "decommissioned_on", _("This system was decommissioned."))
            return {}
        if fields:
            self._contradictions(row, system.values | values, among=fields)
        if ended:
            self._guard_end(row, system.values | values | {"decommissioned_on": ended}, self.hanging[system.key])
            fields |= {"decommissioned_on": (None, ended), "counts_until": (None, self.today)}
        elif "kind" in fields:
            self._guard_kind(row, self.hanging[system.key])
        return fields

    def _contradictions(self, row: Row, values: dict[str, Any], among: Fields | None) -> None:
        """What was so before is not this person's mistake."""
        for name, sentence in contradictions_of_system(SimpleNamespace(**values), today=self.today):
            if name not in row.unread and (among is None or name in among):
                self.problem(row, name, sentence)

    def _guard_kind(self, row: Row, hanging: list[Camera]) -> None:
        wished = SimpleNamespace(kind=row.values["kind"])
        kinds = {camera.values["is_digital"] for camera in hanging}
        if any(True for is_digital in kinds for _found in kind_contradicts(wished, is_digital)):
            said = _("Cameras of the other kind hang in this system: it is a hybrid one.")
            self.problem(row, "kind", said)

    def _guard_end(self, row: Row, values: dict[str, Any], hanging: list[Camera]) -> None:
        ended = values["decommissioned_on"]
        if ended is None:
            return
        since = max([values["commissioned_on"], *(camera.values["installed_on"] for camera in hanging)])
        reports = [self.present[camera.key].observed_on for camera in hanging if camera.key in self.present]
        days = {"installed_on": since, "reported_on": max(reports, default=None), "today": self.today}
        for name, sentence in problems_of_day(ended, column="decommissioned_on", **days):
            self.problem(row, name, sentence)

    def write(self, to: Import) -> None:
        how: dict[str, Any] = {"to": to, "by": self.by, "at": self.at}
        # Before the system itself, so that the newest entry of the history is the act that was asked for.
        write_changed(list(self._taken_down()), **how)
        self._write_changed(**how)
        self._write_created(**how)
        touched = {system.school.pk for system, _fields in self.changed} | {new.school.pk for new in self.created}
        equipment_changed.send(sender=CameraSystem, school_ids=touched)

    def _taken_down(self) -> Iterator[Changed]:
        for system, fields in self.changed:
            if "decommissioned_on" in fields:
                gone = {"removed_on": fields["decommissioned_on"], "counts_until": (None, self.today)}
                for camera in self.hanging[system.key]:
                    yield Changed(camera, gone, Condition.State.REMOVED, self.present.get(camera.key))

    def _write_changed(self, *, to: Import, by: User, at: datetime) -> None:
        names = sorted({name for _system, fields in self.changed for name in fields})
        rows = (
            (system.key, system.version + 1, *becoming(names, fields, {**system.values, "counts_until": None}))
            for system, fields in self.changed
        )
        if self.changed:
            copy_over(CameraSystem, ("version", *names), rows)
        record_all((self._entry(system, fields) for system, fields in self.changed), to=to, by=by, at=at)

    def _entry(self, system: System, fields: Fields) -> Entry:
        ended = fields.get("decommissioned_on")
        act, on = (Change.Act.DECOMMISSIONED, ended[1]) if ended else (Change.Act.CORRECTED, self.today)
        told = (system.school.pk, "system", system.key, str(system.number), system.version + 1)
        return Entry(*told, act, on, fields)

    def _write_created(self, *, to: Import, by: User, at: datetime) -> None:
        keyed = list(zip(new_keys(CameraSystem, len(self.created)), self.created, strict=True))
        today, act = self.today, Change.Act.INSTALLED
        rows = (
            (key, 1, new.school.pk, new.number, today, today if new.is_gone else None, *new.ordered())
            for key, new in keyed
        )
        copy_in(CameraSystem, ("id", "version", "school", "number", "counts_from", "counts_until", *COLUMNS), rows)
        entries = (
            Entry(
                *(new.school.pk, "system", key, str(new.number), 1, act),
                new.values["commissioned_on"],
                said(new.values),
            )
            for key, new in keyed
        )
        record_all(entries, to=to, by=by, at=at)
