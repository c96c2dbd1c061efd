"""Acts on video surveillance systems."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cameras.models import CameraSystem
from cameras.services.conditions import last_report, take_down
from cameras.services.holding import guard_in_service, guard_open, hold_school, hold_system
from cameras.services.rules import (
    OF_A_SYSTEM,
    Found,
    give,
    kind_contradicts,
    problems_of_day,
    problems_of_system,
    told,
    unknown,
)
from cameras.signals import equipment_changed
from core.days import day_of
from core.errors import Invalid
from core.reasons import given
from schools import history
from schools.models import Change, School


@transaction.atomic
def install_system(
    *, school: School, values: Mapping[str, Any], by: User, at: datetime, reason: str = ""
) -> CameraSystem:
    """Enter a system under the next number of the school. Figures count it from today, or from nowhere if refused.

    `values`: columns of rules.OF_A_SYSTEM; commissioned_on may lie in the past.
    """
    school = hold_school(school, by=by)
    today = day_of(at)
    guard_open(school, today)
    known = {name: value for name, value in values.items() if name in OF_A_SYSTEM}
    last = school.systems.aggregate(last=Max("number"))["last"] or 0
    system = CameraSystem(school=school, number=last + 1, counts_from=today)
    give(system, known)
    found = [*unknown(values, OF_A_SYSTEM), *problems_of_system(system, today=today)]
    if found:
        raise Invalid(*told(found, CameraSystem))
    system.save(force_insert=True)
    said = {name: (None, getattr(system, name)) for name in OF_A_SYSTEM if getattr(system, name) not in (None, "")}
    act = Change.Act.INSTALLED
    history.record(system, act=act, by=by, at=at, on=system.commissioned_on, reason=reason.strip(), fields=said)
    equipment_changed.send(sender=CameraSystem, school_ids={school.pk})
    return system


@transaction.atomic
def correct_system(
    *, system: CameraSystem, values: Mapping[str, Any], reason: str, by: User, at: datetime, expects: int | None = None
) -> CameraSystem:
    """Put right what is said of the system; nothing happens if nothing differs. Conflict once it is decommissioned.

    Figures count it from the same day as before, whatever its days become.
    """
    system = hold_system(system, by=by)
    guard_in_service(system)
    history.guard_version(system, expects)
    today = day_of(at)
    known = {name: value for name, value in values.items() if name in OF_A_SYSTEM}
    wished = CameraSystem.objects.get(pk=system.pk)
    give(wished, known)
    found = [*problems_of_system(wished, today=today), *_cameras_that_contradict(wished)]
    # What was so before is not this person's mistake.
    found = [*unknown(values, OF_A_SYSTEM), *(one for one in found if one[0] in known)]
    if found:
        raise Invalid(*told(found, CameraSystem))
    cleaned = {name: getattr(wished, name) for name in known}
    act = Change.Act.CORRECTED
    if history.revise(system, cleaned, act=act, by=by, at=at, on=today, reason=reason.strip()):
        equipment_changed.send(sender=CameraSystem, school_ids={system.school_id})
    return system


@transaction.atomic
def decommission(
    *, system: CameraSystem, on: date, reason: str, by: User, at: datetime, expects: int | None = None
) -> CameraSystem:
    """Take the system out of service with all cameras on it. Conflict if it is already, Invalid without a reason.

    `on` may lie in the past, not before the system or one of its cameras came; figures leave it today.
    """
    system = hold_system(system, by=by)
    guard_in_service(system)
    history.guard_version(system, expects)
    reason, today = given(reason), day_of(at)
    cameras = list(system.cameras.select_for_update(no_key=True).filter(removed_on=None).order_by("pk"))
    since = max([system.commissioned_on, *(camera.installed_on for camera in cameras)])
    found = list(problems_of_day(on, installed_on=since, reported_on=last_report(cameras), today=today))
    if found:
        raise Invalid(*told(found, CameraSystem))
    # Before the system itself, so that the newest entry of the history is the act that was asked for.
    for camera in cameras:
        camera.system = system
        take_down(camera, on=on, reason=reason, by=by, at=at)
    gone = {"decommissioned_on": on, "counts_until": today}
    history.revise(system, gone, act=Change.Act.DECOMMISSIONED, by=by, at=at, on=on, reason=reason)
    equipment_changed.send(sender=CameraSystem, school_ids={system.school_id})
    return system


def _cameras_that_contradict(system: CameraSystem) -> list[Found]:
    hanging = set(system.cameras.filter(removed_on=None).values_list("is_digital", flat=True))
    if any(True for is_digital in hanging for _found in kind_contradicts(system, is_digital)):
        return [("kind", _("Cameras of the other kind hang in this system: it is a hybrid one."))]
    return []
