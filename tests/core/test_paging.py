"""Keyset pages of the REST API: the whole list, each row once, whatever others write meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import paging
from schools.models import School
from tests.answers import problems
from tests.factories import SchoolFactory

SCHOOLS = "/api/v1/schools/"


@pytest.fixture
def eight(district):
    """Schools A to H, whose names run the other way."""
    return [SchoolFactory(district=district, code=c, name_kk=f"Мектеп {8 - n}") for n, c in enumerate("ABCDEFGH")]


def walk(client, between=None, **query):
    """Codes of all pages in their order; `between` is called after each of them."""
    response = client.get(SCHOOLS, {"page_size": 3, **query})
    codes = []
    while True:
        page = response.json()
        codes.append([row["code"] for row in page["results"]])
        if between:
            between(len(codes))
        if not page["next"]:
            return codes
        response = client.get(page["next"])


def test_pages_lead_through_the_whole_list(api, viewer, eight):
    assert walk(api(viewer)) == [["A", "B", "C"], ["D", "E", "F"], ["G", "H"]]


def test_pages_lead_back_as_well(api, viewer, eight):
    client = api(viewer)
    second = client.get(client.get(SCHOOLS, {"page_size": 3}).json()["next"]).json()

    first = client.get(second["previous"]).json()

    assert [row["code"] for row in first["results"]] == ["A", "B", "C"]
    assert first["previous"] is None


def test_an_order_is_kept_from_page_to_page(api, viewer, eight):
    assert walk(api(viewer), ordering="name") == [["H", "G", "F"], ["E", "D", "C"], ["B", "A"]]
    assert walk(api(viewer), ordering="-name") == [["A", "B", "C"], ["D", "E", "F"], ["G", "H"]]


@pytest.mark.parametrize("ordering", ["code", "name", "-pupils", "district", "-visited", "violations"])
def test_every_order_tells_each_school_once(api, viewer, eight, ordering):
    codes = sum(walk(api(viewer), ordering=ordering), [])

    assert sorted(codes) == [*"ABCDEFGH"]


def test_a_school_that_is_entered_or_goes_meanwhile_moves_no_other(api, viewer, eight, district):
    def write(pages):
        if pages == 1:
            SchoolFactory(district=district, code="AA")  # where the walk has been
            SchoolFactory(district=district, code="DD")  # where it still comes
            School.objects.get(code="B").delete()
            School.objects.get(code="E").delete()

    assert walk(api(viewer), write) == [["A", "B", "C"], ["D", "DD", "F"], ["G", "H"]]


def test_a_school_that_is_renamed_meanwhile_is_told_once(api, viewer, eight):
    def rename(pages):
        School.objects.filter(code__in=["A", "H"]).update(name_kk=f"Ауыл мектебі {pages}")

    assert walk(api(viewer), rename) == [["A", "B", "C"], ["D", "E", "F"], ["G", "H"]]


def test_the_row_a_page_ended_at_may_go(api, viewer, eight):
    def delete(pages):
        School.objects.filter(code__in=["C", "F"]).delete()

    assert walk(api(viewer), delete) == [["A", "B", "C"], ["D", "E", "G"], ["H"]]


def test_the_next_page_keeps_the_filters_and_the_fields(api, viewer, eight):
    page = api(viewer).get(SCHOOLS, {"page_size": 3, "code": [*"ABCDE"], "fields": "code"}).json()

    assert api(viewer).get(page["next"]).json()["results"] == [{"code": "D"}, {"code": "E"}]


def test_the_count_is_that_of_all_pages_and_may_be_left_out(api, viewer, eight):
    assert api(viewer).get(SCHOOLS, {"page_size": 3}).json()["count"] == 8
    assert api(viewer).get(SCHOOLS, {"page_size": 3, "count": "false"}).json()["count"] is None


def test_leaving_the_count_out_spares_its_query(api, viewer, eight):
    with CaptureQueriesContext(connection) as without:
        api(viewer).get(SCHOOLS, {"count": "false"})
    with CaptureQueriesContext(connection) as counted:
        api(viewer).get(SCHOOLS)

    assert len(counted) == len(without) + 1


def test_a_page_is_never_larger_than_the_largest(api, viewer, eight, monkeypatch):
    assert paging.LARGEST_PAGE == 1000
    monkeypatch.setattr(paging, "LARGEST_PAGE", 5)

    assert len(api(viewer).get(SCHOOLS, {"page_size": 8}).json()["results"]) == 5


@pytest.mark.parametrize("size", ["0", "-1", "many"])
def test_a_size_that_is_none_is_refused(api, viewer, eight, size):
    response = api(viewer).get(SCHOOLS, {"page_size": size})

    assert (response.status_code, [path for _code, path in problems(response)]) == (400, ["page_size"])


@pytest.mark.parametrize("cursor", ["x", "%%%", "bm9uZQ", "W10", "eyJhIjoxfQ", "\N{SNOWMAN}"])
def test_a_broken_cursor_is_refused(api, viewer, eight, cursor):
    response = api(viewer).get(SCHOOLS, {"cursor": cursor})

    assert (response.status_code, problems(response)) == (400, [("invalid", "cursor")])


def test_a_cursor_of_another_order_is_refused(api, viewer, eight):
    address = api(viewer).get(SCHOOLS, {"page_size": 3, "ordering": "name"}).json()["next"]

    response = api(viewer).get(address.replace("ordering=name", "ordering=pupils"))

    assert (response.status_code, problems(response)) == (400, [("invalid", "cursor")])


def test_pages_by_number_are_told_that_there_are_none(api, viewer, eight):
    response = api(viewer).get(SCHOOLS, {"page": "2"})

    assert (response.status_code, problems(response)) == (400, [("unknown_parameter", "page")])
