"""Figures as pages and API read them: counted of which area, as of when, and whether a recount is under way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits import compliance
from audits.compliance import Connection, Counts, Standing
from audits.models import AreaFigures, StaleMark
from core.figures import share
from schools.areas import Area
from schools.models import District, Region

TREND_MONTHS = 120
# What each count is called.
LABELS = {
    **{standing.value: standing.label for standing in Standing},
    "roll": _("Schools on the roll"),
    "equipped": _("Equipped"),
    "operational": _("Operational"),
    "malfunctioning": _("Malfunctioning"),
    "connected_fully": Connection.FULLY.label,
    "connected_partly": Connection.PARTLY.label,
    "not_connected": Connection.NONE.label,
}


@dataclass(frozen=True)
class Figures:
    """One area on one day. `is_stale`: something changed and the recount is under way; never for a past day."""

    area: Area
    as_of: date
    computed_at: datetime
    counts: Counts
    is_stale: bool = False


@dataclass(frozen=True)
class Point:
    """The figures at the end of a month, or so far in the last one."""

    month: date
    as_of: date
    counts: Counts

    @property
    def non_compliant_share(self) -> Decimal | None:
        return share(self.counts.non_compliant, self.counts.roll)


def read(area: Area, as_of: date | None = None) -> Figures:
    """The figures of the area: the kept ones for today (None), counted from truth for a past day."""
    today = timezone.localdate()
    if as_of is None or as_of >= today:
        # The mark is read first: a recount between the two reads may make fresh figures look due, never the reverse.
        stale = StaleMark.objects.filter(**area.columns).exists()
        newest = AreaFigures.objects.of(area).newest_first().first()
        if newest:
            return Figures(area, newest.as_of, newest.computed_at, compliance.counts_of(newest), stale)
        as_of = today
    return Figures(area, as_of, timezone.now(), compliance.count(area, as_of))


def read_parts(area: Area, as_of: date | None = None) -> list[Figures]:
    """The figures of the areas just below: regions of the country, districts of a region, none of a district."""
    today = timezone.localdate()
    is_today = as_of is None or as_of >= today
    parts = _parts(area, today if as_of is None else as_of)
    if is_today and (kept := _kept(area, parts)) is not None:
        return kept
    return _counted(area, parts, today if as_of is None else as_of)


def trend(area: Area, until: date) -> list[Point]:
    """The kept figures at the end of each month up to `until`, oldest first; months before the first are left out."""
    rows = (
        AreaFigures.objects.of(area)
        .by_the_end_of(until)
        .annotate(month=TruncMonth("as_of"))
        .order_by("-month", "-as_of", "-pk")
        .distinct("month")[:TREND_MONTHS]
    )
    return [Point(row.month, row.as_of, compliance.counts_of(row)) for row in reversed(rows)]


def _parts(area: Area, day: date) -> list[Area]:
    if area.district:
        return []
    if area.region:
        districts = District.objects.existing_on(day).filter(region=area.region).select_related("region")
        return [Area(district=district) for district in districts.sorted_by_name()]
    return [Area(region=region) for region in Region.objects.existing_on(day).sorted_by_name()]


def _kept(area: Area, parts: Iterable[Area]) -> list[Figures] | None:
    """The newest kept figures of every part, None if one has none yet."""
    marked = set(StaleMark.objects.values_list("region_id", "district_id"))
    newest = {
        (row.region_id, row.district_id): row for row in AreaFigures.objects.of_parts_of(area).newest_of_each_area()
    }
    figures = []
    for part in parts:
        row = newest.get(key := (part.columns["region_id"], part.columns["district_id"]))
        if row is None:
            return None
        figures.append(Figures(part, row.as_of, row.computed_at, compliance.counts_of(row), key in marked))
    return figures


def _counted(area: Area, parts: Iterable[Area], day: date) -> list[Figures]:
    by_district = compliance.count_by_district(area, day)
    region_of = dict(District.objects.values_list("pk", "region_id"))
    now = timezone.now()
    figures = []
    for part in parts:
        if part.district:
            counts = by_district.get(part.district.pk, Counts())
        else:
            assert part.region is not None
            counts = compliance.total(c for pk, c in by_district.items() if region_of[pk] == part.region.pk)
        figures.append(Figures(part, day, now, counts))
    return figures
