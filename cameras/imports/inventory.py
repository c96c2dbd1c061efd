"""What hangs in the schools of an import, read at once.

Only the schools are held: every act on equipment holds the school first, so nobody else is at it.
"""

from collections.abc import Collection, Iterator

from cameras.imports.equipment import Camera, System
from cameras.models import Camera as CameraRow
from cameras.models import CameraSystem
from cameras.services.rules import OF_A_CAMERA, OF_A_SYSTEM
from schools.imports import work

DAYS = ("removed_on", "connected_on", "disconnected_on")


def systems_of(schools: Collection[work.Known]) -> dict[tuple[int, int], System]:
    """By school and number, whether in service or not."""
    by_key = {school.pk: school for school in schools}
    names = (*OF_A_SYSTEM, "decommissioned_on")
    rows = CameraSystem.objects.filter(school__in=by_key).values_list("pk", "version", "school", "number", *names)
    return {
        (school, number): System(key, version, by_key[school], number, dict(zip(names, values, strict=True)))
        for key, version, school, number, *values in rows.iterator(chunk_size=10_000)
    }


def cameras_of(systems: Collection[System], *, removed: bool) -> Iterator[Camera]:
    """Those that hang in the systems and, if `removed`, those that did."""
    by_key = {system.key: system for system in systems}
    names = (*OF_A_CAMERA, *DAYS)
    cameras = CameraRow.objects.filter(system__in=by_key)
    cameras = cameras if removed else cameras.filter(removed_on=None)
    rows = cameras.order_by("pk").values_list("pk", "version", "system", "number", *names)
    for key, version, system, number, *values in rows.iterator(chunk_size=10_000):
        yield Camera(key, version, by_key[system], number, dict(zip(names, values, strict=True)))
