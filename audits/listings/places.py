"""Where the schools of a list lie: the same rows as on the list, as points and as counts of each area."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import get_language

from audits.compliance import Standing
from audits.listings.schools import SchoolListing
from schools.areas import Area
from schools.models import District

CHUNK = 2000

Point = tuple[float, float, int, str, str]


@dataclass
class Row:
    """The schools of one area on the list: how many in each standing, and how many the map cannot show."""

    area: Area
    standings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Standing.values, 0))
    unlocated: int = 0

    @property
    def total(self) -> int:
        return sum(self.standings.values())


def by_area(listing: SchoolListing) -> list[Row]:
    """The list counted by district; by region where it reaches beyond one. In the order of the Kazakh alphabet."""
    counted = _by_district(listing)
    districts = {d.pk: d for d in District.objects.select_related("region").filter(pk__in=counted)}
    within_one = len({district.region_id for district in districts.values()}) < 2
    rows: dict[Area, Row] = {}
    for pk, found in counted.items():
        area = Area(district=districts[pk]) if within_one else Area(region=districts[pk].region)
        row = rows.setdefault(area, Row(area))
        row.unlocated += found.unlocated
        for standing, schools in found.standings.items():
            row.standings[standing] += schools
    return sorted(rows.values(), key=lambda row: (_unit_of(row.area).kind, _unit_of(row.area).name_sort))


def _by_district(listing: SchoolListing) -> dict[int, Row]:
    counted: dict[int, Row] = defaultdict(lambda: Row(Area()))
    groups = listing.found.order_by().values("placed__district", "standing")
    for group in groups.annotate(schools=Count("pk"), unlocated=Count("pk", filter=Q(latitude=None))):
        row = counted[group["placed__district"]]
        row.standings[group["standing"]] += group["schools"]
        row.unlocated += group["unlocated"]
    return counted


def points(listing: SchoolListing) -> Iterator[Point]:
    """Latitude, longitude, place of the standing in Standing.values, code and name of each school that has a place."""
    language = (get_language() or "kk")[:2]
    order = {standing: place for place, standing in enumerate(Standing.values)}
    located = listing.found.filter(latitude__isnull=False, longitude__isnull=False).order_by("pk")
    columns = ("latitude", "longitude", "standing", "code", f"name_{language}", "name_kk")
    for latitude, longitude, standing, code, name, name_kk in located.values_list(*columns).iterator(CHUNK):
        yield float(latitude), float(longitude), order[standing], code, name or name_kk


def centres(rows: list[Row]) -> list[dict[str, Any]]:
    """The areas whose centre has a known place, to be named on the map."""
    units = [_unit_of(row.area) for row in rows]
    return [
        {"name": unit.name, "at": [float(unit.latitude), float(unit.longitude)]}
        for unit in units
        if unit.latitude is not None and unit.longitude is not None
    ]


def _unit_of(area: Area) -> Any:
    return area.district or area.region
