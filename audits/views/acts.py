"""The acts on an audit: each is one POST and one call of a service."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User
from audits import permissions, services
from audits.forms.acts import ReasonForm, StartForm
from audits.models import Audit, Status
from audits.views.audits import render_audit, render_conflict, visible_audit
from audits.views.checklist import render_summary
from core.errors import Conflict, Invalid

May = Callable[[User, Audit], bool]


@login_required
def audit_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the visit, and go to the checklist."""
    audit = visible_audit(request.user, pk)
    form = StartForm(request.POST, today=timezone.localdate())
    said = _("The visit has begun. Each answer is kept as you give it.")
    taken = _take(request, audit, services.start, permissions.can_start, form, said, to="audits:audit_checklist")
    return taken or render_audit(request, audit, start_form=form, status=422)


@login_required
def audit_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand the audit in for review."""
    audit = visible_audit(request.user, pk)
    form = forms.Form(request.POST)
    said = _("Submitted. The head of the department reviews it now.")
    taken = _take(request, audit, services.submit, permissions.can_conduct, form, said)
    return taken or render_summary(request, audit, form=form, status=422)


@login_required
def audit_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a returned audit for answers again."""
    audit = visible_audit(request.user, pk)
    form = forms.Form(request.POST)
    said = _("The answers are open again. Submit the audit when they are right.")
    taken = _take(request, audit, services.resume, permissions.can_conduct, form, said, to="audits:audit_summary")
    return taken or render_audit(request, audit, status=422)


@login_required
def audit_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the verdict count."""
    audit = visible_audit(request.user, pk)
    form = forms.Form(request.POST)
    said = _("Approved. The figures that this audit is part of are being recomputed.")
    taken = _take(request, audit, services.approve, permissions.can_review, form, said)
    return taken or render_audit(request, audit, status=422)


@login_required
def audit_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the audit back to its inspector, with a reason."""
    audit = visible_audit(request.user, pk)
    form = ReasonForm(request.POST)
    said = _("Returned to the inspector.")
    taken = _take(request, audit, services.return_, permissions.can_review, form, said)
    return taken or render_audit(request, audit, return_form=form, status=422)


@login_required
def audit_void(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the reason on a page of its own, then take an approved audit out of the figures."""
    audit = visible_audit(request.user, pk)
    if request.method == "GET" and audit.status == Status.APPROVED and permissions.can_void(request.user, audit):
        return _ask_to_void(request, audit, ReasonForm())
    form = ReasonForm(request.POST)
    said = _("Voided. The figures that this audit was part of are being recomputed.")
    taken = _take(request, audit, services.void, permissions.can_void, form, said)
    return taken or _ask_to_void(request, audit, form, status=422)


def _ask_to_void(request: SignedInRequest, audit: Audit, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    context = {
        "title": _("Void audit № %(number)s") % {"number": audit.pk},
        "text": _(
            "From today its verdict no longer counts in any figure, and the violations that it alone found are"
            " annulled. Figures of past days stay as they were. The audit is kept with your reason."
            " This cannot be undone."
        ),
        "form": form,
        "submit_label": _("Void the audit"),
        "back_url": reverse("audits:audit_page", args=[audit.pk]),
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context, status=status)


def _take(
    request: SignedInRequest,
    audit: Audit,
    service: Callable[..., object],
    may: May,
    form: forms.Form,
    said: str,
    *,
    to: str = "audits:audit_page",
) -> HttpResponse | None:
    """The answer to the act once taken, or to its coming too late; None if the form has to be shown again."""
    if not may(request.user, audit):
        raise PermissionDenied
    if request.method != "POST":  # A sign-in that was asked for in between comes back with GET.
        return redirect("audits:audit_page", audit.pk)
    if not form.is_valid():
        return None
    try:
        service(audit=audit, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Conflict as conflict:
        return render_conflict(request, audit.pk, conflict)
    except Invalid as refused:
        form.add_error(None, [*refused.problems])
        return None
    messages.success(request, said)
    return redirect(to, audit.pk)
