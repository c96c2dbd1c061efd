"""The figures of the areas below an area: the table of its page as a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits import figures
from audits.compliance import Standing
from audits.figures import LABELS, Figures
from bulk.listing import Listing, register
from core.as_of import AsOfForm
from schools.areas import Area

COUNTS = (
    "roll",
    *Standing.values,
    "equipped",
    "operational",
    "malfunctioning",
    "connected_fully",
    "connected_partly",
    "not_connected",
)


@register
class AreaListing(Listing):
    """`?area=east-kazakhstan&as_of=2021-08-25`: the areas just below, and in the last row the area itself."""

    name = "areas"
    title = gettext_lazy("Figures of areas")
    heading = (
        gettext_lazy("Area"),
        gettext_lazy("Share of non-compliant, percent"),
        gettext_lazy("Assessed, percent of the roll"),
        *(LABELS[count] for count in COUNTS),
        gettext_lazy("Computed at"),
    )
    pages: ClassVar = {
        "country": "audits:country_page",
        "region": "audits:region_page",
        "district": "audits:district_page",
    }

    def __init__(self, *, user: Any, query: QueryDict) -> None:
        super().__init__(user=user, query=query)
        self.asked = AsOfForm(query, today=timezone.localdate())
        self.area = Area.from_key(query.get("area", "")) or Area()

    @property
    def address(self) -> str:
        place = self.area.district or self.area.region
        path = reverse(self.pages[self.area.kind], args=[place.slug] if place else [])
        return f"{path}?as_of={self.query['as_of']}" if self.query.get("as_of") else path

    @property
    def filename(self) -> str:
        return f"{self.area.key.replace('/', '-')}-{self.asked.day.isoformat()}"

    @property
    def is_valid(self) -> bool:
        named = Area.from_key(self.query.get("area", ""))
        known = set(self.query) <= {"area", "as_of"}
        return known and self.asked.is_valid() and named is not None and named.is_visible_to(self.user)

    @property
    def caption(self) -> list[tuple[object, object]]:
        editions = ", ".join(f"{code}: {schools}" for code, schools in self.whole.counts.editions.items())
        return [
            (_("Area"), self.area.name),
            (_("As of"), date_format(self.asked.day, "SHORT_DATE_FORMAT")),
            (_("Verdicts by edition"), editions or None),
        ]

    @property
    def total(self) -> int:
        return len(self.parts) + 1

    @cached_property
    def whole(self) -> Figures:
        return figures.read(self.area, self.past_day)

    @cached_property
    def parts(self) -> list[Figures]:
        return figures.read_parts(self.area, self.past_day)

    @property
    def past_day(self) -> date | None:
        return self.asked.past_day

    def rows(self) -> Iterator[Sequence[object]]:
        for found in (*self.parts, self.whole):
            counts = found.counts
            shares = (counts.non_compliant_share, counts.coverage)
            yield (found.area.name, *shares, *(getattr(counts, name) for name in COUNTS), found.computed_at)
