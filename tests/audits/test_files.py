"""Lists as files: the rows, the order and the total of the page and of the API, whatever the format."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits import ledger, tasks
from bulk.listing import LISTINGS
from tests.bulk.lists import csv_table, rows_of, xlsx_table
from tests.factories import (
    AuditFactory,
    CameraFactory,
    DistrictFactory,
    SchoolFactory,
    audit_approved,
    audit_submitted,
)


@pytest.fixture
def tables(browse):
    """The list as both files: tables(head, "schools", "?standing=compliant") gives two tables of cells."""

    def of(user, listing, query=""):
        files = {f: b"".join(browse(user).get(f"/export/{listing}.{f}{query}")) for f in ("csv", "xlsx")}
        return csv_table(files["csv"]), xlsx_table(files["xlsx"])

    return of


@pytest.fixture
def world(district, region, inspector, head):
    """Schools of every standing in two districts; audits in every state of the first; violations, open and fixed."""
    elsewhere = DistrictFactory(region=region, slug="elsewhere", name_en="Elsewhere")
    for place in (district, elsewhere):
        SchoolFactory(district=place)
        for verdict in ("compliant", "non_compliant", "non_compliant"):
            school = CameraFactory(system__school__district=place).system.school
            audit_approved(school=school, verdict=verdict, inspector=inspector)
            ledger.rebuild(school)
    again = audit_approved(school=school, verdict="compliant", visited_on=date(2021, 7, 1), inspector=inspector)
    ledger.rebuild(again.school)
    AuditFactory(school=school, inspector=inspector)
    audit_submitted(school=school, inspector=inspector)
    AuditFactory(school=school)
    tasks.recompute_all_areas()


EVERYBODY = ("head", "inspector", "viewer", "stranger")
SCHOOLS = ("schools", "/schools/", [0], lambda row: (row.code,))
VIOLATIONS = ("violations", "/violations/", [4, 0], lambda row: (row.school.code, row.code))
AUDITS = ("audits", "/audits/", [0], lambda row: (str(row.pk),))


@pytest.mark.parametrize(
    ("person", "listing", "query"),
    [
        *((person, listing, "") for person in EVERYBODY for listing in (SCHOOLS, VIOLATIONS, AUDITS)),
        ("head", SCHOOLS, "?area=east-kazakhstan/ridder&standing=non_compliant"),
        ("head", SCHOOLS, "?as_of=2021-05-12&ordering=-name"),
        ("head", VIOLATIONS, "?state=open&area=east-kazakhstan/elsewhere"),
        ("inspector", AUDITS, "?status=approved&verdict=compliant&mine=false"),
    ],
)
def test_page_both_files_and_the_api_hold_the_same(browse, request, api, tables, world, person, listing, query):
    user = request.getfixturevalue(person)
    name, page, columns, key = listing

    shown = [key(row) for row in browse(user).get(f"{page}{query}").context["page"]]
    from_csv, from_xlsx = tables(user, name, query)

    in_csv = [tuple(row[column] for column in columns) for row in rows_of(from_csv)]
    in_xlsx = [tuple(str(row[column]).removesuffix(".0") for column in columns) for row in rows_of(from_xlsx)]
    assert in_csv == in_xlsx == shown
    asked = query or ("?mine=true" if name == "audits" and person == "inspector" else "")
    assert api(user).get(f"/api/v1{page}{asked}").json()["count"] == len(shown)
    assert dict(row[:2] for row in from_csv if len(row) > 1)["Total"] == str(len(shown))


def test_the_figures_of_areas_are_those_of_their_page(browse, head, tables, world):
    page = browse(head).get("/regions/east-kazakhstan/").context

    from_csv, from_xlsx = tables(head, "areas", "?area=east-kazakhstan")

    shown = [
        [row["name"], *(str(cell["count"]) for cell in row["cells"][:5])] for row in (*page["parts"], page["whole"])
    ]
    assert [[row[0], *row[3:8]] for row in rows_of(from_csv)] == shown
    assert [[row[0], *(f"{cell:.0f}" for cell in row[3:8])] for row in rows_of(from_xlsx)] == shown
    assert shown[-1] == ["East Kazakhstan Region", "8", "3", "3", "0", "2"]
    assert rows_of(from_csv)[-1][1:3] == ["37.5", "75.0"]


def test_the_figures_of_a_past_day_are_those_of_that_day(head, tables, world):
    rows = rows_of(tables(head, "areas", "?area=east-kazakhstan&as_of=2021-05-09")[0])

    assert rows[-1][:5] == ["East Kazakhstan Region", "0.0", "0.0", "8", "0"]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("?area=kz", "/country/"),
        ("?area=east-kazakhstan&as_of=2100-01-01", "/regions/east-kazakhstan/?as_of=2100-01-01"),
        ("?area=east-kazakhstan/ridder&as_of=never", "/districts/ridder/?as_of=never"),
    ],
)
def test_figures_that_cannot_be_asked_lead_to_the_page_that_says_why(browse, head, district, query, address):
    assert browse(head).get(f"/export/areas.csv{query}")["Location"] == address


def test_a_row_of_a_school_says_all_that_is_true_of_it(head, tables, failing):
    table = tables(head, "schools", "?area=east-kazakhstan&standing=non_compliant")[0]

    today = timezone.localdate()
    caption = dict(table[:7])
    assert caption.pop("Exported at")
    assert caption == {
        "List": "Schools",
        "As of": f"{today.day} {today:%b %Y}",
        "Area": "East Kazakhstan Region",
        "Standing": "Non-compliant",
        "Total": "1",
        "Exported by": "Zeinep",
    }
    heading, row = table[-2:]
    assert dict(zip(heading, row, strict=True)) == {
        "Code": "F1",
        "School": "'=School",
        "Kind of school": "General secondary school",
        "Ownership": "State",
        "City or village": "Village",
        "Locality": "Village",
        "District": "Ridder",
        "Region": "East Kazakhstan Region",
        "Pupils": "300",
        "Standing": "Non-compliant",
        "Equipped": "Yes",
        "Operational": "No",
        "Connection": "Not connected",
        "Open violations": "0",
        "Last visit": "2021-05-10",
        "Edition": "2019",
    }


def test_in_excel_pupils_are_a_number_and_the_last_visit_is_a_day(head, tables, failing):
    row = dict(zip(*tables(head, "schools")[1][-2:], strict=True))

    assert (row["School"], row["Pupils"], row["Last visit"]) == ("=School", 300.0, date(2021, 5, 10))


def test_a_school_without_a_system_neither_works_nor_connects_in_the_file(head, tables, school):
    assert tables(head, "schools")[0][-1][9:] == ["Not equipped", "No", "", "", "0", "", ""]


def test_page_file_and_headline_agree_on_the_number(browse, head, tables, failing, district):
    for _ in range(60):
        audit_approved(school=CameraFactory(system__school__district=district).system.school)
    query = "?area=east-kazakhstan&standing=non_compliant"

    headline = browse(head).get("/regions/east-kazakhstan/").context["counts"].non_compliant
    listed = browse(head).get(f"/schools/{query}").context["listing"].total
    filed = len(rows_of(tables(head, "schools", query)[0]))

    assert headline == listed == filed == 61


@pytest.mark.parametrize("listing", ["schools", "audits", "violations"])
def test_what_cannot_be_asked_leads_to_the_page_that_says_so(browse, head, listing):
    response = browse(head).get(f"/export/{listing}.xlsx?misspelt=1", follow=True)

    assert response.redirect_chain == [(f"/{listing}/?misspelt=1", 302)]
    assert response.status_code == 422


@pytest.mark.parametrize("name", ["schools", "audits", "violations", "areas"])
def test_a_list_is_read_in_the_same_number_of_queries_for_1_row_and_for_50(head, inspector, region, district, name):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            rows = list(LISTINGS[name](user=head, query=QueryDict("area=east-kazakhstan")).rows())
        return len(queries), len(rows)

    def one_more():
        place = DistrictFactory(region=region)
        audit = audit_approved(school=SchoolFactory(district=place), inspector=inspector)
        ledger.rebuild(audit.school)

    one_more()
    tasks.recompute_all_areas()
    (once, few) = cost()
    for _ in range(49):
        one_more()
    tasks.recompute_all_areas()
    (again, many) = cost()

    assert once == again
    assert (few, many) in {(1, 50), (3, 52)}
