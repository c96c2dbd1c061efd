"""Connecting cameras to the operations control centre and disconnecting them: today, so that past figures stay."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cameras.models import Camera, FormerConnection
from cameras.services.holding import guard_standing, hold_cameras
from cameras.signals import equipment_changed
from core.days import day_of
from schools import history
from schools.models import Change


def connect(*, cameras: Collection[Camera], by: User, at: datetime, reason: str = "") -> list[Camera]:
    """Connect the cameras from today on; those that were not connected before. Conflict if one was removed."""
    return _switch(cameras, to_connected=True, by=by, at=at, reason=reason)


def disconnect(*, cameras: Collection[Camera], by: User, at: datetime, reason: str = "") -> list[Camera]:
    """Disconnect the cameras from today on; those that were connected before. Conflict if one was removed."""
    return _switch(cameras, to_connected=False, by=by, at=at, reason=reason)


@transaction.atomic
def _switch(cameras: Collection[Camera], *, to_connected: bool, by: User, at: datetime, reason: str) -> list[Camera]:
    held, today = hold_cameras(cameras, by=by), day_of(at)
    for camera in held:
        guard_standing(camera)
    changed = [camera for camera in held if is_connected(camera, today) is not to_connected]
    for camera in changed:
        if former := former_connection(camera, to_connected=to_connected, today=today):
            FormerConnection.objects.create(camera=camera, connected_on=former[0], disconnected_on=former[1])
        became = switched(camera, to_connected=to_connected, today=today)
        history.revise(camera, became, act=Change.Act.CORRECTED, by=by, at=at, on=today, reason=reason.strip())
    if changed:
        equipment_changed.send(sender=Camera, school_ids={camera.system.school_id for camera in changed})
    return changed


def is_connected(camera: Any, day: date) -> bool:
    """Now, or on a day since it was last connected."""
    began, ended = camera.connected_on, camera.disconnected_on
    return began is not None and began <= day and (ended is None or ended > day)


def switched(camera: Any, *, to_connected: bool, today: date) -> dict[str, Any]:
    """What becomes of the columns. Disconnected this very day, it was connected all the time."""
    if not to_connected:
        return {"connected_on": None} if camera.connected_on == today else {"disconnected_on": today}
    if camera.connected_on and camera.disconnected_on == today:
        return {"disconnected_on": None}
    return {"connected_on": today, "disconnected_on": None}


def former_connection(camera: Any, *, to_connected: bool, today: date) -> tuple[date, date] | None:
    """The days of a connection that ended before, which are kept apart when another begins."""
    if to_connected and camera.connected_on and camera.disconnected_on and camera.disconnected_on != today:
        return camera.connected_on, camera.disconnected_on
    return None
