"""Acts on schools through the REST API: each calls its service, and every problem has a code and a path."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from schools.models import Change, School
from tests.answers import problems
from tests.factories import DistrictFactory, SchoolFactory

SCHOOLS = "/api/v1/schools/"
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
NEW = {
    "code": "EK-0900",
    "district": "east-kazakhstan/ridder",
    "opened_on": "2020-09-01",
    "name_kk": "№ 9 мектеп",
    "name_ru": "Школа № 9",
    "name_en": "School No. 9",
    "kind": "secondary",
    "setting": "city",
    "locality_kk": "Риддер",
    "locality_ru": "Риддер",
    "locality_en": "Ridder",
    "pupils": 450,
    "floors": 3,
    "director": "Асан Үсенов",
    "reason": "Order 12",
}


@pytest.fixture
def other(region):
    """A school of another district of the region."""
    return SchoolFactory(district=DistrictFactory(region=region, slug="altai"))


@pytest.fixture
def act(api, head, school):
    """What the head is answered: act("close", on=…)."""

    def of(name, **body):
        said = {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}
        return api(head).post(f"{SCHOOLS}{school.code}/{name}/", said)

    return of


def test_the_department_enters_a_school(api, head, district):
    response = api(head).post(SCHOOLS, NEW)

    document = response.json()
    assert response.status_code == 201
    assert response["ETag"].startswith('"v1-')
    assert document == api(head).get(f"{SCHOOLS}EK-0900/").json()
    assert {name: document[name] for name in NEW.keys() - {"district", "director", "reason"}} == {
        name: NEW[name] for name in NEW.keys() - {"district", "director", "reason"}
    }
    assert (document["district"]["key"], document["contacts"]["director"]) == (NEW["district"], "Асан Үсенов")
    assert (document["standing"], document["version"]) == ("unequipped", 1)
    assert Change.objects.get().reason == "Order 12"


def test_a_school_that_is_sent_again_is_409(api, head, district):
    api(head).post(SCHOOLS, NEW)

    response = api(head).post(SCHOOLS, NEW)

    assert (response.status_code, problems(response)) == (409, [("conflict", "")])
    assert School.objects.count() == 1


def test_a_new_school_hears_of_every_problem_at_once(api, head, district):
    body = NEW | {"district": "atlantis", "kind": "circus", "floors": 0, "opened_on": "then", "colour": "red"}
    del body["name_kk"], body["reason"]

    response = api(head).post(SCHOOLS, body)

    assert response.status_code == 400
    assert sorted(problems(response)) == [
        ("invalid", "opened_on"),
        ("invalid_choice", "kind"),
        ("min_value", "floors"),
        ("required", "name_kk"),
        ("required", "reason"),
        ("unknown", "district"),
        ("unknown_field", "colour"),
    ]
    assert not School.objects.exists()


def test_what_only_the_service_knows_has_a_path_as_well(api, head, district):
    response = api(head).post(
        SCHOOLS, NEW | {"code": "Ж 1", "latitude": 10, "longitude": 82, "opened_on": "1700-01-01"}
    )

    assert (response.status_code, sorted(path for _code, path in problems(response))) == (
        400,
        ["code", "latitude", "opened_on"],
    )


def test_nobody_enters_a_school_where_they_do_not_serve(api, officer, district, other):
    response = api(officer).post(SCHOOLS, NEW | {"district": "east-kazakhstan/altai"})

    assert response.status_code == 403


def test_a_record_is_corrected_in_the_fields_that_were_sent(act, school):
    document = act("correct", pupils=310, latitude="50.12345", longitude="82.5", has_outdoor_toilet=True).json()

    assert (document["pupils"], document["latitude"], document["longitude"]) == (310, 50.12345, 82.5)
    assert (document["has_outdoor_toilet"], document["floors"], document["version"]) == (True, 2, 2)
    assert sorted(Change.objects.get().fields) == ["has_outdoor_toilet", "latitude", "longitude", "pupils"]


def test_a_correction_of_nothing_changes_nothing(act, school):
    document = act("correct", pupils=300).json()

    assert document["version"] == 1
    assert not Change.objects.exists()


def test_a_correction_hears_of_every_problem_at_once(act):
    response = act("correct", pupils=-1, floors="many", latitude=50, name_kk="Ә", code="X")

    assert response.status_code == 400
    assert sorted(problems(response)) == [
        ("invalid", "floors"),
        ("min_value", "pupils"),
        ("unknown_field", "code"),
        ("unknown_field", "name_kk"),
    ]


def test_a_school_corrects_what_it_knows_best_and_no_more(api, administrator, school):
    client = api(administrator)

    assert client.post(f"{SCHOOLS}{school.code}/correct/", {"pupils": 310}).status_code == 200
    response = client.post(f"{SCHOOLS}{school.code}/correct/", {"pupils": 320, "kind": "lyceum"})

    assert response.status_code == 403
    assert School.objects.get().pupils == 310


def test_a_school_is_renamed(act, school):
    names = {"name_kk": "Абай мектебі", "name_ru": "Школа Абая", "name_en": "Abai School"}

    document = act("rename", **names, on=TODAY, reason="Decree 3").json()

    assert {name: document[name] for name in names} == names
    assert act("rename", name_kk="Б", on=TODAY, reason="r").status_code == 400
    assert problems(act("rename", **names, on=TOMORROW, reason="r")) == [("invalid", "on")]


def test_a_record_is_confirmed(api, administrator, school):
    response = api(administrator).post(f"{SCHOOLS}{school.code}/confirm/")

    document = response.json()
    assert (response.status_code, document["confirmation"], document["version"]) == (200, "confirmed", 2)
    assert document["confirmed_at"].startswith(TODAY.isoformat())


def test_an_act_without_a_body_refuses_one(act):
    assert problems(act("confirm", pupils=3)) == [("unknown_field", "pupils")]


def test_a_move_is_arranged_and_called_off(act, other, school):
    assert act("move", district="east-kazakhstan/altai", on=TOMORROW, reason="Decree 4").status_code == 200
    assert problems(act("move", district="east-kazakhstan/altai", on=TOMORROW, reason="r")) == [("conflict", "")]

    response = act("cancel-move", reason="Decree 4 fell")

    assert (response.status_code, school.placements.count()) == (200, 1)
    assert act("cancel-move", reason="Again").status_code == 409


def test_a_closing_is_arranged_and_called_off(act, school):
    assert act("close", on=TOMORROW, reason="Decree 5").json()["closed_on"] == TOMORROW.isoformat()

    assert act("cancel-closing", reason="Decree 5 fell").json()["closed_on"] is None


def test_a_school_is_merged_into_another(act, other, api, head):
    document = act("merge", into=other.code, on=TODAY, reason="Decree 6").json()

    assert (document["merged_into"], document["closed_on"]) == (other.code, TODAY.isoformat())
    assert (document["standing"], document["district"]) == (None, None)


def test_a_school_is_merged_only_into_one_that_the_person_sees(act):
    assert problems(act("merge", into=SchoolFactory().code, on=TODAY, reason="r")) == [("unknown", "into")]


@pytest.mark.parametrize("name", ["move", "close", "merge"])
def test_a_dated_act_needs_its_day_and_its_reason(act, name):
    assert {("required", "on"), ("required", "reason")} <= set(problems(act(name)))


@pytest.mark.parametrize("name", ["cancel-move", "cancel-closing"])
def test_calling_off_needs_a_reason(act, name):
    assert problems(act(name, reason=" ")) == [("blank", "reason")]


def test_an_act_on_a_closed_school_is_409(act, school):
    School.objects.update(closed_on=date(2022, 6, 1))

    for name in ("close", "move"):
        response = act(name, on=TODAY, reason="r", **({"district": "east-kazakhstan/ridder"} if name == "move" else {}))
        assert (response.status_code, problems(response)) == (409, [("conflict", "")])


@pytest.mark.parametrize("name", ["correct", "rename", "confirm", "move", "close", "merge", "history", "placements"])
def test_a_school_that_is_not_there_for_the_person_is_404_whatever_is_sent(api, stranger, school, name):
    client = api(stranger)
    address = f"{SCHOOLS}{school.code}/{name}/"

    response = client.get(address) if name in {"history", "placements"} else client.post(address, {"nonsense": 1})

    assert response.status_code == 404
