"""The list of audits and the page of one."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from audits import figures, permissions
from audits.forms.acts import ReasonForm, StartForm
from audits.listings import AuditListing
from audits.models import Audit, Status
from audits.precheck import expected_in
from audits.sheet import sheet_of
from audits.views.links import area_url
from core import htmx
from core.errors import Conflict
from core.paging import PAGE_SIZE
from schools.areas import areas_of_schools

# The filters offered on the page; the status has links of its own.
NARROWED_BY = ("q", "mine", "kind", "verdict", "visited_after", "visited_before")
# In each status, the one thing that can be done next and who may do it.
ACTS = {
    Status.PLANNED: ("start", permissions.can_start),
    Status.IN_PROGRESS: ("answer", permissions.can_conduct),
    Status.RETURNED: ("resume", permissions.can_conduct),
    Status.SUBMITTED: ("review", permissions.can_review),
    Status.APPROVED: ("void", permissions.can_void),
}


@require_safe
@login_required
def audit_list(request: SignedInRequest) -> HttpResponse:
    """Audits the person may see, grouped by whose turn it is."""
    listing = AuditListing(user=request.user, query=request.GET)
    asked, counted = listing.query, listing.of_any_status().count_by_status()
    context = {
        "filter": listing.narrowed,
        "page": Paginator(listing.ordered, PAGE_SIZE).get_page(asked.get("page")),
        "groups": [(status, label, counted[status]) for status, label in listing.turn.items() if status in counted],
        "fields": [listing.form[name] for name in _offered(listing)],
        "can_compare": permissions.can_compare(request.user),
        "total": sum(counted.values()),
        "chosen": asked.getlist("status"),
        "is_narrowed": any(value for name, value in asked.items() if name not in {"mine", "status", "page"}),
        "today": timezone.localdate(),
    }
    status = 200 if listing.is_valid else 422
    return htmx.render(request, "audits/audit_list.html", context, partial="audits/_audit_list.html", status=status)


def _offered(listing: AuditListing) -> list[str]:
    """The filters of the form: those of everybody, and those that only a link asks for while they are on."""
    offered = [name for name in NARROWED_BY if name != "mine" or listing.is_of_an_inspector]
    return offered + [name for name in ("area", "precheck") if listing.query.get(name)]


@require_safe
@login_required
def audit_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One audit: what it found, what it counts for, what happened to it, and what may be done now."""
    return render_audit(request, visible_audit(request.user, pk))


def visible_audit(user: User, pk: int) -> Audit:
    """The audit as it is now; for those who may not see it there is none."""
    audit = Audit.objects.visible_to(user).for_list().filter(pk=pk).first()
    if audit is None:
        raise Http404
    return audit


def render_conflict(request: SignedInRequest, pk: int, conflict: Conflict) -> HttpResponse:
    """The audit as others have left it meanwhile, and why the act was refused."""
    return render_audit(request, visible_audit(request.user, pk), conflict=conflict, status=409)


def render_audit(request: SignedInRequest, audit: Audit, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of the audit; `more` replaces what it would say: a form that was refused, say."""
    today = timezone.localdate()
    act, allowed = ACTS.get(Status(audit.status), ("", None))
    moved = _moved_figures(request.user, audit, today)
    context = {
        "audit": audit,
        "act": act if allowed and allowed(request.user, audit) else "",
        "is_author": request.user.pk in {audit.inspector_id, audit.submitted_by_id},
        "sheet": sheet_of(audit, expected_in(audit)) if audit.edition else None,
        "sees_inventory": permissions.can_see_inventory(request.user, audit.school),
        "events": list(audit.events.in_order()),
        "last_return": audit.events.returns().first(),
        "figures": moved,
        "is_stale": any(row["of"].is_stale for row in moved),
        "editions": audit.standard.editions.in_force(today) if audit.edition is None else [],
        "start_form": StartForm(today=today),
        "return_form": ReasonForm(),
        "today": today,
        "crumbs": [{"label": _("Audits"), "url": reverse("audits:audit_list")}, {"label": f"№ {audit.pk}"}],
        **more,
    }
    return htmx.render(request, "audits/audit_page.html", context, partial="audits/_moved_figures.html", status=status)


def _moved_figures(user: User, audit: Audit, today: date) -> list[dict[str, Any]]:
    """The figures that an audit which counts, or once did, is part of; of the areas the person serves."""
    if not audit.approved_at:
        return []
    areas = [area for area in reversed(areas_of_schools([audit.school_id], today)) if area.is_visible_to(user)]
    return [{"of": figures.read(area), "url": area_url(area)} for area in areas]
