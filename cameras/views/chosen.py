"""One act on several cameras of a school: their condition, or their connection to the operations centre."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from cameras import services
from cameras.forms.conditions import ConditionForm, SwitchForm
from cameras.models import Camera
from cameras.permissions import can_keep_inventory, can_report_condition
from core.errors import Refused
from core.refusals import show, status_of
from schools.models import School


@dataclass(frozen=True)
class Act:
    perform: Callable[..., Any]
    form: Callable[..., forms.Form]
    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    may: Callable[[User, School], bool] = can_keep_inventory


ACTS = {
    "report": Act(
        services.report_conditions,
        ConditionForm,
        title=_("Report the condition of several cameras"),
        text=_("The same is reported of each of these cameras."),
        button=_("Report"),
        done=_("The condition is reported."),
        may=can_report_condition,
    ),
    "connect": Act(
        services.connect,
        SwitchForm,
        title=_("Connect cameras to the operations centre"),
        text=_("They count as connected from today on."),
        button=_("Connect"),
        done=_("The cameras are connected."),
    ),
    "disconnect": Act(
        services.disconnect,
        SwitchForm,
        title=_("Disconnect cameras from the operations centre"),
        text=_("They count as not connected from today on."),
        button=_("Disconnect"),
        done=_("The cameras are disconnected."),
    ),
}


@require_POST
@login_required
def chosen(request: SignedInRequest, code: str) -> HttpResponse:
    """What is to be done with the cameras that were ticked is asked first, and done when it was said."""
    school = get_object_or_404(School.objects.with_open_inventory(request.user), code=code)
    name = request.POST.get("act", "")
    cameras = _cameras(request, school)
    if name not in ACTS or not cameras:
        messages.warning(request, gettext("Tick the cameras first, then choose what to do with them."))
        return redirect("cameras:inventory", school.code)
    act = ACTS[name]
    if not act.may(request.user, school):
        raise PermissionDenied
    is_said = "said" in request.POST
    form = act.form(request.POST if is_said else None, today=timezone.localdate())
    status = 200
    if is_said:
        status = _perform(request, act, form, cameras) if form.is_valid() else 422
        if not status:
            messages.success(request, str(act.done))
            return redirect("cameras:inventory", school.code)
    context = {"act": act, "name": name, "form": form, "cameras": cameras, "school": school}
    return render(request, "cameras/chosen.html", context, status=status)


def _cameras(request: SignedInRequest, school: School) -> list[Camera]:
    """Those ticked, and those of the system whose button was pressed."""
    standing = Camera.objects.filter(system__school=school, removed_on=None).select_related("system")
    keys = [int(key) for key in request.POST.getlist("camera") if key.isdecimal() and len(key) < 18]
    whole = request.POST.get("whole", "")
    if whole.isdecimal() and len(whole) < 5:
        return list(standing.filter(system__number=int(whole)).order_by("number"))
    return list(standing.filter(pk__in=keys).order_by("system__number", "number"))


def _perform(request: SignedInRequest, act: Act, form: forms.Form, cameras: list[Camera]) -> int:
    """0 if it was done, or the status of its refusal."""
    try:
        act.perform(cameras=cameras, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        show(form, refused)
        return status_of(refused)
    return 0
