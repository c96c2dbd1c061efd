"""Entering systems, and many cameras at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from cameras import services
from cameras.forms.acts import NewSystemForm
from cameras.forms.rows import MOST_ROWS, PatternForm, Table, with_rows
from cameras.models import Camera, CameraSystem
from cameras.permissions import can_keep_inventory
from cameras.services.cameras import next_number
from core import htmx
from core.errors import Refused
from core.refusals import show, status_of
from schools.models import School


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def system_new(request: SignedInRequest, code: str) -> HttpResponse:
    school = get_object_or_404(School.objects.with_open_inventory(request.user), code=code)
    if not can_keep_inventory(request.user, school):
        raise PermissionDenied
    form, status = NewSystemForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                system = services.install_system(
                    school=school, values=form.cleaned_data, by=request.user, at=timezone.now()
                )
            except Refused as refused:
                show(form, refused)
                status = status_of(refused)
            else:
                messages.success(request, _("The system is entered. Now enter its cameras."))
                return redirect("cameras:cameras_new", school.code, system.number)
    return render(request, "cameras/system_new.html", {"form": form, "school": school}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cameras_new(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """A pattern fills a table; the table is looked through and saved. `?like=7&how_many=3` copies a camera."""
    systems = CameraSystem.objects.visible_to(request.user).filter(decommissioned_on=None).select_related("school")
    system = get_object_or_404(systems, number=number, school__code=code)
    if not can_keep_inventory(request.user, system.school):
        raise PermissionDenied
    floors = system.school.floors
    like = _like(request, system)
    if request.method != "POST":
        return _page(request, system, PatternForm(None, floors=floors, like=like), Table(QueryDict(), floors=floors))
    table = Table(request.POST, floors=floors)
    if "save" in request.POST:
        return _save(request, system, table)
    pattern = PatternForm(request.POST, floors=floors)
    if not pattern.is_valid():
        return _page(request, system, pattern, table, status=422)
    first = max([next_number(system) - 1, *table.numbers]) + 1
    numbers = range(first, first + pattern.cleaned_data["how_many"])
    filled = with_rows(request.POST, table, pattern, numbers=numbers)
    return _page(request, system, pattern, Table(filled, floors=floors))


def _save(request: SignedInRequest, system: CameraSystem, table: Table) -> HttpResponse:
    status, others = 422, []
    if not table.rows:
        others = [_("There is no camera in the table yet: describe some above and add them.")]
    elif table.is_valid:
        try:
            rows = [row.values for row in table.rows]
            hung = services.install(system=system, cameras=rows, by=request.user, at=timezone.now())
        except Refused as refused:
            others, status = table.show(refused), status_of(refused)
        else:
            done = ngettext("%(n)d camera is entered.", "%(n)d cameras are entered.", len(hung))
            messages.success(request, done % {"n": len(hung)})
            return redirect("cameras:inventory", system.school.code)
    typed = PatternForm.as_typed(request.POST, floors=system.school.floors)
    return _page(request, system, typed, table, status=status, problems=others)


def _like(request: SignedInRequest, system: CameraSystem) -> Camera | None:
    """The camera that is copied, of the same school."""
    key = request.GET.get("like", "")
    cameras = Camera.objects.visible_to(request.user).filter(system__school=system.school)
    return cameras.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None


def _page(
    request: SignedInRequest,
    system: CameraSystem,
    pattern: PatternForm,
    table: Table,
    *,
    status: int = 200,
    problems: Any = (),
) -> HttpResponse:
    context = {
        "system": system,
        "school": system.school,
        "pattern": pattern,
        "table": table,
        "problems": problems,
        "most": MOST_ROWS,
    }
    return htmx.render(request, "cameras/cameras_new.html", context, partial="cameras/_new_rows.html", status=status)
