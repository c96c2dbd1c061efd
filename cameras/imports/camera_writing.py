"""Many cameras written at once, with their conditions, connections and history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from bulk.models import Import
from cameras import models
from cameras.imports.equipment import Camera, System
from cameras.imports.reports import Present, Report, write_reports
from cameras.models import Condition, FormerConnection
from cameras.services.connections import former_connection
from cameras.services.rules import OF_A_CAMERA
from core.copying import copy_in, copy_over, new_keys
from core.days import day_of
from schools.imports.entries import Entry, Fields, becoming, record_all, said
from schools.models import Change

COLUMNS = (*OF_A_CAMERA, "connected_on", "removed_on")


@dataclass(slots=True)
class New:
    """A camera that is to hang, or once hung, in the system; its state, if somebody said so."""

    system: System
    number: int
    values: dict[str, Any]
    state: str

    @property
    def is_gone(self) -> bool:
        return self.values["removed_on"] is not None

    @property
    def seen_on(self) -> date:
        return self.values["removed_on"] or self.values["installed_on"]

    def ordered(self) -> Iterator[Any]:
        return (self.values[name] for name in COLUMNS)


@dataclass(slots=True)
class Changed:
    """What of the camera becomes different; the state that becomes known of it, beside what is known."""

    camera: Camera
    fields: Fields
    state: str
    present: Present | None


def write_created(created: Sequence[New], *, to: Import, by: User, at: datetime) -> None:
    """INSTALLED, in the figures from today on; what is removed already, never."""
    if not created:
        return
    today = day_of(at)
    keyed = list(zip(new_keys(models.Camera, len(created)), created, strict=True))
    rows = (
        (key, 1, new.system.key, new.number, today, today if new.is_gone else None, *new.ordered())
        for key, new in keyed
    )
    copy_in(models.Camera, ("id", "version", "system", "number", "counts_from", "counts_until", *COLUMNS), rows)
    write_reports([Report(key, new.state, new.seen_on, None) for key, new in keyed if new.state], by=by, at=at)
    record_all((_first(key, new) for key, new in keyed), to=to, by=by, at=at)


def _first(key: int, new: New) -> Entry:
    code = f"{new.system.number}/{new.number}"
    act, on = Change.Act.INSTALLED, new.values["installed_on"]
    fields = said({name: new.values[name] for name in COLUMNS})
    return Entry(new.system.school.pk, "camera", key, code, 1, act, on, fields)


def write_changed(changed: Sequence[Changed], *, to: Import, by: User, at: datetime) -> None:
    """CORRECTED or REMOVED, each with what became known of it."""
    if not changed:
        return
    names = sorted({name for one in changed for name in one.fields if name != "state"})
    rows = (
        (one.camera.key, one.camera.version + 1, *becoming(names, one.fields, _present(one.camera))) for one in changed
    )
    copy_over(models.Camera, ("version", *names), rows)
    copy_in(FormerConnection, ("camera", "connected_on", "disconnected_on"), _former(changed, at))
    reports = [Report(one.camera.key, one.state, _since(one, at), one.present) for one in changed if one.state]
    write_reports(reports, by=by, at=at)
    record_all((_entry(one, at) for one in changed), to=to, by=by, at=at)


def _present(camera: Camera) -> dict[str, Any]:
    return {**camera.values, "counts_until": None}


def _former(changed: Sequence[Changed], at: datetime) -> Iterator[tuple[Any, ...]]:
    for one in changed:
        to_connected = one.fields.get("connected_on", (None, None))[1] is not None
        if former := former_connection(one.camera, to_connected=to_connected, today=day_of(at)):
            yield one.camera.key, *former


def _since(one: Changed, at: datetime) -> Any:
    return one.fields["removed_on"][1] if one.state == Condition.State.REMOVED else day_of(at)


def _entry(one: Changed, at: datetime) -> Entry:
    camera = one.camera
    told = (camera.system.school.pk, "camera", camera.key, camera.code, camera.version + 1)
    act = Change.Act.REMOVED if one.state == Condition.State.REMOVED else Change.Act.CORRECTED
    return Entry(*told, act, _since(one, at), one.fields)
