"""Figures of areas: counted by the definition, read from what is kept, and shown on pages."""

from datetime import date

from django.test import Client

from audits import compliance, figures
from bench.measuring import Measured, Section, median_ms, seconds, sql
from schools.areas import Area, all_areas
from schools.models import District, Region

AS_OF = date(2021, 8, 25)

# The verdict of the newest counting audit of each school placed in the area.
PLAIN_COUNT = """
SELECT count(*) FILTER (WHERE verdict = 'non_compliant'), count(*) FROM (
    SELECT DISTINCT ON (s.id) s.id, a.verdict
    FROM schools_school s
    JOIN schools_placement p ON p.school_id = s.id AND p.valid_from <= '2021-08-25'
    JOIN schools_district d ON d.id = p.district_id
    LEFT JOIN audits_audit a ON a.school_id = s.id AND a.approved_at < '2021-08-26'
    WHERE %(region)s IS NULL OR d.region_id = %(region)s
    ORDER BY s.id, a.visited_on DESC, a.approved_at DESC, a.id DESC
) newest
"""


def measure(client: Client) -> Section:
    """The client is signed in as a viewer of the whole country."""
    region = Region.objects.order_by("pk").first()
    district = District.objects.select_related("region").order_by("pk").first()
    assert region
    assert district
    country = median_ms(lambda: sql(PLAIN_COUNT, region=None))
    of_region = median_ms(lambda: sql(PLAIN_COUNT, region=region.pk))
    acts = [
        ("count the country", lambda: compliance.count(Area(), AS_OF), country),
        ("count a region", lambda: compliance.count(Area(region=region), AS_OF), of_region),
        ("count a district", lambda: compliance.count(Area(district=district), AS_OF), of_region),
        ("read the country's figures", lambda: figures.read(Area()), country),
        ("page of the country", lambda: client.get("/country/"), country),
        ("page of a region", lambda: client.get(f"/regions/{region.slug}/"), of_region),
        ("page of a region, a past day", lambda: client.get(f"/regions/{region.slug}/?as_of=2021-06-30"), of_region),
        ("API: figures of the country", lambda: client.get("/api/v1/figures/?area=kz"), country),
    ]
    return Section("Figures", [Measured(what, median_ms(act), plain) for what, act, plain in acts])


def recount() -> float:
    """Seconds that a recount of every area takes."""
    return seconds(lambda: [compliance.recompute(area) for area in all_areas(AS_OF)])
