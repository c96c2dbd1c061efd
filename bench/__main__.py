"""`make bench`: fills a throw-away database with a made-up country and prints a table of medians."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from accounts.models import Role  # noqa: E402
from audits import compliance, figures  # noqa: E402
from bench.country import populate  # noqa: E402
from schools.areas import Area, all_areas  # noqa: E402
from schools.models import District, Region  # noqa: E402
from tests.factories import MembershipFactory, UserFactory  # noqa: E402

AS_OF = date(2021, 8, 25)
RUNS = 7

# The same question in plain SQL: the verdict of the newest counting audit of each school placed in the area.
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


def median_ms(act: Callable[[], object]) -> float:
    """Median of the runs after one to warm up, in milliseconds."""
    act()
    runs = []
    for _run in range(RUNS):
        began = time.perf_counter()
        act()
        runs.append((time.perf_counter() - began) * 1000)
    return statistics.median(runs)


def plain(region: Region | None) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_COUNT, {"region": region.pk if region else None})
        return cursor.fetchone()


def measure() -> None:
    """Count by the definition, by plain SQL, and through the pages; print ratios."""
    region = Region.objects.order_by("pk").first()
    district = District.objects.select_related("region").order_by("pk").first()
    viewer = MembershipFactory(whole_country=True, user=UserFactory(role=Role.COUNTRY_VIEWER)).user
    client = Client()
    client.force_login(viewer)
    began = time.perf_counter()
    for area in all_areas(AS_OF):
        compliance.recompute(area)
    print(f"recount of all 241 areas: {time.perf_counter() - began:.1f} s\n")
    base = {None: median_ms(lambda: plain(None)), region: median_ms(lambda: plain(region))}
    rows = [
        ("count the country", lambda: compliance.count(Area(), AS_OF), base[None]),
        ("count a region", lambda: compliance.count(Area(region=region), AS_OF), base[region]),
        ("count a district", lambda: compliance.count(Area(district=district), AS_OF), base[region]),
        ("read the country's figures", lambda: figures.read(Area()), base[None]),
        ("country page", lambda: client.get("/country/"), base[None]),
        ("region page", lambda: client.get(f"/regions/{region.slug}/"), base[region]),
        ("region page as of a past day", lambda: client.get(f"/regions/{region.slug}/?as_of=2021-06-30"), base[region]),
        ("list: a region", lambda: client.get(f"/schools/?area={region.slug}&standing=non_compliant"), base[region]),
        ("list: a search", lambda: client.get("/schools/?q=19999"), base[None]),
        ("API: figures", lambda: client.get("/api/v1/figures/?area=kz"), base[None]),
    ]
    print(f"{'median of ' + str(RUNS):34}{'ms':>9}{'plain SQL':>12}{'ratio':>8}")
    for label, act, plain_ms in rows:
        took = median_ms(act)
        print(f"{label:34}{took:9.1f}{plain_ms:12.1f}{took / plain_ms:8.2f}")


def main() -> None:
    setup_test_environment()
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        began = time.perf_counter()
        populate()
        print(f"20,000 schools made in {time.perf_counter() - began:.1f} s")
        measure()
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
