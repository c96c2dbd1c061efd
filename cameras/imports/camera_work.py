"""Cameras from a file: what each row does."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from bulk.kinds import Row
from bulk.models import Import
from cameras import models
from cameras.imports.camera_writing import Changed, New, write_changed, write_created
from cameras.imports.equipment import Camera, System
from cameras.imports.inventory import cameras_of, systems_of
from cameras.imports.reports import present_of
from cameras.models import CameraSystem, Condition
from cameras.services.connections import is_connected, switched
from cameras.services.rules import OF_A_CAMERA, contradictions_of_camera, problems_of_day, problems_of_state
from cameras.signals import equipment_changed
from schools.imports.columns import left_out
from schools.imports.entries import Fields
from schools.imports.work import Work, blanks, differing

LEFT_OUT = left_out(models.Camera, OF_A_CAMERA)
NEEDED = tuple(name for name in OF_A_CAMERA if name not in LEFT_OUT)
CANNOT_BE_CLEARED = {"is_outdoor", *NEEDED}
SIDES = {"width_px", "height_px"}


class CamerasWork(Work):
    def __init__(self, rows: Sequence[Row], **how: Any) -> None:
        # A camera that went makes room for the one that took over its number, wherever the two stand in the file.
        super().__init__(sorted(rows, key=lambda row: not row.values.get("removed_on")), **how)
        self.created: list[New] = []
        self.changed: list[Changed] = []
        self.systems = systems_of(self.schools.values())
        # By system, number, and the day on which it went.
        self.cameras = {
            (camera.system.key, camera.number, camera.values["removed_on"]): camera
            for camera in cameras_of(self.systems.values(), removed=True)
        }
        self.present = present_of(camera.key for camera in self.cameras.values())

    def look(self, row: Row) -> None:
        system = self._system_of(row)
        if system is None or "number" in row.unread:
            return
        before = len(self.found.problems)
        camera = self._camera_of(row, system)
        new = changed = None
        if len(self.found.problems) == before:
            if camera is None:
                new = self._new(row, system)
            else:
                changed = self._changed(row, camera)
        if row.unread or len(self.found.problems) > before:
            return
        if new:
            self.created.append(new)
        if changed:
            self.changed.append(changed)
        self.found.created += new is not None
        self.found.changed += changed is not None
        self.found.unchanged += not (new or changed)

    def _system_of(self, row: Row) -> System | None:
        school = self.school_of(row)
        if school is None or "system" in row.unread:
            return None
        system = self.systems.get((school.pk, row.values["system"]))
        if system is None:
            said = _("The school has no system № %(number)s. Import the systems first.")
            self.problem(row, "system", said % {"number": row.values["system"]})
        return system

    def _camera_of(self, row: Row, system: System) -> Camera | None:
        """The camera that went on the day of the row, else the one that hangs there; each is meant once."""
        number, gone = row.values["number"], row.values.get("removed_on")
        if self.is_repeated(row, "number", (system.key, number, gone)):
            return None
        if gone and (camera := self.cameras.get((system.key, number, gone))):
            return camera
        return self.cameras.pop((system.key, number, None), None)

    def _new(self, row: Row, system: System) -> New | None:
        values = LEFT_OUT | {name: row.values[name] for name in OF_A_CAMERA if row.values.get(name) is not None}
        for name in blanks(row, NEEDED, is_new=True):
            self.problem(row, name, _("This field is required."))
        if system.school.is_closed(self.today):
            self.problem(row, "school", _("This school is closed."))
        if not system.is_in_service:
            self.problem(row, "system", _("This system was decommissioned."))
        gone, state = row.values.get("removed_on"), row.values.get("state") or ""
        connected = row.values.get("connected") and not gone
        values |= {"removed_on": gone, "connected_on": self.today if connected else None}
        self._contradictions(row, system, self._stand_ins(system) | values, among=None)
        if gone:
            self._guard_removal(row, values.get("installed_on", gone), None)
        elif state:
            self._guard_state(row, state)
        return New(system, row.values["number"], values, Condition.State.REMOVED if gone else state)

    def _stand_ins(self, system: System) -> dict[str, Any]:
        """For cells that are blank or were not read: what is wrong with the others is told all the same."""
        return {"installed_on": self.today, "is_digital": system.kind != CameraSystem.Kind.ANALOGUE}

    def _changed(self, row: Row, camera: Camera) -> Changed | None:
        for name in blanks(row, NEEDED, is_new=False):
            self.problem(row, name, _("This field is required."))
        values = {name: row.values[name] for name in OF_A_CAMERA if name in row.values}
        values = {name: value for name, value in values.items() if value is not None or name not in CANNOT_BE_CLEARED}
        fields = differing(values, camera.values)
        if camera.values["removed_on"]:
            if fields:
                self.problem(row, "removed_on", _("This camera was removed."))
            return None
        if fields:
            self._contradictions(row, camera.system, camera.values | values, among=fields)
        state = (
            self._removal(row, camera, fields) if row.values.get("removed_on") else self._reports(row, camera, fields)
        )
        return Changed(camera, fields, state, self.present.get(camera.key)) if fields else None

    def _contradictions(self, row: Row, system: System, values: dict[str, Any], among: Fields | None) -> None:
        """What was so before is not this person's mistake."""
        draft = SimpleNamespace(number=row.values["number"], **values)
        for name, sentence in contradictions_of_camera(draft, system=system, school=system.school, today=self.today):
            if name in SIDES and SIDES & row.unread:
                continue
            if among is None or name in among or (name in SIDES and SIDES & among.keys()):
                self.problem(row, name if name != "connected_on" else "connected", sentence)

    def _removal(self, row: Row, camera: Camera, fields: dict[str, tuple[Any, Any]]) -> str:
        """Its condition and its connection are no longer looked at."""
        present = self.present.get(camera.key)
        installed_on = row.values.get("installed_on") or camera.values["installed_on"]
        self._guard_removal(row, installed_on, present.observed_on if present else None)
        fields["removed_on"] = (None, row.values["removed_on"])
        fields["counts_until"] = (None, self.today)
        return Condition.State.REMOVED

    def _reports(self, row: Row, camera: Camera, fields: dict[str, tuple[Any, Any]]) -> str:
        wished, state = row.values.get("connected"), row.values.get("state") or ""
        if wished is not None and wished is not is_connected(camera, self.today):
            fields |= differing(switched(camera, to_connected=wished, today=self.today), camera.values)
        present = self.present.get(camera.key)
        if not state or (present and present.state == state):
            return ""
        self._guard_state(row, state)
        fields["state"] = (present.state if present else None, state)
        return state

    def _guard_removal(self, row: Row, installed_on: Any, reported_on: Any) -> None:
        days = {"installed_on": installed_on, "reported_on": reported_on, "today": self.today}
        for name, sentence in problems_of_day(row.values["removed_on"], column="removed_on", **days):
            self.problem(row, name, sentence)

    def _guard_state(self, row: Row, state: str) -> None:
        for name, sentence in problems_of_state(state):
            self.problem(row, name, sentence)

    def write(self, to: Import) -> None:
        # First what goes: another camera may take over its number.
        write_changed(self.changed, to=to, by=self.by, at=self.at)
        write_created(self.created, to=to, by=self.by, at=self.at)
        touched = {new.system.school.pk for new in self.created}
        touched |= {changed.camera.system.school.pk for changed in self.changed}
        equipment_changed.send(sender=models.Camera, school_ids=touched)
