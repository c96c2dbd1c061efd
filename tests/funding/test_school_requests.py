"""Upgrade requests of one school, on a page of their own and inside the page of the school."""

from decimal import Decimal

import pytest
from django.utils import timezone

from audits import ledger
from funding import services
from tests.answers import page_text
from tests.factories import SchoolFactory, audit_approved


@pytest.fixture
def asked(school, administrator):
    audit_approved(school=school)
    ledger.rebuild(school)
    return services.file(
        school=school,
        purpose="renewal",
        description="8 cameras",
        amount=Decimal("900000.00"),
        violations=school.violations.values_list("pk", flat=True),
        by=administrator,
        at=timezone.now(),
    )


def test_the_page_of_a_school_leads_to_its_requests(browse, head, school):
    address = f"/schools/{school.code}/requests/"

    assert f'hx-get="{address}"' in page_text(browse(head).get(f"/schools/{school.code}/"))
    assert "No upgrade request yet" in page_text(browse(head).get(address))


def test_requests_are_a_page_and_a_part_of_one(browse, head, asked, school):
    client, address = browse(head), f"/schools/{school.code}/requests/"
    page, part = client.get(address), client.get(address, headers={"HX-Request": "true"})

    assert all(f'href="/requests/{asked.pk}/"' in page_text(each) for each in (page, part))
    assert ["<html" in each.content.decode() for each in (page, part)] == [True, False]


def test_requests_of_other_schools_are_not_among_them(browse, head, asked, district):
    other = SchoolFactory(district=district)

    assert not browse(head).get(f"/schools/{other.code}/requests/").context["requests"]


def test_strangers_find_no_requests_and_statistics_read_none(browse, stranger, statistician, asked, school):
    address = f"/schools/{school.code}/requests/"

    assert browse(stranger).get(address).status_code == 404
    assert not browse(statistician).get(address).context["requests"]


def test_only_the_school_is_offered_to_file_one(browse, head, administrator, school):
    offered = [
        f"/schools/{school.code}/request/" in page_text(browse(who).get(f"/schools/{school.code}/requests/"))
        for who in (head, administrator)
    ]

    assert offered == [False, True]
