"""Acts on cameras through the REST API: each calls its service, and every problem has a code and a path."""

from datetime import date

import pytest
from django.utils import timezone

from cameras.models import Camera, Condition
from tests.answers import problems
from tests.factories import CameraFactory, CameraSystemFactory

CAMERAS = "/api/v1/cameras/"
TODAY = timezone.localdate()
ROW = {
    "zone": "corridor",
    "floor": 2,
    "is_digital": True,
    "model": "DS-2CD",
    "width_px": 1920,
    "height_px": 1080,
    "frames_per_second": 25,
    "bitrate_mbps": 4,
    "field_of_view": 90.5,
    "target_distance": 5,
    "has_night_mode": None,
    "installed_on": "2020-09-01",
}


@pytest.fixture
def client(api, administrator):
    return api(administrator)


def act(client, camera, name, **body):
    """What is answered to an act on the camera."""
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}
    return client.post(f"{CAMERAS}{camera.pk}/{name}/", said)


def test_a_row_of_cameras_is_hung(client, system):
    rows = [ROW, ROW | {"number": 5, "state": "faulty"}, ROW | {"zone": "yard", "floor": None, "is_outdoor": True}]

    response = client.post(CAMERAS, {"system": system.pk, "cameras": rows})

    hung = response.json()["cameras"]
    assert response.status_code == 201
    assert [(row["number"], row["zone"], row["state"]) for row in hung] == [
        (1, "corridor", None),
        (5, "corridor", "faulty"),
        (2, "yard", None),
    ]
    assert {name: hung[0][name] for name in ROW} == ROW
    assert hung[1] == client.get(f"{CAMERAS}{hung[1]['id']}/").json()


def test_each_problem_of_a_row_says_where_it_is(client, system):
    rows = [ROW, ROW | {"zone": "roof", "colour": "red"}, ROW | {"floor": "up"}, {"is_digital": True}]

    response = client.post(CAMERAS, {"system": system.pk, "cameras": rows})

    assert response.status_code == 400
    assert sorted(problems(response)) == [
        ("invalid", "cameras.2.floor"),
        ("invalid_choice", "cameras.1.zone"),
        ("required", "cameras.3.installed_on"),
        ("required", "cameras.3.zone"),
        ("unknown_field", "cameras.1.colour"),
    ]
    assert not Camera.objects.exists()


def test_what_only_the_service_knows_of_a_row_says_where_it_is(client, system, camera):
    rows = [ROW | {"number": camera.number}, ROW, ROW | {"floor": 9, "height_px": None}, ROW | {"state": "removed"}]

    response = client.post(CAMERAS, {"system": system.pk, "cameras": rows})

    assert sorted(path for _code, path in problems(response)) == [
        "cameras.0.number",
        "cameras.2.floor",
        "cameras.2.height_px",
        "cameras.3.state",
    ]
    assert Camera.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"cameras": []}, {"cameras": [1]}, {"cameras": ROW}, {"system": 10**30}])
def test_a_body_of_no_cameras_is_refused(client, system, body):
    response = client.post(CAMERAS, {"system": system.pk} | body)

    assert response.status_code == 400


def test_cameras_are_hung_only_in_a_system_that_the_person_sees(client, system):
    response = client.post(CAMERAS, {"system": CameraSystemFactory().pk, "cameras": [ROW]})

    assert problems(response) == [("does_not_exist", "system")]


def test_a_camera_is_corrected(client, camera):
    document = act(client, camera, "correct", zone="yard", field_of_view="92.5", has_night_mode=True).json()

    assert (document["zone"], document["field_of_view"], document["has_night_mode"]) == ("yard", 92.5, True)
    assert document["version"] == 2
    assert problems(act(client, camera, "correct", number=3, state="faulty")) == [
        ("unknown_field", "number"),
        ("unknown_field", "state"),
    ]


def test_a_camera_is_relocated_within_its_system(client, camera):
    document = act(client, camera, "relocate", zone="hall", number=9, on=TODAY, reason="New wing").json()

    assert (document["id"], document["zone"], document["number"]) == (camera.pk, "hall", 9)


def test_a_camera_that_comes_to_another_system_goes_on_under_another_id(client, school, camera):
    target = CameraSystemFactory(school=school, number=2)

    document = act(client, camera, "relocate", system=target.pk, on=TODAY, reason="Merged").json()

    assert (document["system"], document["system_number"], document["number"]) == (target.pk, 2, 7)
    assert document["id"] != camera.pk
    assert client.get(f"{CAMERAS}{camera.pk}/").json()["removed_on"] == TODAY.isoformat()


