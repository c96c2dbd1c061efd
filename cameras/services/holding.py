"""Locks of the inventory, always in this order: schools by key, systems by key, cameras by key."""

from collections.abc import Collection, Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from cameras.models import Camera, CameraSystem
from cameras.permissions import can_keep_inventory
from core.errors import Conflict
from schools.models import School


def hold_schools(ids: Iterable[int]) -> dict[int, School]:
    held = School.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    return {school.pk: school for school in held}


def hold_school(school: School, *, by: User) -> School:
    """The school as it is now, held; PermissionDenied for who may not keep its inventory."""
    held = hold_schools([school.pk])[school.pk]
    if not can_keep_inventory(by, held):
        raise PermissionDenied
    return held


def hold_system(system: CameraSystem, *, by: User) -> CameraSystem:
    """The system as it is now, held after its school, which it carries."""
    school = hold_school(system.school, by=by)
    held = CameraSystem.objects.select_for_update(no_key=True).get(pk=system.pk)
    held.school = school
    return held


def hold_camera(camera: Camera, *, by: User) -> Camera:
    """The camera as it is now, held after its school and its system, which it carries."""
    return hold_cameras([camera], by=by)[0]


def hold_cameras(cameras: Collection[Camera], *, by: User) -> list[Camera]:
    """The cameras in order of their keys, held after their schools and systems, which they carry."""
    held = hold_reported(cameras)
    for school in {camera.system.school for camera in held}:
        if not can_keep_inventory(by, school):
            raise PermissionDenied
    return held


def hold_reported(cameras: Collection[Camera]) -> list[Camera]:
    """The same without asking who may. Conflict for a camera that went to another school meanwhile."""
    keys = [camera.pk for camera in cameras]
    schools = hold_schools(Camera.objects.filter(pk__in=keys).values_list("system__school", flat=True))
    used = Camera.objects.filter(pk__in=keys).values("system")
    systems = CameraSystem.objects.select_for_update(no_key=True).filter(pk__in=used, school__in=schools)
    by_key = {system.pk: system for system in systems.order_by("pk")}
    held = list(Camera.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if not all(camera.system_id in by_key for camera in held):
        raise Conflict(_("A camera was moved to another school meanwhile. Load the page again."))
    for camera in held:
        camera.system = by_key[camera.system_id]
        camera.system.school = schools[camera.system.school_id]
    return held


def guard_open(school: School, day: date) -> None:
    if school.closed_on and school.closed_on <= day:
        raise Conflict(_("This school is closed."))


def guard_standing(camera: Camera) -> None:
    if camera.removed_on:
        raise Conflict(_("This camera was removed."))


def guard_in_service(system: CameraSystem) -> None:
    if system.decommissioned_on:
        raise Conflict(_("This system was decommissioned."))
