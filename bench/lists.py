"""Lists and searches at the size of the country, each beside plain SQL of its rows and its total."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.test import Client

from accounts.models import Role, User
from audits.listings import SchoolListing
from bench.measuring import Measured, Section, median_ms, sql
from tests.factories import MembershipFactory, UserFactory

PLACED = """
FROM schools_school s
JOIN schools_placement p ON p.school_id = s.id AND p.valid_from <= current_date
    AND (p.valid_to IS NULL OR p.valid_to > current_date)
JOIN schools_district d ON d.id = p.district_id
JOIN audits_schoolfacts f ON f.school_id = s.id
WHERE s.opened_on <= current_date AND (s.closed_on IS NULL OR s.closed_on > current_date)
"""
HANGING = """
FROM cameras_camera c
JOIN cameras_camerasystem y ON y.id = c.system_id
JOIN schools_school s ON s.id = y.school_id
JOIN schools_placement p ON p.school_id = s.id AND p.valid_to IS NULL
JOIN schools_district d ON d.id = p.district_id
WHERE c.counts_until IS NULL AND y.counts_until IS NULL
"""
# What a page asks for when a filter changes or a page is turned: no frame, only the table.
HTMX = {"HX-Request": "true"}
REGION = "AND d.region_id = (SELECT id FROM schools_region WHERE slug = 'r2')"

# What is asked for, the address, and the same in plain SQL: condition and order.
SCHOOLS = [
    ("the country, first page", "", "", "s.name_sort, s.id"),
    ("the country, largest first", "ordering=-pupils", "", "s.pupils DESC, s.name_sort, s.id"),
    ("the country, by last visit", "ordering=-visited", "", "f.visited_on DESC NULLS LAST, s.name_sort, s.id"),
    ("non-compliant, the country", "standing=non_compliant", "AND f.standing = 'non_compliant'", "s.name_sort, s.id"),
    ("a region", "area=r2", REGION, "s.name_sort, s.id"),
    (
        "non-compliant, a region",
        "area=r2&standing=non_compliant",
        f"{REGION} AND f.standing = 'non_compliant'",
        "s.name_sort, s.id",
    ),
    ("search: a number", "q=19999", "AND s.search_text LIKE '%%19999%%'", "s.name_sort, s.id"),
    ("search: a word all have", "q=мектеп", "AND s.search_text LIKE '%%мектеп%%'", "s.name_sort, s.id"),
    ("search: what none has", "q=кинотеатр", "AND s.search_text LIKE '%%кинотеатр%%'", "s.name_sort, s.id"),
]
CAMERAS = [
    ("cameras of the country", "", "", "s.code, y.number, c.number, c.id"),
    ("cameras of a region", "area=r2", REGION, "s.code, y.number, c.number, c.id"),
    ("cameras of one school", "school=B000002", "AND s.code = 'B000002'", "s.code, y.number, c.number, c.id"),
]


def measure(client: Client) -> Section:
    """The client is signed in as a viewer of the whole country."""
    return Section("Lists and searches", [*_schools(client), *_cameras()])


def _schools(client: Client) -> Iterator[Measured]:
    for what, query, condition, order in SCHOOLS:
        plain = median_ms(lambda c=condition, o=order: _plain(PLACED, "s.*", c, o))
        yield Measured(what, median_ms(lambda q=query: _get(client, f"/schools/?{q}")), plain)
        if not query:
            yield Measured(f"{what}, its table alone", median_ms(lambda: _get(client, "/schools/", **HTMX)), plain)
    plain = median_ms(lambda: _plain(PLACED, "s.*", "", "s.name_sort DESC, s.id DESC"))
    viewer = User.objects.get(pk=client.session["_auth_user_id"])
    last = SchoolListing(user=viewer, query=QueryDict()).page_of_schools().last
    yield Measured("the country, last page", median_ms(lambda: _get(client, f"/schools/?cursor={last}")), plain)
    yield Measured("API: the country", median_ms(lambda: _get(client, "/api/v1/schools/")), plain)
    last = _walk(client, "/api/v1/schools/?page_size=1000").replace("page_size=1000", "page_size=50")
    yield Measured("API: a page far down", median_ms(lambda: _get(client, last)), plain)
    plain = median_ms(lambda: sql(f"SELECT s.code, s.name_kk, s.latitude, s.longitude, f.standing {PLACED} {REGION}"))
    yield Measured("map: points of a region", median_ms(lambda: _get(client, "/map/points.json?area=r2")), plain)


def _cameras() -> Iterator[Measured]:
    head = MembershipFactory(whole_country=True, user=UserFactory(role=Role.DEPARTMENT_HEAD)).user
    client = Client(SERVER_NAME="localhost")
    client.force_login(head)
    for what, query, condition, order in CAMERAS:
        plain = median_ms(lambda c=condition, o=order: _plain(HANGING, "c.*", c, o))
        yield Measured(what, median_ms(lambda q=query: _get(client, f"/cameras/?{q}")), plain)


def _plain(from_where: str, columns: str, condition: str, order: str) -> None:
    """The rows of one page and the total, as a clerk with psql would ask for them."""
    sql(f"SELECT {columns} {from_where} {condition} ORDER BY {order} LIMIT 50")
    sql(f"SELECT count(*) {from_where} {condition}")


def _get(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, (address, response.status_code)
    return response


def _walk(client: Client, address: str) -> str:
    """The address of the last page."""
    while following := _get(client, address).json()["next"]:
        address = following
    return address
