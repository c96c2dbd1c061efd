"""Editions of the standard through the REST API."""

from datetime import date

import pytest

from audits.models import Edition
from tests.factories import EditionFactory, StandardFactory

EDITIONS = "/api/v1/editions/"


@pytest.mark.parametrize(
    "person", ["viewer", "head", "officer", "inspector", "administrator", "statistician", "stranger"]
)
def test_everybody_reads_the_standard(api, db, request, person):
    EditionFactory()
    client = api(request.getfixturevalue(person))

    assert [edition["code"] for edition in client.get(EDITIONS).json()["results"]] == ["2019"]
    assert client.get(f"{EDITIONS}2019/").status_code == 200


def test_an_edition_is_the_checklist_as_one_document(api, viewer):
    EditionFactory()

    document = api(viewer).get(f"{EDITIONS}2019/").json()

    assert (document["code"], document["title"], document["in_force_from"]) == ("2019", "Edition of 2019", "2019-02-01")
    assert [
        (section["section"], [row["code"] for row in section["requirements"]]) for section in document["sections"]
    ] == [
        ("coverage", ["C-01", "N-01"]),
        ("archive", ["M-01"]),
    ]
    assert document["sections"][1]["requirements"] == [
        {
            "code": "M-01",
            "text": "Requirement M-01",
            "how_to_check": "",
            "legal_basis": "V1900018239",
            "engineering_default": False,
            "kind": "measured",
            "threshold": 30.0,
            "comparison": "at_least",
            "unit": "days",
            "choices": [],
            "severity": "major",
            "city_severity": "",
            "evidence": "none",
            "applies_to": "all",
        }
    ]


def test_the_checklist_is_in_the_language_of_the_reader(api, viewer):
    EditionFactory()

    document = api(viewer).get(f"{EDITIONS}2019/", headers={"accept-language": "kk"}).json()

    requirement = document["sections"][1]["requirements"][0]
    assert (requirement["text"], requirement["unit"]) == ("M-01 талабы", "күн")


def test_a_draft_is_not_there(api, viewer):
    Edition.objects.create(standard=StandardFactory(), code="2030", in_force_from=date(2030, 1, 1))

    assert api(viewer).get(f"{EDITIONS}2030/").status_code == 404
    assert api(viewer).get(EDITIONS).json()["count"] == 0
