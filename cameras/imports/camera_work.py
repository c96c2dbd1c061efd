"""Cameras from a file: installed, corrected, connected, reported on, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulk.kinds import Row
from cameras.imports.equipment import EquipmentWork, Known
from cameras.imports.reports import present_of
from cameras.models import Camera, CameraSystem
from cameras.services.rules import OF_A_CAMERA
from schools.imports import work
from schools.imports.columns import left_out

LEFT_OUT = left_out(Camera, OF_A_CAMERA)
NEEDED = tuple(name for name in OF_A_CAMERA if name not in LEFT_OUT)
MAY_BE_CLEARED = {field.name for field in Camera._meta.concrete_fields if field.null}
DAYS = ("removed_on", "connected_on", "disconnected_on")
SIDES = {"width_px", "height_px"}


@dataclass(slots=True)
class System:
    key: int
    school: work.Known
    number: int
    kind: str
    decommissioned_on: date | None


@dataclass(slots=True)
class New:
    system: System
    number: int
    values: dict[str, Any]
    state: str


@dataclass(slots=True)
class Changed:
    system: System
    camera: Known
    fields: dict[str, tuple[Any, Any]]
    state: str


class CamerasWork(EquipmentWork):
    def __init__(self, rows: Sequence[Row], **how: Any) -> None:
        # A camera that went makes room for the one that took over its number, wherever the two stand in the file.
        super().__init__(sorted(rows, key=lambda row: not row.values.get("removed_on")), **how)
        self.created: list[New] = []
        self.changed: list[Changed] = []
        by_key = {school.pk: school for school in self.schools.values()}
        columns = ("school", "number", "pk", "kind", "decommissioned_on")
        systems = CameraSystem.objects.filter(school__in=by_key).values_list(*columns)
        self.systems = {
            (school, number): System(key, by_key[school], number, kind, ended)
            for school, number, key, kind, ended in systems
        }
        self.cameras = self._cameras()
        self.reported = present_of(camera.key for camera in self.cameras.values())

    def _cameras(self) -> dict[tuple[int, int, date | None], Known]:
        """By system, number and the day on which the camera went."""
        numbers = {system.key: system.number for system in self.systems.values()}
        names = (*OF_A_CAMERA, *DAYS)
        rows = Camera.objects.filter(system__in=numbers).values_list("pk", "version", "system", "number", *names)
        cameras = {}
        for key, version, system, number, *values in rows.iterator(chunk_size=10_000):
            camera = Known(key, version, f"{numbers[system]}/{number}", dict(zip(names, values, strict=True)))
            cameras[system, number, camera.values["removed_on"]] = camera
        return cameras
