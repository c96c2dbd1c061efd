"""What can be true of a system and of a camera. Each rule names the column it is about."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cameras.models import Camera, CameraSystem, Condition
from core.errors import Problem
from schools.history import label_of
from schools.models import School, Versioned

EARLIEST = date(1990, 1, 1)
HIGHEST_NUMBER = 9999
MOST_FRAMES = 240

PLACE = ("zone", "floor", "is_outdoor", "field_of_view", "target_distance")
DEVICE = ("is_digital", "model", "width_px", "height_px", "frames_per_second", "bitrate_mbps", "has_night_mode")
# What people say of a camera, and of a system. The rest of the columns belong to acts.
OF_A_CAMERA = (*PLACE, *DEVICE, "installed_on")
OF_A_SYSTEM = (
    *("kind", "recorder", "storage_tb", "storage_days", "backup_minutes", "centre_link", "channel_mbps", "supplier"),
    *("maintenance_contract", "maintenance_until", "installed_on", "commissioned_on"),
)
STATES_TO_REPORT = (Condition.State.WORKING, Condition.State.FAULTY, Condition.State.NO_POWER)

Found = tuple[str, str]  # column, sentence


def problems_of_system(system: CameraSystem, *, today: date) -> list[Found]:
    """Everything wrong with the values of the system, which become clean on the way."""
    found = [*_unclean(system, OF_A_SYSTEM), *_negative(system, ("storage_tb", "channel_mbps"))]
    return found or contradictions_of_system(system, today=today)


def contradictions_of_system(system: Any, *, today: date) -> list[Found]:
    """What is wrong with values that are clean, each by itself. A row of a file has the columns as well."""
    found = [*_out_of_time(system, ("installed_on", "commissioned_on"), today)]
    if system.installed_on and system.installed_on > system.commissioned_on:
        found.append(("commissioned_on", _("A system is commissioned on the day it is installed, or later.")))
    if system.maintenance_until and system.maintenance_until < EARLIEST:
        found.append(("maintenance_until", _("Choose a day after 1989.")))
    return found


def problems_of_camera(camera: Camera, *, system: CameraSystem, school: School, today: date) -> list[Found]:
    """Everything wrong with the values of the camera, which become clean on the way."""
    measures = ("width_px", "height_px", "frames_per_second", "bitrate_mbps", "field_of_view", "target_distance")
    found = [*_unclean(camera, (*OF_A_CAMERA, "number", "connected_on")), *_negative(camera, ("number", *measures))]
    return found or contradictions_of_camera(camera, system=system, school=school, today=today)


def contradictions_of_camera(camera: Any, *, system: Any, school: Any, today: date) -> list[Found]:
    """What is wrong with values that are clean, each by itself. A row of a file has the columns as well."""
    return [
        *_out_of_time(camera, ("installed_on", "connected_on"), today),
        *_of_the_place(camera, school),
        *_of_the_picture(camera),
        *kind_contradicts(system, camera.is_digital),
    ]


def _of_the_place(camera: Any, school: Any) -> Iterator[Found]:
    if camera.number > HIGHEST_NUMBER:
        yield "number", _("Choose a number up to %(most)s.") % {"most": HIGHEST_NUMBER}
    if camera.floor is not None and camera.floor > school.floors:
        yield "floor", _("The school has no such floor: it has %(floors)s.") % {"floors": school.floors}
    if camera.connected_on and camera.connected_on < camera.installed_on:
        yield "connected_on", _("A camera is connected on the day it is installed, or later.")


def _of_the_picture(camera: Any) -> Iterator[Found]:
    if (camera.width_px is None) is not (camera.height_px is None):
        lacking = "height_px" if camera.height_px is None else "width_px"
        yield lacking, _("Give both sides of the resolution, or neither.")
    if camera.frames_per_second and camera.frames_per_second > MOST_FRAMES:
        yield "frames_per_second", _("Choose a number up to %(most)s.") % {"most": MOST_FRAMES}
    if camera.field_of_view is not None and camera.field_of_view >= 180:
        yield "field_of_view", _("The field of view is less than 180 degrees.")


def kind_contradicts(system: Any, is_digital: bool) -> Iterator[Found]:
    """An analogue system has no digital cameras, a digital one no analogue ones; a hybrid one has both."""
    if is_digital and system.kind == CameraSystem.Kind.ANALOGUE:
        yield (
            "is_digital",
            _("The system is analogue: it has no digital cameras. Correct the kind of the system first."),
        )
    if not is_digital and system.kind == CameraSystem.Kind.DIGITAL:
        yield (
            "is_digital",
            _("The system is digital: it has no analogue cameras. Correct the kind of the system first."),
        )


def problems_of_day(
    day: date, *, installed_on: date, reported_on: date | None, today: date, column: str = "on"
) -> Iterator[Found]:
    """A day on which a thing went or was seen: not before it came or was last seen, not in the future."""
    if day > today:
        yield column, _("That day lies in the future.")
    if day < installed_on:
        yield column, _("That day lies before the day of the installation.")
    elif reported_on and day < reported_on:
        told = date_format(reported_on, "SHORT_DATE_FORMAT")
        yield column, _("There is a report of %(day)s already: choose that day or a later one.") % {"day": told}


def problems_of_state(state: object) -> Iterator[Found]:
    if state == Condition.State.REMOVED:
        yield "state", _("Remove the camera instead: its number becomes free, and the day is kept.")
    elif state not in STATES_TO_REPORT:
        yield "state", _("Choose a condition: working, does not work, or not powered.")


def give(row: Versioned, values: Mapping[str, Any]) -> None:
    """Set the columns; a blank is "" in a column of text and None in any other."""
    for name, value in values.items():
        is_text = isinstance(row._meta.get_field(name), CharField)
        setattr(row, name, ("" if is_text else None) if value in (None, "") else value)


def unknown(values: Mapping[str, Any], known: Collection[str]) -> list[Found]:
    """Values that the act does not take: a program that sends them must not believe they were kept."""
    return [(name, _("This cannot be changed here.")) for name in values if name not in known]


def told(found: Iterable[Found], model: type[Model], *, path: str = "", before: str = "") -> list[Problem]:
    """The findings as sentences that name the column in words, and where it was in code."""
    problems = []
    for name, sentence in found:
        label = _LABELS[name]() if name in _LABELS else label_of(model, name)
        problems.append(Problem(f"{before}{label}: {sentence}", f"{path}{name}", alone=sentence))
    return problems


_LABELS = {"on": lambda: _("Day"), "state": lambda: _("Condition")}


def _unclean(row: Versioned, columns: Collection[str]) -> list[Found]:
    others = {field.name for field in row._meta.concrete_fields} - set(columns)
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        return [(name, said) for name, sentences in error.message_dict.items() for said in sentences]
    return []


def _negative(row: Versioned, columns: Collection[str]) -> list[Found]:
    """Of numbers, zero as well: what is not known is left blank."""
    numbers = {name: getattr(row, name) for name in columns}
    return [
        (name, _("Must be greater than zero."))
        for name, number in numbers.items()
        if number is not None and not isinstance(number, str) and number <= 0
    ]


def _out_of_time(row: Any, columns: Collection[str], today: date) -> Iterator[Found]:
    for name in columns:
        day = getattr(row, name)
        if day and day > today:
            yield name, _("That day lies in the future.")
        elif day and day < EARLIEST:
            yield name, _("Choose a day after 1989.")
