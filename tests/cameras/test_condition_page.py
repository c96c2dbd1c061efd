"""Reporting the condition of a camera."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.answers import page_text
from tests.factories import (
    CameraFactory,
    SchoolFactory,
)


def sign_in(client, person):
    client.force_login(person)
    return client


def report(client, camera, **said):
    said = {"state": "working", "observed_on": timezone.localdate().isoformat(), "note": ""} | said
    return client.post(f"/schools/{camera.system.school.code}/cameras/{camera.pk}/condition/", said)


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("administrator", 302),
        ("inspector", 302),
        ("head", 302),
        ("officer", 302),
        ("viewer", 404),
        ("statistician", 404),
        ("stranger", 404),
    ],
)
def test_those_who_work_with_the_school_report_on_its_cameras(client, request, camera, person, status):
    response = report(sign_in(client, request.getfixturevalue(person)), camera, state="faulty")

    assert response.status_code == status
    assert camera.conditions.filter(state="faulty").exists() == (status == 302)


def test_a_report_is_confirmed_in_words_and_moves_the_figure(
    client, administrator, camera, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = report(sign_in(client, administrator), camera, state="no_power", note="since the storm")

    page = sign_in(client, administrator).get(response["Location"])
    assert page.context["record"].is_malfunctioning
    assert f"Reported: camera {camera}, Not powered." in page_text(page)
    assert "since the storm" in page_text(page)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"state": "dancing"}, "Select a valid choice"),
        ({"observed_on": ""}, "This field is required."),
        (
            {"observed_on": (timezone.localdate() + timedelta(days=2)).isoformat()},
            "</a>: That day lies in the future.",
        ),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_changes_nothing(client, administrator, camera, said, problem):
    response = report(sign_in(client, administrator), camera, **said)

    assert response.status_code == 422
    assert problem in page_text(response)
    assert camera.conditions.count() == 1


def test_a_camera_of_another_school_is_not_found_under_this_one(client, head, camera, district):
    other = SchoolFactory(district=district)

    assert sign_in(client, head).get(f"/schools/{other.code}/cameras/{camera.pk}/condition/").status_code == 404
