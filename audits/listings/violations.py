"""What audits found: on a page and as a file, always the same rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from audits.filters import ViolationFilterSet
from audits.models import Requirement, Violation
from bulk.listing import register
from core.errors import Invalid
from core.keyset import KeysetPage, page_of
from core.paging import PAGE_SIZE
from schools.listings import CHUNK, NarrowedListing, districts, with_district

# What was recorded last comes first.
ORDER = ("-pk",)


@register
class ViolationListing(NarrowedListing):
    """What schools did not meet, until an audit confirms it fixed."""

    name = "violations"
    page = "audits:violation_list"
    title = _("Violations")
    heading = (
        _("Code of the requirement"),
        _("Requirement"),
        _("Severity"),
        _("State of the violation"),
        _("School code"),
        _("School"),
        _("Locality"),
        _("District"),
        _("Region"),
        _("Found by audit №"),
        _("Found on"),
        _("Last seen on"),
        _("Confirmed fixed on"),
    )
    filterset_class = ViolationFilterSet

    def everything(self) -> QuerySet[Violation]:
        return Violation.objects.visible_to(self.user)

    def page_of_violations(self) -> KeysetPage:
        """The page that the address asks for. A broken cursor makes the listing invalid."""
        try:
            return page_of(self._whole(), order=ORDER, cursor=self.query.get("cursor", ""), size=PAGE_SIZE)
        except Invalid as broken:
            self.form.add_error(None, [*broken.problems])
            return KeysetPage([])

    @property
    def schools(self) -> int:
        """How many schools the violations are of."""
        return self.found.aggregate(schools=Count("school", distinct=True))["schools"]

    def by_requirement(self) -> list[dict[str, Any]]:
        """What the total is made of: {code, violations, schools, requirement}, the most frequent first."""
        # A later edition has a higher key: its text is the one that is known today.
        counts = {"violations": Count("pk"), "schools": Count("school", distinct=True), "newest": Max("requirement")}
        rows = list(self.found.order_by().values("code").annotate(**counts).order_by("-violations", "code"))
        requirements = Requirement.objects.in_bulk([row["newest"] for row in rows])
        return [{**row, "requirement": requirements[row["newest"]]} for row in rows]

    def rows(self) -> Iterator[Sequence[object]]:
        places = districts()
        for violation in with_district(self._whole()).order_by(*ORDER).iterator(chunk_size=CHUNK):
            school, district = violation.school, places.get(violation.district_id)
            yield (
                violation.code,
                violation.requirement.text,
                violation.get_severity_display(),
                violation.get_state_display(),
                school.code,
                school.name,
                school.locality,
                district and district.name,
                district and district.region.name,
                violation.found_by_id,
                violation.found_by.visited_on,
                violation.seen_by.visited_on,
                violation.fixed_by and violation.fixed_by.visited_on,
            )

    def _whole(self) -> QuerySet[Violation]:
        return self.found.select_related("school", "requirement", "found_by", "seen_by", "fixed_by")
