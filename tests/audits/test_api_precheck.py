"""The pre-check through the REST API."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.answers import problems
from tests.factories import (
    CameraFactory,
    audit_approved,
)

VISIT = date(2021, 8, 24)


API = "/api/v1/precheck/"
AGREEMENT = "/api/v1/precheck/agreement/"


# --- Through the API ---


def test_the_api_says_the_same_as_the_page(api, head, standard, watched):
    document = api(head).get(API, {"school": watched.code, "as_of": VISIT.isoformat()}).json()
    [density] = [each for each in document["expected"] if each["code"] == "IMG-03"]

    assert (document["school"]["code"], document["as_of"], document["edition"]) == (watched.code, "2021-08-24", "2019")
    assert document["counts"] == {
        outcome: sum(each["outcome"] == outcome for each in document["expected"])
        for outcome in ("not_met", "unknown", "met")
    }
    assert (density["outcome"], density["numbers"]["density"], density["cameras"]) == (
        "not_met",
        192,
        [{"camera": "1/1", "zone": "main_entrance", "floor": 1, "value": 192, "reach": 3.84}],
    )
    assert "PRV-01" in document["left_to_the_visit"]


def test_the_api_tells_the_viewer_of_the_country_counts_alone(api, viewer, standard, watched):
    document = api(viewer).get(API, {"school": watched.code}).json()

    assert document["expected"] is None
    assert sum(document["counts"].values()) > 0


def test_the_api_asks_for_a_school_and_knows_its_parameters(api, head, standard, watched):
    assert problems(api(head).get(API)) == [("required", "school")]
    assert problems(api(head).get(API, {"school": watched.code, "zone": "yard"})) == [("unknown_parameter", "zone")]
    assert api(head).get(API, {"school": "nowhere"}).status_code == 404


def test_the_api_costs_the_same_with_1_camera_and_with_50(api, head, standard, watched):
    def queries():
        with CaptureQueriesContext(connection) as taken:
            assert api(head).get(API, {"school": watched.code}).status_code == 200
        return len(taken)

    once = queries()
    for number in range(3, 53):
        CameraFactory(system=watched.systems.get(), number=number)
    assert queries() == once


# --- Agreement ---


def test_the_api_counts_as_the_page_does(api, head, region, school):
    audit_approved(school=school, expected={"C-01": "met", "N-01": "unknown"})

    document = api(head).get(AGREEMENT, {"until": "2021-12-31"}).json()

    one = {"agreed": 0, "stricter": 1, "milder": 0, "unknown": 0, "unanswered": 0}
    assert document["area"]["key"] == region.slug
    assert (document["since"], document["until"]) == (None, "2021-12-31")
    assert document["whole"] == one | {
        "unknown": 1,
        "total": 2,
        "comparable": 1,
        "differing": 1,
        "agreed_share": 0.0,
    }
    assert document["requirements"][0] == one | {
        "code": "C-01",
        "total": 1,
        "comparable": 1,
        "differing": 1,
        "agreed_share": 0.0,
        "audits": "http://testserver/api/v1/audits/?status=approved&area=east-kazakhstan&visited_before=2021-12-31",
    }


def test_the_address_lists_the_audits_behind_a_count(api, head, school):
    audit = audit_approved(school=school, expected={"C-01": "met"})
    audit_approved(school=school, expected={"C-01": "not_met"})
    [row] = api(head).get(AGREEMENT).json()["requirements"]

    found = api(head).get(f"{row['audits']}&precheck=C-01:stricter").json()

    assert [each["id"] for each in found["results"]] == [audit.pk]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("viewer", 200),
        ("head", 200),
        ("officer", 200),
        ("inspector", 403),
        ("administrator", 403),
        ("statistician", 403),
    ],
)
def test_how_inspectors_differ_is_for_the_department_and_the_viewer_of_the_country(api, request, person, status):
    assert api(request.getfixturevalue(person)).get(AGREEMENT).status_code == status


def test_an_area_that_one_does_not_serve_is_not_there(api, officer, region):
    assert api(officer).get(AGREEMENT, {"area": region.slug}).status_code == 404


def test_an_answer_tells_what_was_expected(api, head, school):
    audit = audit_approved(school=school, expected={"C-01": "met", "N-01": "unknown"})

    answers = api(head).get(f"/api/v1/audits/{audit.pk}/").json()["answers"]

    assert {each["code"]: each["expected"] for each in answers} == {"C-01": "met", "M-01": None, "N-01": "unknown"}
