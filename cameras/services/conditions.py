"""Reports of what state a camera is in."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import Role, User
from cameras.models import Camera, Condition
from cameras.permissions import can_report_condition
from cameras.services.holding import guard_standing, hold_reported
from cameras.services.rules import problems_of_day, problems_of_state, told
from cameras.signals import equipment_changed
from core.days import day_of
from core.errors import Invalid
from schools import history
from schools.models import Change

SOURCES = {Role.SCHOOL_ADMINISTRATOR: Condition.Source.SCHOOL, Role.INSPECTOR: Condition.Source.AUDIT}


@transaction.atomic
def report_condition(
    *,
    camera: Camera,
    state: str,
    observed_on: date,
    by: User,
    at: datetime,
    note: str = "",
    expects: int | None = None,
) -> Condition:
    """Say what state the camera is in; "working" after "does not work" says that it was repaired.

    A report that repeats the present state changes nothing and returns it. Raises Conflict for a camera that was
    removed; Invalid for an unknown state, for "removed", and for an observation in the future, before the camera was
    installed or before the one it supersedes.
    """
    [held] = hold_reported([camera])
    if not can_report_condition(by, held.system.school):
        raise PermissionDenied
    history.guard_version(held, expects)
    return report_conditions(cameras=[held], state=state, observed_on=observed_on, by=by, at=at, note=note)[0]


@transaction.atomic
def report_conditions(
    *, cameras: Collection[Camera], state: str, observed_on: date, by: User, at: datetime, note: str = ""
) -> list[Condition]:
    """The same of several cameras at once: all or none. Their conditions in the order of the keys of the cameras."""
    held = hold_reported(cameras)
    for school in {camera.system.school for camera in held}:
        if not can_report_condition(by, school):
            raise PermissionDenied
    for camera in held:
        guard_standing(camera)
    presents = present_of(held)
    _guard_reports(held, presents, state, observed_on, at)
    changed = [camera for camera in held if not (present := presents.get(camera.pk)) or present.state != state]
    for camera in changed:
        presents[camera.pk] = _write(camera, presents.get(camera.pk), state, observed_on, by, at, note)
    if changed:
        equipment_changed.send(sender=Camera, school_ids={camera.system.school_id for camera in changed})
    return [presents[camera.pk] for camera in held]


def write_first(camera: Camera, *, state: str, on: date, by: User, at: datetime) -> None:
    """The condition of a camera that nobody has reported on yet. The caller holds and tells."""
    _write(camera, None, state, on, by, at)


def take_down(camera: Camera, *, on: date, reason: str, by: User, at: datetime, act: str = Change.Act.REMOVED) -> None:
    """The camera hangs no more, from `on` in truth and from today in the figures. The caller holds, guards, tells."""
    gone = {"removed_on": on, "counts_until": day_of(at)}
    history.revise(camera, gone, act=act, by=by, at=at, on=on, reason=reason)
    _write(camera, present_of([camera]).get(camera.pk), Condition.State.REMOVED, on, by, at)


def present_of(cameras: Iterable[Camera]) -> dict[int, Condition]:
    """What is known of each camera now; cameras nobody has reported on are left out."""
    found = Condition.objects.filter(camera__in=[camera.pk for camera in cameras], superseded_at=None)
    return {condition.camera_id: condition for condition in found}


def last_report(cameras: Iterable[Camera]) -> date | None:
    """The day of the latest observation of any of the cameras."""
    present = Condition.objects.filter(camera__in=[camera.pk for camera in cameras], superseded_at=None)
    return present.aggregate(last=Max("observed_on"))["last"]


def _write(
    camera: Camera, present: Condition | None, state: str, on: date, by: User, at: datetime, note: str = ""
) -> Condition:
    if present:
        # A report that waited for a later one, and comes after it in truth, comes after it in time as well.
        at = max(at, present.recorded_at)
        present.superseded_at = at
        present.save(update_fields=["superseded_at"])
    return Condition.objects.create(
        camera=camera,
        state=state,
        observed_on=on,
        recorded_at=at,
        recorded_by=by,
        source=SOURCES.get(Role(by.role), Condition.Source.DEPARTMENT),
        note=note,
    )


def _guard_reports(
    cameras: list[Camera], presents: dict[int, Condition], state: str, observed_on: date, at: datetime
) -> None:
    """A report that repeats the present state is not held against its day: nothing is written."""
    found = told(problems_of_state(state), Condition)
    for camera in cameras:
        present = presents.get(camera.pk)
        if present and present.state == state and observed_on <= day_of(at):
            continue
        of_the_day = problems_of_day(
            observed_on,
            installed_on=camera.installed_on,
            reported_on=present.observed_on if present else None,
            today=day_of(at),
            column="observed_on",
        )
        found += told(of_the_day, Condition, before=f"{camera}: " if len(cameras) > 1 else "")
    if found:
        # Of many cameras with one fault, one sentence.
        raise Invalid(*dict.fromkeys(found))
