"""Figures and areas through the REST API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audits import compliance
from audits.models import StaleMark, Verdict
from cameras.models import Condition
from schools.areas import Area
from tests.factories import (
    CameraFactory,
    DistrictFactory,
    RegionFactory,
    SchoolFactory,
    audit_approved,
)

FIGURES = "/api/v1/figures/"


@pytest.fixture
def eight_schools(district):
    """Five non-compliant (one of them malfunctioning), one compliant, one not assessed, one without a system."""
    verdicts = [Verdict.NON_COMPLIANT] * 5 + [Verdict.COMPLIANT, None]
    for place, verdict in enumerate(verdicts):
        school = SchoolFactory(district=district)
        state = Condition.State.FAULTY if place == 0 else Condition.State.WORKING
        connected_on = date(2020, 1, 1) if place < 2 else None
        CameraFactory(system__school=school, state=state, connected_on=connected_on)
        if verdict:
            audit_approved(school=school, verdict=verdict)
    SchoolFactory(district=district)


def read(client, **query):
    response = client.get(FIGURES, query)
    assert response.status_code == 200, response.content
    return response.json()


def test_figures_travel_with_everything_one_needs_to_quote_them(api, viewer, eight_schools):
    document = read(api(viewer), area="east-kazakhstan/ridder", as_of="2021-08-25")

    links = document.pop("links")
    computed_at = document.pop("computed_at")
    assert document == {
        "area": {"key": "east-kazakhstan/ridder", "kind": "district", "name": "Ridder"},
        "as_of": "2021-08-25",
        "is_being_recomputed": False,
        "roll": 8,
        "equipped": 7,
        "standings": {
            "non_compliant": {"name": "Non-compliant", "count": 5, "share": 62.5},
            "compliant": {"name": "Compliant", "count": 1, "share": 12.5},
            "unassessed": {"name": "Not assessed", "count": 1, "share": 12.5},
            "unequipped": {"name": "Not equipped", "count": 1, "share": 12.5},
        },
        "share_of_what": "roll",
        "non_compliant": {"numerator": 5, "denominator": 8, "share": 62.5, "rounding": "half_up_0.1"},
        "coverage": {"assessed": 6, "roll": 8, "share": 75.0},
        "operational": 6,
        "malfunctioning": 1,
        "connection": {"fully": 2, "partly": 0, "none": 5},
        "editions": {"2019": 6},
    }
    assert computed_at.startswith(timezone.localdate().isoformat())
    assert links["non_compliant"] == (
        "http://testserver/api/v1/schools/?area=east-kazakhstan/ridder&standing=non_compliant&as_of=2021-08-25"
    )


def test_the_list_behind_each_count_is_as_long_as_the_count_says(api, viewer, eight_schools):
    client = api(viewer)
    document = read(client, area="east-kazakhstan", as_of="2021-08-25")

    behind = {count: client.get(link).json()["count"] for count, link in document["links"].items()}

    assert behind == {
        "roll": 8,
        "non_compliant": 5,
        "compliant": 1,
        "unassessed": 1,
        "unequipped": 1,
        "assessed": 6,
        "equipped": 7,
        "operational": 6,
        "malfunctioning": 1,
        "connected_fully": 2,
        "connected_partly": 0,
        "not_connected": 5,
    }


def test_the_past_stays_as_it_was(api, viewer, eight_schools):
    before = read(api(viewer), area="kz", as_of="2021-05-09")

    assert (before["roll"], before["standings"]["unassessed"]["count"], before["coverage"]["share"]) == (8, 7, 0.0)


def test_an_area_without_schools_has_no_shares(api, viewer, region):
    document = read(api(viewer), area="east-kazakhstan", as_of="2021-08-25")

    assert document["non_compliant"] == {
        "numerator": 0,
        "denominator": 0,
        "share": None,
        "rounding": "half_up_0.1",
    }


def test_parts_are_documents_of_the_same_shape_and_sum_to_the_whole(api, viewer, eight_schools, region):
    SchoolFactory(district=DistrictFactory(region=region, slug="semey"))

    document = read(api(viewer), area="east-kazakhstan", as_of="2021-08-25", parts="true")

    parts = document["parts"]
    assert {part["area"]["key"]: part["roll"] for part in parts} == {
        "east-kazakhstan/ridder": 8,
        "east-kazakhstan/semey": 1,
    }
    assert all(set(part) == set(document) - {"parts"} for part in parts)
    assert sum(part["non_compliant"]["numerator"] for part in parts) == document["non_compliant"]["numerator"]


def test_figures_of_today_are_the_kept_ones_and_say_when_a_recount_is_under_way(api, viewer, eight_schools):
    compliance.recompute(Area())
    StaleMark.objects.create()

    document = read(api(viewer))

    assert (document["area"]["key"], document["as_of"]) == ("kz", timezone.localdate().isoformat())
    assert (document["roll"], document["is_being_recomputed"]) == (8, True)


def test_the_past_as_of_a_day_is_never_being_recomputed(api, viewer, eight_schools):
    StaleMark.objects.create()

    assert read(api(viewer), as_of="2021-08-25")["is_being_recomputed"] is False


@pytest.mark.parametrize(
    ("person", "widest"),
    [
        ("viewer", "kz"),
        ("statistician", "kz"),
        ("head", "east-kazakhstan"),
        ("inspector", "east-kazakhstan"),
        ("officer", "east-kazakhstan/ridder"),
    ],
)
def test_without_an_area_one_reads_the_widest_one_serves(api, request, district, person, widest):
    user = request.getfixturevalue(person)

    assert read(api(user))["area"]["key"] == widest


@pytest.mark.parametrize(
    ("person", "area"),
    [
        ("administrator", ""),
        ("administrator", "east-kazakhstan/ridder"),
        ("officer", "east-kazakhstan"),
        ("head", "kz"),
        ("stranger", "east-kazakhstan"),
        ("stranger", "east-kazakhstan/ridder"),
        ("viewer", "atlantis"),
        ("viewer", "east-kazakhstan/atlantis"),
        ("viewer", "atlantis/ridder"),
        ("viewer", "ridder"),
    ],
)
def test_an_area_one_does_not_serve_is_not_there(api, request, district, person, area):
    client = api(request.getfixturevalue(person))

    for address in (FIGURES, f"{FIGURES}trend/"):
        response = client.get(address, {"area": area})
        assert response.status_code == 404
        assert response.json() == {"errors": [{"code": "not_found", "path": "", "message": "You serve no such area."}]}


@pytest.mark.parametrize("as_of", ["yesterday", "2021-02-30", "25.08.2021", "2021-08-25T00:00"])
@pytest.mark.parametrize("address", [FIGURES, f"{FIGURES}trend/", "/api/v1/areas/", "/api/v1/schools/"])
def test_a_day_that_cannot_be_is_refused_by_its_name(api, viewer, address, as_of):
    response = api(viewer).get(address, {"as_of": as_of})

    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert (problem["code"], problem["path"]) == ("invalid", "as_of")


@pytest.mark.parametrize("address", [FIGURES, f"{FIGURES}trend/", "/api/v1/areas/", "/api/v1/schools/"])
def test_a_day_to_come_is_refused(api, viewer, address):
    tomorrow = timezone.localdate() + timedelta(days=1)

    response = api(viewer).get(address, {"as_of": tomorrow.isoformat()})

    assert response.status_code == 400
    assert response.json() == {
        "errors": [{"code": "future", "path": "as_of", "message": "That day lies in the future."}]
    }


def test_every_problem_with_a_question_is_said_at_once(api, viewer):
    response = api(viewer).get(FIGURES, {"as_of": "never", "parts": "perhaps"})

    assert {problem["path"] for problem in response.json()["errors"]} == {"as_of", "parts"}


def test_the_first_day_of_all_can_be_asked_for(api, viewer, school):
    assert read(api(viewer), as_of="0001-01-01")["roll"] == 0


def test_who_holds_the_figures_of_a_past_day_gets_304(api, viewer, eight_schools):
    client = api(viewer)
    tag = client.get(FIGURES, {"as_of": "2021-08-25", "parts": "true"})["ETag"]

    again = client.get(FIGURES, {"as_of": "2021-08-25", "parts": "true"}, headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_a_recount_ends_the_validity_of_todays_figures(api, viewer, eight_schools):
    compliance.recompute(Area())
    client = api(viewer)
    first = client.get(FIGURES)
    assert client.get(FIGURES, headers={"if-none-match": first["ETag"]}).status_code == 304

    compliance.recompute(Area())

    assert client.get(FIGURES, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert first["Cache-Control"] == "private, no-cache"


def test_figures_in_another_language_are_another_document(api, viewer, eight_schools):
    client = api(viewer)
    asked = {"area": "east-kazakhstan", "as_of": "2021-08-25"}
    english = client.get(FIGURES, asked)["ETag"]

    russian = client.get(FIGURES, asked, headers={"if-none-match": english, "accept-language": "ru"})

    assert russian.json()["area"]["name"] == "Восточно-Казахстанская область"
    assert (russian["Content-Language"], "Accept-Language" in russian["Vary"]) == ("ru", True)


def test_the_trend_has_a_point_for_each_month_that_was_kept(api, viewer, eight_schools):
    compliance.recompute(Area())

    trend = api(viewer).get(f"{FIGURES}trend/").json()

    [point] = trend["points"]
    today = timezone.localdate()
    assert trend["area"] == {"key": "kz", "kind": "country", "name": "Kazakhstan"}
    assert (point["month"], point["as_of"]) == (today.replace(day=1).isoformat(), today.isoformat())
    assert point["non_compliant"] == {"numerator": 5, "denominator": 8, "share": 62.5, "rounding": "half_up_0.1"}


@pytest.mark.parametrize(
    ("person", "keys"),
    [
        ("viewer", ["kz", "east-kazakhstan", "abai", "east-kazakhstan/ridder"]),
        ("statistician", ["kz", "east-kazakhstan", "abai", "east-kazakhstan/ridder"]),
        ("head", ["east-kazakhstan", "east-kazakhstan/ridder"]),
        ("inspector", ["east-kazakhstan", "east-kazakhstan/ridder"]),
        ("officer", ["east-kazakhstan/ridder"]),
        ("administrator", []),
    ],
)
def test_one_is_told_the_areas_one_may_read(api, request, district, person, keys):
    RegionFactory(slug="abai", name_kk="Ябай")

    page = api(request.getfixturevalue(person)).get("/api/v1/areas/").json()

    assert page["count"] == len(keys)
    assert sorted(area["key"] for area in page["results"]) == sorted(keys)


def test_an_area_says_what_it_lies_in(api, officer):
    assert api(officer).get("/api/v1/areas/", {"fields": "key,kind,name,within,kato"}).json()["results"] == [
        {
            "key": "east-kazakhstan/ridder",
            "kind": "district",
            "name": "Ridder",
            "within": "east-kazakhstan",
            "kato": None,
        }
    ]


def test_areas_are_those_of_the_day(api, viewer, region):
    RegionFactory(slug="abai", established_on=date(2022, 6, 8))

    keys = [
        [area["key"] for area in api(viewer).get("/api/v1/areas/", {"as_of": day}).json()["results"]]
        for day in ("2022-06-07", "2022-06-08")
    ]

    assert (len(keys[0]), "abai" in keys[0], "abai" in keys[1]) == (2, False, True)
