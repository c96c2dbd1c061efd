"""Schools through the REST API: the roll of a day, its filters, and the acts on the roll."""

from datetime import date

import pytest
from django.utils import timezone

from audits.models import AreaFigures, Verdict
from schools.models import Placement
from tests.answers import problems
from tests.factories import CameraFactory, DistrictFactory, RegionFactory, SchoolFactory, audit_approved

SCHOOLS = "/api/v1/schools/"
TODAY = timezone.localdate().isoformat()


def codes(client, **query):
    response = client.get(SCHOOLS, query)
    assert response.status_code == 200, response.content
    page = response.json()
    assert page["count"] == len(page["results"])
    return [school["code"] for school in page["results"]]


def test_a_school_says_what_was_true_of_it_on_the_day(api, viewer, district):
    school = SchoolFactory(district=district, code="VKO-001", name_en="School No. 1", latitude="50.34520")
    CameraFactory(system__school=school)
    audit_approved(school=school, verdict=Verdict.NON_COMPLIANT)

    document = api(viewer).get(f"{SCHOOLS}VKO-001/", {"as_of": "2021-08-25"}).json()

    assert document == {
        "code": "VKO-001",
        "version": 1,
        "name": "School No. 1",
        "name_kk": school.name_kk,
        "name_ru": school.name_ru,
        "name_en": "School No. 1",
        "kind": "secondary",
        "ownership": "state",
        "setting": "village",
        "locality": "Village",
        "locality_kk": "Ауыл",
        "locality_ru": "Село",
        "locality_en": "Village",
        "latitude": 50.3452,
        "longitude": None,
        "pupils": 300,
        "floors": 2,
        "has_outdoor_toilet": False,
        "contacts": {"director": "", "phone": "", "email": "", "address": ""},
        "opened_on": "2015-09-01",
        "closed_on": None,
        "merged_into": None,
        "confirmation": "overdue",
        "confirmation_until": "2016-03-01",
        "confirmed_at": None,
        "as_of": "2021-08-25",
        "region": {"key": "east-kazakhstan", "kind": "region", "name": "East Kazakhstan Region"},
        "district": {"key": "east-kazakhstan/ridder", "kind": "district", "name": "Ridder"},
        "standing": "non_compliant",
        "standing_label": "Non-compliant",
        "is_equipped": True,
        "is_malfunctioning": False,
        "connection": "none",
        "visited_on": "2021-05-10",
        "edition": "2019",
        "open_violations": None,
    }


def test_a_school_without_a_system_neither_works_nor_fails(api, viewer, school):
    document = api(viewer).get(f"{SCHOOLS}{school.code}/").json()

    assert (document["standing"], document["is_equipped"]) == ("unequipped", False)
    assert (document["is_malfunctioning"], document["connection"]) == (None, None)


@pytest.mark.parametrize("person", ["viewer", "head", "officer", "inspector", "administrator", "statistician"])
def test_those_who_serve_the_school_see_it(api, request, school, person):
    user = request.getfixturevalue(person)
    SchoolFactory()  # of another region

    seen = codes(api(user), area="east-kazakhstan")

    assert seen == [school.code]
    assert api(user).get(f"{SCHOOLS}{school.code}/").status_code == 200


def test_a_stranger_does_not_see_the_school(api, stranger, school):
    assert codes(api(stranger)) == []
    assert api(stranger).get(f"{SCHOOLS}{school.code}/").status_code == 404


def test_the_roll_is_that_of_the_day(api, viewer, district):
    SchoolFactory(district=district, code="OLD", closed_on=date(2021, 6, 1))
    SchoolFactory(district=district, code="NEW", opened_on=date(2021, 9, 1))

    assert codes(api(viewer), as_of="2021-05-31") == ["OLD"]
    assert codes(api(viewer), as_of="2021-06-01") == []
    assert codes(api(viewer), as_of="2021-09-01") == ["NEW"]


def test_a_school_is_listed_where_it_was_on_the_day(api, viewer, district):
    school = SchoolFactory(district=district)
    abai = DistrictFactory(region=RegionFactory(slug="abai"), slug="abai-district")
    school.placements.update(valid_to=date(2022, 6, 8))
    Placement.objects.create(school=school, district=abai, valid_from=date(2022, 6, 8))

    assert codes(api(viewer), area="east-kazakhstan", as_of="2021-08-25") == [school.code]
    assert codes(api(viewer), area="abai", as_of="2021-08-25") == []
    assert codes(api(viewer), area="abai") == [school.code]


def test_an_area_that_is_not_there_is_refused_rather_than_empty(api, viewer):
    response = api(viewer).get(SCHOOLS, {"area": "atlantis"})

    assert response.status_code == 400
    assert response.json() == {"errors": [{"code": "unknown", "path": "area", "message": "There is no such area."}]}


def test_an_unknown_standing_is_refused(api, viewer):
    response = api(viewer).get(SCHOOLS, {"standing": "splendid"})

    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert (problem["code"], problem["path"]) == ("invalid_choice", "standing")


