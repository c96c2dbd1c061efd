"""The field form: one section per screen, each answer kept at once, and the summary before the audit is submitted."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from audits import services
from audits.forms.checklist import AnswerForm, SectionForm
from audits.models import Audit
from audits.permissions import can_conduct, can_see_inventory
from audits.precheck import expected_in
from audits.sheet import Section, Sheet, sheet_of
from audits.views.audits import render_conflict, visible_audit
from core.errors import Conflict, Refused


@require_safe
@login_required
def audit_checklist(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the work goes on: the first section with something missing."""
    audit = _conducted(request, pk)
    if not audit.is_open_for_answers:
        return _closed(request, audit)
    return redirect("audits:checklist_section", pk, sheet_of(audit).next_section.key)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def checklist_section(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """One section. Sent as a whole it is kept whole or not at all, and then the next one follows."""
    audit = _conducted(request, pk)
    if audit.edition is None or (request.method != "POST" and not audit.is_open_for_answers):
        return _closed(request, audit)
    sheet = sheet_of(audit, expected_in(audit))
    shown = sheet.section(section)
    if shown is None:
        raise Http404
    form = SectionForm(request.POST if request.method == "POST" else None, section=shown)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(audit=audit, findings=form.findings, by=request.user, at=timezone.now())
        except Conflict as conflict:
            return render_conflict(request, pk, conflict)
        return _next(audit, sheet, shown, request.POST.get("go_to", ""))
    return _render_section(request, audit, sheet, shown, form)


def _next(audit: Audit, sheet: Sheet, section: Section, go_to: str) -> HttpResponse:
    """The section that was tapped, else the one that follows; after the last, the summary."""
    following = None if go_to == "summary" else sheet.section(go_to) or sheet.after(section)
    if following is None:
        return redirect("audits:audit_summary", audit.pk)
    return redirect("audits:checklist_section", audit.pk, following.key)


def _render_section(
    request: SignedInRequest, audit: Audit, sheet: Sheet, section: Section, form: SectionForm
) -> HttpResponse:
    context = {
        "audit": audit,
        "sheet": sheet,
        "section": section,
        "form": form,
        "is_last": sheet.after(section) is None,
        "sees_inventory": can_see_inventory(request.user, audit.school),
        "last_return": audit.events.returns().first(),
        "crumbs": _crumbs(audit, section.label),
    }
    return render(request, "audits/checklist_section.html", context, status=422 if form.refused else 200)


@require_POST
def checklist_answer(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """Keep one answer: 200 with the progress; 422 or 409 with why not; 401 after the session has ended."""
    if not request.user.is_authenticated:
        problem = _("You have been signed out. Sign in again in another tab: what you answered here is sent then.")
        return JsonResponse({"errors": [problem]}, status=401)
    audit = _conducted(request, pk)
    row = sheet_of(audit).row(code) if audit.edition else None
    if row is None:
        raise Http404
    form = AnswerForm(request.POST, row=row)
    if not form.is_valid():
        return JsonResponse({"errors": [error for errors in form.errors.values() for error in errors]}, status=422)
    now = timezone.now()
    try:
        services.answer(audit=audit, findings=[form.finding] if form.has_changed() else [], by=request.user, at=now)
    except Refused as refused:
        status = 409 if isinstance(refused, Conflict) else 422
        return JsonResponse({"errors": list(refused.problems)}, status=status)
    return JsonResponse({"saved_at": time_format(timezone.localtime(now)), **_progress(audit)})


def _progress(audit: Audit) -> dict[str, int]:
    judgement = sheet_of(audit).judgement
    return {"answered": judgement.answered, "asked": judgement.asked, "required_left": len(judgement.missing)}


@require_safe
@login_required
def audit_summary(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is missing, and the verdict that will follow."""
    audit = _conducted(request, pk)
    if not audit.is_open_for_answers:
        return _closed(request, audit)
    return render_summary(request, audit, form=forms.Form())


def render_summary(request: SignedInRequest, audit: Audit, *, form: forms.Form, status: int = 200) -> HttpResponse:
    """The summary; `form` carries why a submission was refused."""
    context = {
        "audit": audit,
        "sheet": sheet_of(audit),
        "form": form,
        "last_return": audit.events.returns().first(),
        "crumbs": _crumbs(audit, _("Summary")),
    }
    return render(request, "audits/audit_summary.html", context, status=status)


def _conducted(request: SignedInRequest, pk: int) -> Audit:
    audit = visible_audit(request.user, pk)
    if not can_conduct(request.user, audit):
        raise PermissionDenied
    return audit


def _closed(request: SignedInRequest, audit: Audit) -> HttpResponse:
    messages.info(request, _("Answers can be changed only while the audit is in progress."))
    return redirect("audits:audit_page", audit.pk)


def _crumbs(audit: Audit, label: str) -> list[dict[str, str]]:
    return [
        {"label": _("Audits"), "url": reverse("audits:audit_list")},
        {"label": f"№ {audit.pk}", "url": reverse("audits:audit_page", args=[audit.pk])},
        {"label": label},
    ]
