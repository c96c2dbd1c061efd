"""The schools of a list on a map, and the table that says the same."""

import json
from datetime import date
from html import unescape

import pytest
from django.test import override_settings

from accounts.models import Role
from audits import kept_facts
from audits.models import Verdict
from schools.models import School
from tests.answers import page_text
from tests.factories import (
    CameraFactory,
    DistrictFactory,
    MembershipFactory,
    RegionFactory,
    SchoolFactory,
    UserFactory,
    audit_approved,
)


def points(client, query=""):
    response = client.get(f"/map/points.json?{query}")
    assert response.status_code == 200
    return json.loads(response.content)["points"]


def table_of(response):
    """{name of the area: counts}, the last column being the schools that are not on the map."""
    return {row["name"]: [cell["count"] for cell in row["cells"]] for row in response.context["rows"]}


@pytest.fixture
def two(district):
    """One school of Ridder that does not comply, and one that is nowhere on the map and not equipped."""
    failing = CameraFactory(
        system__school__district=district, system__school__code="F1", system__school__name_en="First"
    ).system.school
    audit_approved(school=failing, verdict=Verdict.NON_COMPLIANT)
    School.objects.filter(pk=failing.pk).update(latitude="50.35", longitude="83.51")
    return failing, SchoolFactory(district=district, code="BARE")


# --- Points ---


def test_a_point_is_a_place_a_standing_a_code_and_a_name(browse, head, two):
    assert points(browse(head)) == [[50.35, 83.51, 0, "F1", "First"]]


def test_a_point_speaks_the_language_of_the_reader(browse, head, two):
    head.language = "ru"
    head.save()

    assert points(browse(head))[0][4] == two[0].name_ru


def test_points_are_those_of_the_list(browse, head, two, district):
    School.objects.update(latitude="50.35", longitude="83.51")
    kept_facts.keep(School.objects.values_list("pk", flat=True))

    assert [point[3] for point in points(browse(head))] == ["F1", "BARE"]
    assert [point[3] for point in points(browse(head), "standing=unequipped")] == ["BARE"]
    assert [point[3] for point in points(browse(head), "q=first&as_of=2021-06-01")] == ["F1"]
    assert [point[3] for point in points(browse(head), "located=false")] == []


@pytest.mark.parametrize("query", ["standng=compliant", "standing=perfect", "as_of=2100-01-01"])
def test_what_cannot_be_asked_shows_no_school(browse, head, two, query):
    assert browse(head).get(f"/map/points.json?{query}").status_code == 422
    page = browse(head).get(f"/map/?{query}")
    assert page.status_code == 422
    assert "Please correct:" in page_text(page)
    assert "data-points" not in page_text(page)


def test_schools_of_others_are_on_no_map(browse, stranger, two):
    assert points(browse(stranger)) == []
    assert table_of(browse(stranger).get("/map/")) == {}


@pytest.mark.parametrize("role", Role)
def test_everybody_sees_the_schools_they_serve(browse, two, district, role):
    person = MembershipFactory(district=district, user=UserFactory(role=role)).user

    assert [point[:2] for point in points(browse(person))] == [[50.35, 83.51]]
    assert table_of(browse(person).get("/map/")) == {"Ridder": [1, 0, 0, 1, 2, 1]}


def test_points_are_for_people_who_signed_in(client, two):
    assert client.get("/map/points.json").status_code == 302


# --- The page ---


def test_the_table_counts_each_standing_and_leads_to_the_list_behind_it(browse, head, two):
    response = browse(head).get("/map/?setting=village&cursor=&q=")

    assert table_of(response) == {"Ridder": [1, 0, 0, 1, 2, 1]}
    assert [cell["count"] for cell in response.context["sums"]] == [1, 0, 0, 1, 2, 1]
    ridder = response.context["rows"][0]
    assert ridder["url"] == "/schools/?setting=village&area=east-kazakhstan/ridder"
    assert ridder["cells"][0]["url"].endswith("area=east-kazakhstan/ridder&standing=non_compliant")
    assert "1 school has no coordinates in the register" in page_text(response)
    for cell in ridder["cells"]:
        if cell["count"]:
            assert browse(head).get(cell["url"]).context["listing"].total == cell["count"]


def test_only_the_standings_asked_for_have_a_column(browse, head, two):
    response = browse(head).get("/map/?standing=non_compliant")

    assert [cell["label"] for cell in response.context["sums"]] == ["Non-compliant", "Together", "Not on the map"]
    assert table_of(response) == {"Ridder": [1, 1, 0]}


def test_where_schools_lie_in_several_regions_the_table_is_by_region(browse, viewer, two):
    other = RegionFactory(name_en="Abai Region", name_kk="Абай облысы")
    SchoolFactory(district=DistrictFactory(region=other))
    SchoolFactory(district=DistrictFactory(region=other))

    assert table_of(browse(viewer).get("/map/")) == {
        "Abai Region": [0, 0, 0, 2, 2, 2],
        "East Kazakhstan Region": [1, 0, 0, 1, 2, 1],
    }


def test_a_past_day_counts_the_roll_and_the_places_of_that_day(browse, head, two, district):
    SchoolFactory(district=district, closed_on=date(2021, 6, 1))

    assert table_of(browse(head).get("/map/?as_of=2021-05-01")) == {"Ridder": [0, 0, 1, 2, 3, 2]}


def test_list_and_map_lead_to_each_other_with_their_filters(browse, head, two):
    assert 'href="/map/?setting=village"' in page_text(browse(head).get("/schools/?setting=village&q="))
    assert 'href="/schools/?setting=village"' in page_text(browse(head).get("/map/?setting=village"))


@override_settings(MAP_TILES_URL="https://tiles.example.kz/{z}/{x}/{y}.png", MAP_TILES_ATTRIBUTION="© Tiles")
def test_the_map_learns_its_ground_and_the_centres_it_names(browse, head, two, district):
    district.latitude, district.longitude = 50.34, 83.5
    district.save()

    response = browse(head).get("/map/")
    on_map = json.loads(response.context["on_map"])

    assert on_map["tiles"] == "https://tiles.example.kz/{z}/{x}/{y}.png"
    assert on_map["attribution"] == "© Tiles"
    assert on_map["centres"] == [{"name": "Ridder", "at": [50.34, 83.5]}]
    assert on_map["school"] == "/schools/CODE/"
    assert response.context["on_map"] in unescape(page_text(response))


def test_no_school_no_map(browse, head, two):
    text = page_text(browse(head).get("/map/?q=nowhere"))

    assert "No school matches" in text
    assert "data-points" not in text


def test_the_map_costs_the_same_number_of_queries_for_1_school_and_for_50(queries_of, head, two, district):
    once = [queries_of(head, address) for address in ("/map/", "/map/points.json")]
    for _ in range(49):
        audit_approved(school=CameraFactory(system__school__district=district).system.school)
    School.objects.update(latitude="50.35", longitude="83.51")

    assert [queries_of(head, address) for address in ("/map/", "/map/points.json")] == once
