"""Acts on the inventory. Each tells the areas whose figures it touches."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cameras.models import Camera, Condition
from cameras.permissions import can_report_condition
from cameras.signals import equipment_changed
from core.days import day_of
from core.errors import Conflict, Invalid
from schools.models import School


@transaction.atomic
def report_condition(
    *, camera: Camera, state: str, observed_on: date, by: User, at: datetime, note: str = ""
) -> Condition:
    """Say what state the camera is in. A report that repeats the present state changes nothing and returns it.

    Raises Conflict for a camera that was removed, Invalid for an unknown state or an observation in the future.
    """
    camera = _locked(camera)
    if not can_report_condition(by, camera.system.school):
        raise PermissionDenied
    _guard_report(camera, state, observed_on, at)
    present = camera.conditions.filter(superseded_at=None).first()
    if present and present.state == state:
        return present
    if present:
        # A report that waited for a later one, and comes after it in truth, comes after it in time as well.
        at = max(at, present.recorded_at)
        present.superseded_at = at
        present.save(update_fields=["superseded_at"])
    condition = Condition.objects.create(
        camera=camera, state=state, observed_on=observed_on, recorded_at=at, recorded_by=by, note=note
    )
    equipment_changed.send(sender=Camera, school_ids={camera.system.school_id})
    return condition


def _locked(camera: Camera) -> Camera:
    """The camera as it is now, with its school held first: the order of locks of every act on equipment."""
    School.objects.select_for_update(no_key=True).get(pk=camera.system.school_id)
    locked = Camera.objects.select_for_update(of=["self"], no_key=True)
    return locked.select_related("system__school").get(pk=camera.pk)


def _guard_report(camera: Camera, state: str, observed_on: date, at: datetime) -> None:
    if camera.removed_on and camera.removed_on <= observed_on:
        raise Conflict(_("This camera was removed."))
    problems = []
    if state not in Condition.State.values:
        problems.append(_("Choose a condition: working, does not work, or not powered."))
    if observed_on > day_of(at):
        problems.append(_("The day of the observation lies in the future."))
    if problems:
        raise Invalid(*problems)
