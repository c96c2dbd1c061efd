"""Cameras that go, give way to another, or hang elsewhere."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cameras.models import Camera, CameraSystem
from cameras.services.cameras import OF_A_ROW, checked, cleaned_values, hang, next_number, taken_numbers
from cameras.services.conditions import present_of, take_down
from cameras.services.connections import is_connected
from cameras.services.holding import (
    guard_in_service,
    guard_open,
    guard_standing,
    hold_camera,
    hold_schools,
    hold_system,
)
from cameras.services.rules import DEVICE, PLACE, problems_of_day, told, unknown
from cameras.signals import equipment_changed
from core.days import day_of
from core.errors import Invalid, Problem
from core.reasons import given
from schools import history
from schools.models import Change
from schools.permissions import is_of_the_department

OF_A_RELOCATION = (*PLACE, "number", "system")


@transaction.atomic
def remove(*, camera: Camera, on: date, reason: str, by: User, at: datetime, expects: int | None = None) -> Camera:
    """Take the camera down. It stays on record with its conditions; figures leave it out from today on.

    Conflict if it was removed before. Invalid without a reason, for a day to come, before it came or was last seen.
    """
    camera = hold_camera(camera, by=by)
    guard_standing(camera)
    history.guard_version(camera, expects)
    reason = given(reason)
    _guard_day(camera, on, at)
    take_down(camera, on=on, reason=reason, by=by, at=at)
    equipment_changed.send(sender=Camera, school_ids={camera.system.school_id})
    return camera


@transaction.atomic
def replace(
    *,
    camera: Camera,
    by_values: Mapping[str, Any],
    on: date,
    reason: str,
    by: User,
    at: datetime,
    expects: int | None = None,
) -> Camera:
    """Hang another camera in the place and under the number of this one, which is removed; the new one.

    `by_values` as a row of install(), without number and installed_on; the place is that of the old camera where they
    do not say otherwise. Refuses what remove() and install() refuse.
    """
    old = hold_camera(camera, by=by)
    guard_standing(old)
    guard_open(old.system.school, day_of(at))
    history.guard_version(old, expects)
    reason = given(reason)
    _guard_day(old, on, at)
    known = tuple(name for name in OF_A_ROW if name not in {"number", "installed_on"})
    place = {name: getattr(old, name) for name in PLACE}
    said = {name: value for name, value in by_values.items() if name in known}
    new, found = checked(old.system, {**place, **said, "number": old.number, "installed_on": on}, today=day_of(at))
    found = [*unknown(by_values, known), *found]
    if found:
        raise Invalid(*told(found, Camera))
    take_down(old, on=on, reason=reason, by=by, at=at, act=Change.Act.REPLACED)
    hang(new, state=by_values.get("state") or "", act=Change.Act.INSTALLED, reason=reason, by=by, at=at)
    equipment_changed.send(sender=Camera, school_ids={new.system.school_id})
    return new


@transaction.atomic
def relocate(
    *,
    camera: Camera,
    values: Mapping[str, Any],
    on: date,
    reason: str,
    by: User,
    at: datetime,
    expects: int | None = None,
) -> Camera:
    """Hang the camera elsewhere: `values` of OF_A_RELOCATION. The camera where it hangs now.

    In another system it is another row from then on, because the days before belong to the old one; it keeps its
    connection within its school. To another school only the department moves a camera, which it must serve as well.
    """
    target = values.get("system")
    schools = hold_schools([camera.system.school_id, *([target.school_id] if target else [])])
    camera = hold_camera(camera, by=by)
    guard_standing(camera)
    history.guard_version(camera, expects)
    reason = given(reason)
    _guard_day(camera, on, at)
    if refused := unknown(values, OF_A_RELOCATION):
        raise Invalid(*told(refused, Camera))
    place = {name: value for name, value in values.items() if name != "system"}
    if target is None or target.pk == camera.system_id:
        moved = _within(camera, place, on=on, reason=reason, by=by, at=at)
    else:
        if target.school_id != camera.system.school_id and not is_of_the_department(by):
            raise PermissionDenied
        moved = _into(target, camera, place, on=on, reason=reason, by=by, at=at)
    equipment_changed.send(sender=Camera, school_ids=set(schools))
    return moved


def _within(camera: Camera, place: Mapping[str, Any], *, on: date, reason: str, by: User, at: datetime) -> Camera:
    became = cleaned_values(camera, place, today=day_of(at))
    if became.get("number", camera.number) != camera.number and (taken := taken_numbers(camera.system, [became])):
        raise Invalid(*(Problem(problem, "number") for problem in taken))
    history.revise(camera, became, act=Change.Act.RELOCATED, by=by, at=at, on=on, reason=reason)
    return camera


def _into(
    target: CameraSystem, camera: Camera, place: Mapping[str, Any], *, on: date, reason: str, by: User, at: datetime
) -> Camera:
    target = hold_system(target, by=by)
    guard_in_service(target)
    guard_open(target.school, day_of(at))
    values = {**{name: getattr(camera, name) for name in (*DEVICE, *PLACE)}, **place, "installed_on": on}
    values["number"] = place.get("number") or _number_in(target, camera)
    if target.school_id == camera.system.school_id and is_connected(camera, day_of(at)):
        values["connected_on"] = on
    moved, found = checked(target, values, today=day_of(at))
    problems = told(found, Camera)
    problems += [Problem(problem, "number") for problem in taken_numbers(target, [values])]
    if problems:
        raise Invalid(*problems)
    present = present_of([camera]).get(camera.pk)
    act = Change.Act.RELOCATED
    take_down(camera, on=on, reason=reason, by=by, at=at, act=act)
    hang(moved, state=present.state if present else "", act=act, reason=reason, by=by, at=at)
    return moved


def _number_in(target: CameraSystem, camera: Camera) -> int:
    """Its own, where that is free."""
    return next_number(target) if taken_numbers(target, [{"number": camera.number}]) else camera.number


def _guard_day(camera: Camera, on: date, at: datetime) -> None:
    present = present_of([camera]).get(camera.pk)
    reported_on = present.observed_on if present else None
    found = problems_of_day(on, installed_on=camera.installed_on, reported_on=reported_on, today=day_of(at))
    if problems := told(found, Camera):
        raise Invalid(*problems)
