"""Saying what state a camera is in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from cameras import services
from cameras.forms.conditions import ConditionForm
from cameras.models import Camera, Condition
from cameras.permissions import can_report_condition
from core.errors import Refused
from core.refusals import show


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def camera_condition(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    today = timezone.localdate()
    cameras = Camera.objects.visible_to(request.user).installed(today).with_state(today)
    camera = get_object_or_404(cameras.select_related("system__school"), pk=pk, system__school__code=code)
    school = camera.system.school
    if not can_report_condition(request.user, school):
        raise PermissionDenied
    form = ConditionForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            condition = services.report_condition(
                camera=camera, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show(form, refused)
        else:
            words = {"camera": camera, "state": condition.get_state_display()}
            messages.success(request, _("Reported: camera %(camera)s, %(state)s.") % words)
            return redirect("audits:school_page", school.code)
    present = Condition.State(camera.state) if camera.state else None
    context = {"camera": camera, "school": school, "present": present, "form": form}
    return render(request, "cameras/camera_condition.html", context, status=422 if form.errors else 200)
