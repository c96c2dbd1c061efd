"""Pages of imports: sending a file, what its check found, applying and undoing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from bulk import permissions, progress, services
from bulk.blanks import hints_of
from bulk.forms import ImportForm
from bulk.kinds import KINDS, ImportKind
from bulk.models import Import
from bulk.problems import problems_of
from core import htmx, refusals
from core.errors import Refused
from core.paging import PAGE_SIZE

# The rest of the problems is in the file beside them.
PROBLEMS_SHOWN = 200


@require_safe
@login_required
def import_list(request: SignedInRequest) -> HttpResponse:
    """The files the person sent, the newest first."""
    found = Import.objects.visible_to(request.user).for_list().select_related("by").newest_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "labels": _labels(), "can_import": bool(permissions.kinds_open_to(request.user))}
    return render(request, "bulk/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_new(request: SignedInRequest) -> HttpResponse:
    """What can be brought in and how; POST sends a file of `?kind=`."""
    kinds = permissions.kinds_open_to(request.user)
    if not kinds:
        raise PermissionDenied
    kind = _chosen(kinds, request.GET.get("kind", ""))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = services.upload(kind=kind.name, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusals.show(form, refused)
        else:
            return redirect("bulk:import_page", sent.pk)
    context = {"kinds": kinds, "kind": kind, "hints": hints_of(kind), "form": form, "crumbs": _crumbs(_("New import"))}
    return render(request, "bulk/import_new.html", context, status=422 if form.errors else 200)


def _chosen(kinds: list[ImportKind], name: str) -> ImportKind:
    return next((kind for kind in kinds if kind.name == name), kinds[0])


@require_safe
@login_required
def import_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the import is; then what was found in it, and what can be done with it."""
    rows = Import.objects.visible_to(request.user).with_first_problems(PROBLEMS_SHOWN).select_related("by")
    found = get_object_or_404(rows, pk=pk)
    context: dict[str, Any] = {
        "import": found,
        "kind": KINDS.get(found.kind),
        "heard": progress.heard(found.pk) if found.is_at_work else None,
        "problems": problems_of(found, found.first_problems),
        "changes": found.created + found.changed,
        "can_act": permissions.can_act_on(request.user, found),
        "crumbs": _crumbs(found.filename),
    }
    return htmx.render(request, "bulk/import_page.html", context, partial="bulk/_import.html")


@require_POST
@login_required
def import_apply(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Import.objects.visible_to(request.user).for_list(), pk=pk)
    try:
        services.apply(file_import=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("bulk:import_page", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Import.objects.visible_to(request.user).for_list(), pk=pk)
    if not permissions.can_act_on(request.user, found):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        try:
            services.undo(file_import=found, by=request.user, at=timezone.now())
        except Refused as why:
            refused = why
        else:
            return redirect("bulk:import_page", found.pk)
    context = {
        "title": _("Undo the import"),
        "text": _(
            "Rows that it created are deleted, and rows that it changed are as they were. If something was built on it"
            " since, nothing is undone, and you see what it is."
        ),
        "import": found,
        "refused": refused,
        "submit_label": _("Undo the import"),
        "back_url": reverse("bulk:import_page", args=[found.pk]),
        "danger": True,
        "crumbs": _crumbs(found.filename),
    }
    return render(request, "bulk/import_undo.html", context, status=409 if refused else 200)


def _labels() -> dict[str, object]:
    return {name: kind.label for name, kind in KINDS.items()}


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Imports"), "url": reverse("bulk:import_list")}, {"label": label}]
