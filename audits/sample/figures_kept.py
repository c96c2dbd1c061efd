"""The figures the portal would have kept had it been at work since the first audit."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from django.utils import timezone

from audits import compliance
from audits.compliance import Counts
from audits.models import AreaFigures
from audits.sample import published
from schools.areas import Area, all_areas
from schools.models import District, Region


def write(region: Region, districts: Sequence[District], since: date) -> None:
    """Keep a row for each month end from `since` to August 2021 and for 25.08.2021, and for today one of every area."""
    today = timezone.localdate()
    areas = [Area(), Area(region=region), *(Area(district=district) for district in districts)]
    rows: list[AreaFigures] = []
    for day in sorted({*month_ends(since, date(2021, 8, 31)), published.AS_OF}):
        rows += _rows(region, areas, day)
    rows += _rows(region, all_areas(today), today)
    AreaFigures.objects.bulk_create(rows)


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from that of `first` to that of `last`."""
    ends = []
    day = first.replace(day=1)
    while day <= last:
        day = (day + timedelta(days=31)).replace(day=1)
        ends.append(day - timedelta(days=1))
    return ends


def _rows(region: Region, areas: Sequence[Area], day: date) -> list[AreaFigures]:
    """Every school of the sample lies in the region, so its districts make up the region and the country."""
    by_district = compliance.count_by_district(Area(region=region), day)
    whole = compliance.total(by_district.values())
    computed_at = timezone.now()
    rows = []
    for area in areas:
        counts = whole if area in {Area(), Area(region=region)} else Counts()
        if area.district:
            counts = by_district.get(area.district.pk, counts)
        rows.append(AreaFigures(**area.columns, as_of=day, computed_at=computed_at, **asdict(counts)))
    return rows
