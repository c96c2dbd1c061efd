"""Versions and tags: nothing is sent twice, and nobody overwrites what they have not seen."""

import pytest
from django.utils import timezone

from schools import services
from schools.models import School
from tests.answers import problems
from tests.factories import CameraSystemFactory, DistrictFactory, SchoolFactory, audit_approved

SCHOOLS = "/api/v1/schools/"


@pytest.fixture
def address(school):
    return f"{SCHOOLS}{school.code}/"


@pytest.fixture
def other(region):
    """A school of another district of the region."""
    return SchoolFactory(district=DistrictFactory(region=region, slug="altai"))


def tag_of(client, address, **query):
    return client.get(address, query)["ETag"]


def correct(client, address, tag, **values):
    return client.post(f"{address}correct/", values, headers={"if-match": tag})


def test_a_school_has_a_strong_tag_that_begins_with_its_version(api, head, address):
    tag = tag_of(api(head), address)

    assert tag.startswith('"v1-')
    assert tag_of(api(head), address) == tag


def test_what_is_known_is_not_sent_again(api, head, address):
    tag = tag_of(api(head), address)

    for said in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        response = api(head).get(address, headers={"if-none-match": said})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)
    assert api(head).get(address, headers={"if-none-match": '"v1-0"'}).status_code == 200


def test_a_tag_changes_with_what_the_answer_says(api, head, officer, viewer, statistician, school, address):
    client = api(head)
    tags = {
        tag_of(client, address),
        tag_of(client, address, fields="code"),
        tag_of(client, address, as_of="2021-08-25"),
        client.get(address, headers={"accept-language": "kk"})["ETag"],
        tag_of(api(statistician), address),
    }
    assert len(tags) == 5
    assert tag_of(api(viewer), address) in tags

    CameraSystemFactory(school=school)
    tags.add(tag_of(client, address))
    audit_approved(school=school)
    tags.add(tag_of(client, address))
    client.post(f"{address}correct/", {"pupils": 5})
    tags.add(tag_of(client, address))
    assert len(tags) == 8


def test_an_act_on_the_version_that_was_seen_happens_and_tells_the_next(api, head, address):
    response = correct(api(head), address, tag_of(api(head), address), pupils=310)

    assert (response.status_code, response.json()["pupils"]) == (200, 310)
    assert response["ETag"].startswith('"v2-')
    assert response["ETag"] == tag_of(api(head), address)


def test_a_lost_update_is_told_with_the_difference(api, head, officer, school, address):
    seen = tag_of(api(officer), address)
    api(head).post(f"{address}correct/", {"pupils": 310, "floors": 3, "reason": "New wing"})
    api(head).post(f"{address}correct/", {"pupils": 320})

    response = correct(api(officer), address, seen, pupils=305)

    said = response.json()
    assert response.status_code == 412
    assert [(problem["code"], problem["path"]) for problem in said["errors"]] == [("outdated", "")]
    assert said["version"] == 3
    assert [(d["field"], d["label"], d["was"], d["became"], d["by"]) for d in said["differences"]] == [
        ("pupils", "Pupils", "300", "320", "Zeinep"),
        ("floors", "Floors", "2", "3", "Zeinep"),
    ]
    assert said["differences"][0]["at"].endswith("+05:00")
    assert response["ETag"] == tag_of(api(officer), address)
    school.refresh_from_db()
    assert (school.pupils, school.version) == (320, 3)


def test_the_tag_of_the_refusal_lets_the_person_decide_again(api, head, officer, address):
    seen = tag_of(api(officer), address)
    api(head).post(f"{address}correct/", {"pupils": 310})

    tag = correct(api(officer), address, seen, pupils=305)["ETag"]

    assert correct(api(officer), address, tag, pupils=305).json()["pupils"] == 305


def test_without_a_tag_an_act_asks_nothing(api, head, officer, address):
    api(head).post(f"{address}correct/", {"pupils": 310})

    assert api(officer).post(f"{address}correct/", {"pupils": 305}).status_code == 200


def test_what_others_computed_does_not_stand_in_the_way(api, head, school, address):
    seen = tag_of(api(head), address)
    audit_approved(school=school)

    assert tag_of(api(head), address) != seen
    assert correct(api(head), address, seen, pupils=310).status_code == 200


@pytest.mark.parametrize("marked", ['W/"v1-ab"', "*", '"v7-ab", "v1-ab"', ' "v1-ab" '])
def test_a_tag_may_be_weakened_on_its_way_be_any_or_one_of_several(api, head, address, marked):
    assert correct(api(head), address, marked, pupils=310).status_code == 200


def test_of_several_versions_none_of_which_is_there_the_newest_is_compared(api, head, address):
    api(head).post(f"{address}correct/", {"pupils": 310})
    api(head).post(f"{address}correct/", {"pupils": 320})

    response = correct(api(head), address, '"v1-ab", "v2-ab"', pupils=305)

    assert response.status_code == 412
    assert [(each["was"], each["became"]) for each in response.json()["differences"]] == [("310", "320")]


@pytest.mark.parametrize("broken", ["v1", '"1"', '"v1"', '"v-ab"', '"vone-ab"', '"v1-ab", x', '"v99999999999-ab"'])
def test_a_broken_tag_is_refused(api, head, address, broken):
    response = correct(api(head), address, broken, pupils=310)

    assert (response.status_code, problems(response)) == (400, [("invalid", "If-Match")])
    assert School.objects.get().pupils == 300


def test_who_may_not_act_learns_no_difference(api, head, inspector, address):
    seen = tag_of(api(inspector), address)
    api(head).post(f"{address}correct/", {"pupils": 310})

    assert correct(api(inspector), address, seen, pupils=305).status_code == 403


ACTS = [
    ("correct", {"pupils": 1}),
    ("rename", {"name_kk": "А", "name_ru": "Б", "name_en": "B", "on": "TODAY", "reason": "r"}),
    ("confirm", {}),
    ("move", {"district": "OTHER", "on": "TODAY", "reason": "r"}),
    ("cancel-move", {"reason": "r"}),
    ("close", {"on": "TODAY", "reason": "r"}),
    ("cancel-closing", {"reason": "r"}),
    ("merge", {"into": "OTHER-SCHOOL", "on": "TODAY", "reason": "r"}),
]


@pytest.mark.parametrize(("act", "body"), ACTS, ids=[act for act, _body in ACTS])
def test_every_act_heeds_the_tag(api, head, school, address, other, act, body):
    services.correct(school=school, values={"pupils": 310}, by=head, at=timezone.now())
    known = {"TODAY": timezone.localdate().isoformat(), "OTHER": "east-kazakhstan/altai", "OTHER-SCHOOL": other.code}
    body = {name: known.get(value, value) for name, value in body.items()}

    response = api(head).post(f"{address}{act}/", body, headers={"if-match": '"v1-ab"'})

    assert (response.status_code, response.json().get("version")) == (412, 2), response.content
