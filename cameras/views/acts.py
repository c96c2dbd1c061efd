"""The page of each act on a system or a camera: what it asks for, what it will do, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from cameras import services
from cameras.forms.acts import CameraForm, GoForm, InventoryForm, RelocationForm, ReplacementForm, SystemForm
from cameras.models import Camera, CameraSystem
from cameras.permissions import can_keep_inventory
from core.errors import Refused


@dataclass(frozen=True)
class Act:
    """One act on a system or a camera. `is_final`: it takes something away."""

    perform: Callable[..., Any]
    form: type[InventoryForm]
    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    is_final: bool = False


CORRECT = Act(
    services.correct,
    CameraForm,
    title=_("Correct a camera"),
    text=_("What was written before stays in the history. For a camera that hangs elsewhere now, choose “Move”."),
    button=_("Save"),
    done=_("The camera is saved."),
)
RELOCATE = Act(
    services.relocate,
    RelocationForm,
    title=_("Move a camera to another place"),
    text=_("Say where it hangs from that day on."),
    button=_("Move"),
    done=_("The camera is moved."),
)
REPLACE = Act(
    services.replace,
    ReplacementForm,
    title=_("Replace a camera"),
    text=_("The old camera stays on record. The new one takes over its place and its number."),
    button=_("Replace"),
    done=_("The camera is replaced."),
)
REMOVE = Act(
    services.remove,
    GoForm,
    title=_("Remove a camera"),
    text=_("It leaves the inventory and the figures. It stays on record with all that was reported of it."),
    button=_("Remove"),
    done=_("The camera is removed."),
    is_final=True,
)
CORRECT_SYSTEM = Act(
    services.correct_system,
    SystemForm,
    title=_("Correct a system"),
    text=_("What was written before stays in the history."),
    button=_("Save"),
    done=_("The system is saved."),
)
DECOMMISSION = Act(
    services.decommission,
    GoForm,
    title=_("Take a system out of service"),
    text=_("The system and every camera on it leave the inventory and the figures. They stay on record."),
    button=_("Take out of service"),
    done=_("The system is out of service."),
    is_final=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def camera_act(request: SignedInRequest, code: str, pk: int, act: Act) -> HttpResponse:
    cameras = Camera.objects.visible_to(request.user).filter(removed_on=None).select_related("system__school")
    camera = get_object_or_404(cameras, pk=pk, system__school__code=code)
    return _act(request, act, camera, {"camera": camera})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def system_act(request: SignedInRequest, code: str, number: int, act: Act) -> HttpResponse:
    systems = CameraSystem.objects.visible_to(request.user).filter(decommissioned_on=None).select_related("school")
    system = get_object_or_404(systems, number=number, school__code=code)
    return _act(request, act, system, {"system": system})


def _act(request: SignedInRequest, act: Act, row: Any, argument: dict[str, Any]) -> HttpResponse:
    """Asks; does; and on a refusal says why, with all that was typed. 409 with the differences for an older version."""
    school = row.register_school
    if not can_keep_inventory(request.user, school):
        raise PermissionDenied
    form = act.form(request.POST or None, row=row, user=request.user)
    status = 200
    if request.method == "POST":
        status = _perform(request, act, form, row, argument) if form.is_valid() else 422
        if not status:
            messages.success(request, str(act.done))
            return redirect("cameras:inventory", school.code)
    return _page(request, act, form, row, status)


def _perform(request: SignedInRequest, act: Act, form: InventoryForm, row: Any, argument: dict[str, Any]) -> int:
    """0 if it was done, or the status of its refusal."""
    try:
        act.perform(**argument, by=request.user, at=timezone.now(), **form.arguments)
    except Refused as refused:
        return form.refuse(refused, row)
    return 0


def _page(request: HttpRequest, act: Act, form: InventoryForm, row: Any, status: int) -> HttpResponse:
    cameras = row.cameras.filter(removed_on=None).order_by("number") if act is DECOMMISSION else []
    context = {"act": act, "form": form, "row": row, "school": row.register_school, "going": cameras}
    return render(request, "cameras/act_page.html", context, status=status)