def test_a_yes_or_no_that_is_neither_is_refused(api, viewer, school):
    response = api(viewer).get(SCHOOLS, {"equipped": "perhaps"})

    assert response.status_code == 400
    assert response.json() == {
        "errors": [{"code": "invalid", "path": "equipped", "message": "Must be a valid boolean."}]
    }


def test_schools_are_read_by_their_codes(api, viewer, district):
    for code in ("A", "B", "C", "D"):
        SchoolFactory(district=district, code=code)

    assert codes(api(viewer), code=["A", "B", "NONE"]) == ["A", "B"]
    assert codes(api(viewer), code="D,A, C") == ["A", "C", "D"]


def test_more_codes_than_an_address_holds_are_refused(api, viewer, school):
    assert api(viewer).get(SCHOOLS, {"code": ",".join(["S1"] * 1000)}).status_code == 200
    response = api(viewer).get(SCHOOLS, {"code": ",".join(["S1"] * 1001)})

    assert (response.status_code, [path for _code, path in problems(response)]) == (400, ["code"])


def test_pages_have_the_true_count_and_never_show_a_school_twice(api, viewer, district):
    for _school in range(5):
        SchoolFactory(district=district, name_kk="Мектеп")
    client = api(viewer)

    page, seen, counts = f"{SCHOOLS}?page_size=2", [], []
    while page:
        document = client.get(page).json()
        seen += [school["code"] for school in document["results"]]
        counts.append(document["count"])
        page = document["next"]

    assert counts == [5, 5, 5]
    assert len(seen) == len(set(seen)) == 5


def test_a_search_for_more_words_than_anybody_types_is_refused(api, viewer, school):
    assert api(viewer).get(SCHOOLS, {"q": "ab " * 66 + "ab"}).status_code == 200
    assert api(viewer).get(SCHOOLS, {"q": "ab " * 67 + "ab"}).status_code == 400


@pytest.mark.parametrize("query", [{"q": "a\x00b"}, {"area": "a\x00b"}, {"edition": "\x00"}])
def test_a_null_character_is_refused_and_never_reaches_the_database(api, viewer, query):
    assert api(viewer).get(SCHOOLS, query).status_code == 400


def test_the_department_closes_a_school_and_the_figures_follow(
    api, officer, school, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = api(officer).post(f"{SCHOOLS}{school.code}/close/", {"on": TODAY, "reason": "Order 7"})

    document = response.json()
    assert response.status_code == 200
    assert (document["code"], document["closed_on"], document["version"]) == (school.code, TODAY, 2)
    assert [row.unequipped for row in AreaFigures.objects.all()] == [0, 0, 0]


def test_closing_twice_is_409(api, officer, school):
    client = api(officer)
    client.post(f"{SCHOOLS}{school.code}/close/", {"on": TODAY, "reason": "Order 7"})

    response = client.post(f"{SCHOOLS}{school.code}/close/", {"on": TODAY, "reason": "Order 7"})

    assert response.status_code == 409
    assert response.json() == {
        "errors": [{"code": "conflict", "path": "", "message": "This school is closed already."}]
    }


def test_the_department_moves_a_school(api, head, school, region):
    DistrictFactory(region=region, slug="altai")

    response = api(head).post(
        f"{SCHOOLS}{school.code}/move/", {"district": "east-kazakhstan/altai", "on": TODAY, "reason": "Order 7"}
    )

    assert response.status_code == 200
    assert response.json()["district"]["key"] == "east-kazakhstan/altai"
    assert api(head).get(f"{SCHOOLS}{school.code}/placements/").json()["results"] == [
        {"district": "east-kazakhstan/ridder", "valid_from": "2015-09-01", "valid_to": TODAY},
        {"district": "east-kazakhstan/altai", "valid_from": TODAY, "valid_to": None},
    ]


@pytest.mark.parametrize("to", ["east-kazakhstan", "atlantis", "kz", "a/\x00", 7, None, ["east-kazakhstan/ridder"]])
def test_a_school_moves_only_to_a_district(api, head, school, to):
    response = api(head).post(f"{SCHOOLS}{school.code}/move/", {"district": to, "reason": "Order 7"})

    assert response.status_code == 400
    assert sorted(problem["path"] for problem in response.json()["errors"]) == ["district", "on"]


def test_nobody_moves_a_school_to_where_they_do_not_serve(api, officer, school, region):
    DistrictFactory(region=region, slug="altai")

    response = api(officer).post(
        f"{SCHOOLS}{school.code}/move/", {"district": "east-kazakhstan/altai", "on": TODAY, "reason": "Order 7"}
    )

    assert response.status_code == 403
    assert school.placements.count() == 1


@pytest.mark.parametrize("person", ["viewer", "inspector", "administrator", "statistician"])
def test_only_the_department_keeps_the_roll(api, request, school, person):
    response = api(request.getfixturevalue(person)).post(
        f"{SCHOOLS}{school.code}/close/", {"on": TODAY, "reason": "Order 7"}
    )

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "permission_denied"
    school.refresh_from_db()
    assert school.closed_on is None


def test_a_stranger_cannot_close_what_is_not_there_for_it(api, stranger, school):
    assert api(stranger).post(f"{SCHOOLS}{school.code}/close/", {"on": TODAY, "reason": "Order 7"}).status_code == 404
