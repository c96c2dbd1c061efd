"""Audits: on a page and as a file, always the same rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from audits.filters import AuditFilterSet
from audits.models import Audit, AuditEvent, Status
from audits.querysets import AuditQuerySet
from bulk.listing import register
from schools.listings import CHUNK, NarrowedListing, districts, with_district

# What each status means to the one who works: the heading of its group, in the order in which it asks for attention.
TURN_OF_INSPECTORS: dict[str, str | Promise] = {
    Status.IN_PROGRESS: _("In progress"),
    Status.RETURNED: _("Returned: to be corrected"),
    Status.PLANNED: _("Planned visits"),
    Status.SUBMITTED: _("Waiting for review"),
    Status.APPROVED: _("Approved"),
    Status.VOIDED: _("Voided"),
}
TURN_OF_THE_DEPARTMENT: dict[str, str | Promise] = {
    status: TURN_OF_INSPECTORS[status]
    for status in (
        Status.SUBMITTED,
        Status.RETURNED,
        Status.IN_PROGRESS,
        Status.PLANNED,
        Status.APPROVED,
        Status.VOIDED,
    )
}


@register
class AuditListing(NarrowedListing):
    """Audits the person may see, by whose turn it is. Inspectors begin with their own."""

    name = "audits"
    page = "audits:audit_list"
    title = _("Audits")
    heading = (
        "№",
        _("School code"),
        _("School"),
        _("Locality"),
        _("District"),
        _("Region"),
        _("Kind of audit"),
        _("Auditing body"),
        _("Inspector"),
        _("Planned for"),
        _("Date of visit"),
        _("Edition"),
        _("Status"),
        _("Verdict"),
        _("Submitted at"),
        _("Approved at"),
        _("Voided at"),
    )
    filterset_class = AuditFilterSet

    def __init__(self, *, user: Any, query: QueryDict) -> None:
        self.is_of_an_inspector = user.role == Role.INSPECTOR
        asked = query.copy()
        if self.is_of_an_inspector:
            asked.setdefault("mine", "true")
        super().__init__(user=user, query=asked)

    @property
    def reader(self) -> dict[str, Any]:
        return {"user": self.user}

    @property
    def turn(self) -> dict[str, str | Promise]:
        """The statuses in the order in which they ask this person for attention, with their headings."""
        return TURN_OF_INSPECTORS if self.is_of_an_inspector else TURN_OF_THE_DEPARTMENT

    def everything(self) -> QuerySet[Audit]:
        returns = AuditEvent.objects.returns().filter(audit=OuterRef("pk"))
        audits = Audit.objects.visible_to(self.user).for_list()
        return audits.annotate(return_reason=Subquery(returns.values("reason")[:1]))

    @property
    def ordered(self) -> QuerySet[Audit]:
        found: Any = self.found
        return found.in_turn(*self.turn)

    def of_any_status(self) -> AuditQuerySet:
        """The same audits before the choice of a status, for the counts beside each choice."""
        wider = self.query.copy()
        wider.pop("status", None)
        audits = Audit.objects.visible_to(self.user)
        return AuditFilterSet(wider, queryset=audits if self.is_valid else audits.none(), user=self.user).qs

    def rows(self) -> Iterator[Sequence[object]]:
        places = districts()
        for audit in with_district(self.ordered).iterator(chunk_size=CHUNK):
            school, district = audit.school, places.get(audit.district_id)
            yield (
                audit.pk,
                school.code,
                school.name,
                school.locality,
                district and district.name,
                district and district.region.name,
                audit.get_kind_display(),
                audit.get_body_display(),
                audit.inspector.name,
                audit.planned_for,
                audit.visited_on,
                audit.edition and audit.edition.code,
                audit.get_status_display(),
                audit.get_verdict_display() or None,
                audit.submitted_at,
                audit.approved_at,
                audit.voided_at,
            )
