"""Taking back what an import did to equipment."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from bulk.models import Import
from cameras.models import Camera, CameraSystem, Condition, FormerConnection
from cameras.signals import equipment_changed
from schools.imports.undoing import Undone, guard, hold, take_back
from schools.models import Change

INSTALLED = Change.Act.INSTALLED
TOLD = {"removed_on", "connected_on", "disconnected_on", "state", "decommissioned_on"}


def undo(done: Import, *, by: User, at: datetime) -> None:
    """Systems, cameras, conditions and connections as the import found them."""
    schools = hold(done, by=by)
    guard(done, [CAMERAS, SYSTEMS], at=at)
    _undo_reports(done)
    _undo_connections(done)
    take_back(done, CAMERAS, by=by, at=at)
    take_back(done, SYSTEMS, by=by, at=at)
    if schools:
        equipment_changed.send(sender=Camera, school_ids=schools)


def _is_counted(change: Change) -> bool:
    return change.act == INSTALLED or bool(TOLD & change.fields.keys())


def _reported_since(done: Import) -> Iterator[str]:
    """Reports leave no change: they are found by their moment."""
    changes = CAMERAS.changes(done)
    if not (moment := changes.values_list("at", flat=True).first()):
        return
    later = Condition.objects.filter(camera__in=changes.values("subject_id"), recorded_at__gt=moment)
    for condition in later.select_related("camera__system__school").order_by("pk"):
        system = condition.camera.system
        code = f"{system.school.code} {system.number}/{condition.camera.number}"
        yield _("%(code)s: condition reported") % {"code": code}


CAMERAS = Undone(
    Camera, made=INSTALLED, belongs=(Condition, FormerConnection), counts=_is_counted, since=_reported_since
)
SYSTEMS = Undone(CameraSystem, made=INSTALLED, belongs=(), counts=_is_counted)


def _undo_reports(done: Import) -> None:
    """What was known before is known again."""
    altered = CAMERAS.altered(done).order_by()
    if moment := altered.values_list("at", flat=True).first():
        of_these = Condition.objects.filter(camera__in=altered.values("subject_id"))
        of_these.filter(recorded_at=moment).delete()
        of_these.filter(superseded_at=moment).update(superseded_at=None)


def _undo_connections(done: Import) -> None:
    """A connection that was kept apart when another began is the present one again."""
    for change in CAMERAS.altered(done).filter(fields__has_keys=["connected_on", "disconnected_on"]):
        began, ended = change.fields["connected_on"][0], change.fields["disconnected_on"][0]
        if began and ended:
            former = FormerConnection.objects.filter(camera=change.subject_id, connected_on=began)
            former.filter(disconnected_on=ended).delete()