def test_a_camera_is_replaced_by_another_under_its_number(client, camera):
    response = act(client, camera, "replace", is_digital=True, model="New", on=TODAY, reason="Broken")

    document = response.json()
    assert (response.status_code, response["ETag"][:4]) == (201, '"v1-')
    assert (document["number"], document["model"], document["zone"]) == (7, "New", "main_entrance")
    assert [row["id"] for row in client.get(CAMERAS).json()["results"]] == [document["id"]]


def test_a_camera_is_removed_once(client, camera):
    assert act(client, camera, "remove", on=TODAY, reason="Stolen").json()["state"] == "removed"

    response = act(client, camera, "remove", on=TODAY, reason="Again")

    assert (response.status_code, problems(response)) == (409, [("conflict", "")])
    assert client.get(CAMERAS).json()["count"] == 0


def test_several_cameras_are_connected_and_disconnected(client, camera):
    other = CameraFactory(system=camera.system)
    keys = [camera.pk, other.pk]

    connected = client.post(f"{CAMERAS}connect/", {"cameras": keys, "reason": "Line 7"}).json()["cameras"]
    assert [(row["id"], row["is_connected"], row["connected_on"]) for row in connected] == [
        (key, True, TODAY.isoformat()) for key in keys
    ]

    disconnected = client.post(f"{CAMERAS}disconnect/", {"cameras": [camera.pk]}).json()["cameras"]
    assert [(row["id"], row["is_connected"]) for row in disconnected] == [(camera.pk, False)]


def test_one_condition_is_reported_of_several_cameras(client, camera):
    other = CameraFactory(system=camera.system)
    report = {"state": "no_power", "observed_on": TODAY.isoformat(), "note": "Fuse"}

    told = client.post(f"{CAMERAS}report/", report | {"cameras": [camera.pk, other.pk]}).json()["cameras"]

    assert [(row["state"], row["note"], row["days_out_of_order"]) for row in told] == [("no_power", "Fuse", 1)] * 2


@pytest.mark.parametrize("name", ["connect", "disconnect", "report"])
def test_an_act_on_many_names_each_camera_that_is_not_there(client, camera, name):
    strange = CameraFactory()
    body = {"cameras": [camera.pk, strange.pk, 10**17]}

    response = client.post(f"{CAMERAS}{name}/", body | {"state": "faulty", "observed_on": "2021-01-01"})

    assert response.status_code == 400
    assert {("unknown", "cameras.1"), ("unknown", "cameras.2")} <= set(problems(response))
    assert Condition.objects.filter(state="faulty").count() == 0


def test_an_inspector_reports_but_does_not_install(api, inspector, system, camera):
    client = api(inspector)

    assert act(client, camera, "condition", state="faulty", observed_on=TODAY).status_code == 200
    assert act(client, camera, "remove", on=TODAY, reason="r").status_code == 403
    assert client.post(CAMERAS, {"system": system.pk, "cameras": [ROW]}).status_code == 403


@pytest.mark.parametrize("name", ["correct", "relocate", "replace", "remove", "condition"])
def test_an_act_on_another_version_of_a_camera_is_told_the_difference(api, head, client, camera, name):
    seen = client.get(f"{CAMERAS}{camera.pk}/")["ETag"]
    act(api(head), camera, "correct", zone="yard")
    body = {
        "correct": {"zone": "gate"},
        "relocate": {"zone": "gate", "on": TODAY.isoformat(), "reason": "r"},
        "replace": {"is_digital": True, "on": TODAY.isoformat(), "reason": "r"},
        "remove": {"on": TODAY.isoformat(), "reason": "r"},
        "condition": {"state": "faulty", "observed_on": TODAY.isoformat()},
    }[name]

    response = client.post(f"{CAMERAS}{camera.pk}/{name}/", body, headers={"if-match": seen})

    said = response.json()
    assert (response.status_code, said["version"]) == (412, 2)
    assert [(each["field"], each["was"], each["became"], each["by"]) for each in said["differences"]] == [
        ("zone", "Main entrance", "Yard", "Zeinep")
    ]
    assert response["ETag"] == client.get(f"{CAMERAS}{camera.pk}/")["ETag"]
