"""Cameras through the REST API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audits.models import AreaFigures
from cameras.models import Camera, Condition
from tests.factories import CameraFactory

CAMERAS = "/api/v1/cameras/"
FAULTY = {"state": "faulty", "observed_on": "2021-08-25"}


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school, number=7, width_px=1920, height_px=1080)


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("viewer", 0),
        ("head", 1),
        ("officer", 1),
        ("inspector", 1),
        ("administrator", 1),
        ("statistician", 0),
        ("stranger", 0),
    ],
)
def test_cameras_are_for_those_who_may_know_where_they_hang(api, request, camera, person, seen):
    client = api(request.getfixturevalue(person))

    assert client.get(CAMERAS).json()["count"] == seen
    assert client.get(f"{CAMERAS}{camera.pk}/").status_code == (200 if seen else 404)


def test_a_camera_says_what_was_known_of_it_on_the_day(api, head, camera, school):
    assert api(head).get(f"{CAMERAS}{camera.pk}/").json() == {
        "id": camera.pk,
        "version": 1,
        "school": school.code,
        "system": camera.system_id,
        "system_number": camera.system.number,
        "number": 7,
        "zone": "main_entrance",
        "zone_label": "Main entrance",
        "floor": None,
        "is_outdoor": False,
        "is_digital": True,
        "model": "",
        "width_px": 1920,
        "height_px": 1080,
        "frames_per_second": None,
        "bitrate_mbps": None,
        "field_of_view": None,
        "target_distance": None,
        "has_night_mode": None,
        "installed_on": "2015-09-01",
        "removed_on": None,
        "connected_on": None,
        "disconnected_on": None,
        "counts_from": "2015-09-01",
        "counts_until": None,
        "state": "working",
        "state_label": "Working",
        "observed_on": "2015-09-01",
        "note": "",
        "is_connected": False,
        "days_out_of_order": 0,
    }


def test_cameras_are_those_of_the_school_and_the_day(api, head, camera, school):
    removed = CameraFactory(system=camera.system, removed_on=date(2021, 6, 1))
    CameraFactory()

    def listed(**query):
        return [row["id"] for row in api(head).get(CAMERAS, {"school": school.code, **query}).json()["results"]]

    assert listed() == [camera.pk]
    assert sorted(listed(as_of="2021-05-31")) == [camera.pk, removed.pk]
    assert listed(zone="yard") == []


def test_the_school_reports_a_fault_and_the_figures_follow(
    api, administrator, head, camera, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = api(administrator).post(f"{CAMERAS}{camera.pk}/condition/", FAULTY | {"note": "No picture"})

    condition = response.json()
    assert condition.pop("recorded_at").startswith(timezone.localdate().isoformat())
    assert (response.status_code, condition) == (
        200,
        {
            "camera": camera.pk,
            "state": "faulty",
            "state_label": "Does not work",
            "observed_on": "2021-08-25",
            "note": "No picture",
            "source": "school",
        },
    )
    assert [row.malfunctioning for row in AreaFigures.objects.all()] == [1, 1, 1]
    assert api(head).get(f"{CAMERAS}{camera.pk}/").json()["state"] == "faulty"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("administrator", 200),
        ("inspector", 200),
        ("officer", 200),
        ("head", 200),
        ("viewer", 404),
        ("statistician", 404),
        ("stranger", 404),
    ],
)
def test_who_may_report_a_condition(api, request, camera, person, status):
    response = api(request.getfixturevalue(person)).post(f"{CAMERAS}{camera.pk}/condition/", FAULTY)

    assert response.status_code == status
    assert Condition.objects.filter(state="faulty").count() == (status == 200)


def test_a_report_names_every_problem_at_once(api, administrator, camera):
    response = api(administrator).post(f"{CAMERAS}{camera.pk}/condition/", {"state": "tired", "observed_on": "x"})

    assert response.status_code == 400
    assert {(problem["code"], problem["path"]) for problem in response.json()["errors"]} == {
        ("invalid_choice", "state"),
        ("invalid", "observed_on"),
    }


def test_an_observation_to_come_is_refused(api, administrator, camera):
    tomorrow = timezone.localdate() + timedelta(days=1)

    response = api(administrator).post(
        f"{CAMERAS}{camera.pk}/condition/", FAULTY | {"observed_on": tomorrow.isoformat()}
    )

    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == "Observed on: That day lies in the future."


def test_a_report_on_a_camera_that_was_removed_is_409(api, administrator, camera):
    Camera.objects.update(removed_on=date(2021, 6, 1), counts_until=date(2021, 6, 1))

    response = api(administrator).post(f"{CAMERAS}{camera.pk}/condition/", FAULTY)

    assert response.status_code == 409
    assert response.json()["errors"][0]["code"] == "conflict"
