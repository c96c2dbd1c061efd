"""What is installed at one school, what of it works, and what was done to it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from cameras import downtime
from cameras.filters import CameraFilterSet
from cameras.models import Camera, CameraSystem
from cameras.permissions import can_keep_inventory, can_report_condition, can_see_cameras
from cameras.views.rows import row_of
from core.as_of import AsOfForm
from schools.history import narrated
from schools.models import Change, School

NARROWED_BY = ("zone", "state")
LAST_CHANGES = 10


@require_safe
@login_required
def inventory(request: SignedInRequest, code: str) -> HttpResponse:
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not can_see_cameras(request.user, school):
        raise PermissionDenied
    asked = AsOfForm(request.GET, today=timezone.localdate())
    is_today = asked.past_day is None
    time = downtime.of_school(school, day=asked.day)
    cameras = Camera.objects.visible_to(request.user).filter(system__school=school).installed(asked.day)
    narrowed = CameraFilterSet(request.GET, queryset=cameras.with_state(asked.day))
    changes = Change.objects.visible_to(request.user).filter(school=school).exclude(subject=Change.Subject.SCHOOL)
    context = {
        "school": school,
        "asked": asked,
        "today": asked.today,
        "is_today": is_today,
        "filters": [narrowed.form[name] for name in NARROWED_BY],
        "form": narrowed.form,
        "is_narrowed": any(request.GET.get(name) for name in NARROWED_BY),
        "systems": _systems(school, request, narrowed, time),
        "installed": cameras.count(),
        "time": time.in_short,
        "changes": narrated(changes.newest_first()[:LAST_CHANGES]),
        "can_keep": is_today and can_keep_inventory(request.user, school),
        "can_report": is_today and can_report_condition(request.user, school),
    }
    return render(request, "cameras/inventory.html", context, status=422 if asked.errors or narrowed.errors else 200)


def _systems(
    school: School, request: SignedInRequest, narrowed: Any, time: downtime.SchoolTime
) -> list[dict[str, Any]]:
    """Systems in service on the day, each with the rows of its cameras that were asked for."""
    found = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    rows: dict[int, list[dict[str, Any]]] = {}
    for camera in found.select_related("system").order_by("number", "pk"):
        rows.setdefault(camera.system_id, []).append(row_of(camera, time.cameras.get(camera.pk), day=time.day))
    systems = CameraSystem.objects.visible_to(request.user).filter(school=school).in_service(time.day)
    return [{"system": system, "rows": rows.get(system.pk, [])} for system in systems.order_by("number")]
