"""Upgrade requests as files: the rows of their page."""

from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from audits import ledger
from bulk.listing import LISTINGS
from funding import services
from tests.bulk.lists import csv_table, rows_of, xlsx_table
from tests.factories import audit_approved


@pytest.fixture
def file_request(school, administrator, noon):
    """File a request for the school, built from one violation."""

    def file(**said):
        audit_approved(school=school)
        ledger.rebuild(school)
        asked = {"purpose": "renewal", "description": "=8 cameras", "amount": Decimal("900000.50")} | said
        violations = school.violations.values_list("pk", flat=True)
        return services.file(school=school, violations=violations, by=administrator, at=noon, **asked)

    return file


@pytest.mark.parametrize(("person", "seen"), [("head", 2), ("administrator", 2), ("stranger", 0), ("statistician", 0)])
def test_page_both_files_and_the_api_hold_the_same(client, request, api, file_request, person, seen):
    file_request()
    file_request(description="Cable")
    user = request.getfixturevalue(person)
    client.force_login(user)

    shown = [str(row.pk) for row in client.get("/requests/").context["page"]]

    in_csv, in_xlsx = (
        [str(row[0]).removesuffix(".0") for row in rows_of(read(b"".join(client.get(f"/export/requests.{format}"))))]
        for format, read in (("csv", csv_table), ("xlsx", xlsx_table))
    )
    assert in_csv == in_xlsx == shown
    assert api(user).get("/api/v1/requests/").json()["count"] == len(shown) == seen


def test_an_amount_is_a_number_and_what_is_needed_stays_text(client, head, file_request, school):
    filed = file_request()
    client.force_login(head)

    table = xlsx_table(b"".join(client.get("/export/requests.xlsx")))

    assert dict(zip(*table[-2:], strict=True)) == {
        "№": filed.pk,
        "School code": school.code,
        "School": school.name_en,
        "Locality": "Village",
        "Purpose": "Renewal",
        "What is needed": "=8 cameras",
        "Violations": 1.0,
        "Requested amount, ₸": 900000.5,
        "Filed": table[-1][8],
        "Filed by": "Gulnar",
        "Status": "Submitted",
        "Withdrawn": "",
    }
    assert str(table[-1][8]) == "2021-08-25 12:00:00"


def test_a_filter_that_does_not_exist_leads_to_the_page(client, head):
    client.force_login(head)

    assert client.get("/export/requests.csv?status=filed")["Location"] == "/requests/?status=filed"


def test_requests_are_read_in_the_same_number_of_queries_for_1_and_for_50(head, file_request):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            return len(list(LISTINGS["requests"](user=head, query=QueryDict()).rows())), len(queries)

    file_request()
    _one, once = cost()
    for _ in range(49):
        file_request()

    assert cost() == (50, once)
