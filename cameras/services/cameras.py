"""Installing cameras, and putting right what is said of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cameras.models import Camera, CameraSystem
from cameras.services.conditions import write_first
from cameras.services.holding import guard_in_service, guard_open, guard_standing, hold_camera, hold_system
from cameras.services.rules import OF_A_CAMERA, Found, give, problems_of_camera, problems_of_state, told, unknown
from cameras.signals import equipment_changed
from core.days import day_of
from core.errors import Invalid, Problem
from schools import history
from schools.models import Change

# What a row may say: the camera, its number (else the next one), whether it is connected, and what state it is in.
OF_A_ROW = (*OF_A_CAMERA, "number", "connected_on", "state")


@transaction.atomic
def install(
    *, system: CameraSystem, cameras: Sequence[Mapping[str, Any]], by: User, at: datetime, reason: str = ""
) -> list[Camera]:
    """Hang the cameras in the system, all or none; each a row with values of OF_A_ROW.

    Rows without a number take those that follow the highest ever given in the system. Invalid names every problem of
    every row, `cameras.<place>.<column>`. Figures count the cameras from today on, whenever they were installed.
    """
    system = hold_system(system, by=by)
    guard_in_service(system)
    guard_open(system.school, day_of(at))
    rows = list(_numbered(system, cameras))
    hung, problems = [], []
    for place, values in enumerate(rows):
        camera, found = checked(system, values, today=day_of(at))
        if any(values["number"] == other["number"] for other in rows[:place]):
            found.append(("number", _("Two cameras cannot have the same number.")))
        before = _("Camera %(number)s. ") % {"number": values["number"]} if len(rows) > 1 else ""
        problems += told(found, Camera, path=f"cameras.{place}.", before=before)
        hung.append(camera)
    problems += taken_numbers(system, rows)
    if problems:
        raise Invalid(*problems)
    for camera, values in zip(hung, rows, strict=True):
        hang(camera, state=values.get("state") or "", act=Change.Act.INSTALLED, reason=reason, by=by, at=at)
    if hung:
        equipment_changed.send(sender=Camera, school_ids={system.school_id})
    return hung


@transaction.atomic
def correct(
    *, camera: Camera, values: Mapping[str, Any], reason: str, by: User, at: datetime, expects: int | None = None
) -> Camera:
    """Put right what is said of the camera; nothing happens if nothing differs. Conflict once it is removed.

    `values`: columns of rules.OF_A_CAMERA. Figures count it from the same day as before, whatever installed_on becomes.
    """
    camera = hold_camera(camera, by=by)
    guard_standing(camera)
    history.guard_version(camera, expects)
    known = {name: value for name, value in values.items() if name in OF_A_CAMERA}
    cleaned = cleaned_values(camera, known, refused=unknown(values, OF_A_CAMERA), today=day_of(at))
    act = Change.Act.CORRECTED
    if history.revise(camera, cleaned, act=act, by=by, at=at, on=day_of(at), reason=reason.strip()):
        equipment_changed.send(sender=Camera, school_ids={camera.system.school_id})
    return camera


def cleaned_values(
    camera: Camera, values: Mapping[str, Any], *, refused: Sequence[Found] = (), today: date
) -> dict[str, Any]:
    """The values as the columns hold them; Invalid for what cannot be true of the camera with them.

    What was so before is not this person's mistake: only the values given are held against rules.
    """
    wished = Camera.objects.get(pk=camera.pk)
    give(wished, values)
    found = problems_of_camera(wished, system=camera.system, school=camera.system.school, today=today)
    found = [*refused, *(one for one in found if one[0] in _concerned(values))]
    if found:
        raise Invalid(*told(found, Camera))
    return {name: getattr(wished, name) for name in values}


def checked(system: CameraSystem, values: Mapping[str, Any], *, today: date) -> tuple[Camera, list[Found]]:
    """An unsaved camera of the system with these values, and what is wrong with them."""
    camera = Camera(system=system, counts_from=today)
    give(camera, {name: value for name, value in values.items() if name in OF_A_ROW and name != "state"})
    camera.is_outdoor = bool(camera.is_outdoor)
    found = [
        *unknown(values, OF_A_ROW),
        *problems_of_camera(camera, system=system, school=system.school, today=today),
        *(problems_of_state(values["state"]) if values.get("state") else ()),
    ]
    return camera, found


def hang(camera: Camera, *, state: str, act: str, reason: str, by: User, at: datetime) -> None:
    """Save the checked camera with its history and, if somebody has looked at it, its condition."""
    camera.save(force_insert=True)
    said = {
        name: (None, getattr(camera, name))
        for name in (*OF_A_CAMERA, "connected_on")
        if getattr(camera, name) not in (None, "")
    }
    history.record(camera, act=act, by=by, at=at, on=camera.installed_on, reason=reason.strip(), fields=said)
    if state:
        write_first(camera, state=state, on=camera.installed_on, by=by, at=at)


def next_number(system: CameraSystem) -> int:
    """After the highest ever given: a camera that was removed keeps its number for itself."""
    return (system.cameras.aggregate(last=Max("number"))["last"] or 0) + 1


def taken_numbers(system: CameraSystem, rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    taken = set(system.cameras.filter(removed_on=None).values_list("number", flat=True))
    sentence = _("There is a camera %(number)s in this system already.")
    return [
        Problem(sentence % {"number": values["number"]}, f"cameras.{place}.number")
        for place, values in enumerate(rows)
        if values["number"] in taken
    ]


def _numbered(system: CameraSystem, cameras: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    said = {values["number"] for values in cameras if values.get("number")}
    following = (number for number in count(next_number(system)) if number not in said)
    for values in cameras:
        yield {**values, "number": values.get("number") or next(following)}


def _concerned(values: Mapping[str, Any]) -> set[str]:
    """A lacking side of the resolution is told by whichever side was given."""
    names = set(values)
    return names | {"width_px", "height_px"} if names & {"width_px", "height_px"} else names
