"""Time out of order, per camera and per school."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cameras import downtime, services
from cameras.models import Camera
from tests.factories import CameraFactory

TODAY = date(2021, 8, 25)


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school)


@pytest.fixture
def report(administrator, noon):
    """report(camera, "faulty", 20, at=21): observed on the 20th of August and said on the 21st."""

    def said(camera, state, day, *, at=None):
        when = noon - timedelta(days=25 - (at or day))
        services.report_condition(camera=camera, state=state, observed_on=date(2021, 8, day), by=administrator, at=when)

    return said


def days(camera, *, of=30, until=TODAY):
    time = downtime.of_cameras(Camera.objects.filter(pk=camera.pk), day=until)[camera.pk]
    return time.days_out_of_order(downtime.Span.ending(until, days=of))


def test_a_camera_that_fails_today_is_out_of_order_for_a_day(camera, report):
    report(camera, "faulty", 25)

    assert days(camera) == 1


def test_the_day_of_the_repair_is_a_day_in_order(camera, report):
    report(camera, "faulty", 10)
    report(camera, "working", 13)

    assert days(camera) == 3


def test_from_one_fault_to_another_time_runs_on_and_each_day_counts_once(camera, report):
    report(camera, "faulty", 10)
    report(camera, "no_power", 12)
    report(camera, "working", 15)
    report(camera, "faulty", 24)

    assert days(camera) == 5 + 2


def test_time_counts_from_the_observation_not_from_the_report(camera, report):
    report(camera, "faulty", 10, at=20)

    assert days(camera) == 16
    assert days(camera, until=date(2021, 8, 19)) == 0


def test_only_the_days_of_the_window_count(camera, report):
    report(camera, "faulty", 1)
    report(camera, "working", 23)

    assert [days(camera, of=n) for n in (2, 3, 4, 30)] == [0, 0, 1, 22]


def test_a_camera_that_was_removed_is_out_of_order_no_more(camera, report, administrator, noon):
    report(camera, "faulty", 10)
    services.remove(camera=camera, on=date(2021, 8, 14), reason="broken", by=administrator, at=noon)

    assert days(camera) == 4


def test_a_camera_nobody_reported_on_is_not_out_of_order(school):
    assert days(CameraFactory(system__school=school, state=False)) == 0


def test_a_camera_that_is_not_known_yet_has_no_time(school):
    CameraFactory(system__school=school, counts_from=date(2021, 8, 26))

    assert downtime.of_school(school, day=TODAY).cameras == {}


def test_a_school_has_camera_days_and_their_share(camera, school, report, django_assert_num_queries):
    second = CameraFactory(system=camera.system, installed_on=date(2021, 8, 16))
    CameraFactory(system=camera.system, removed_on=date(2021, 8, 6))
    CameraFactory()
    report(camera, "faulty", 20)
    report(second, "no_power", 25)

    with django_assert_num_queries(1):
        time = downtime.of_school(school, day=TODAY)

    assert (time.camera_days_out_of_order(30), time.camera_days(30)) == (7, 30 + 10 + 10)
    assert time.share_out_of_order(30) == Decimal("14.0")


def test_a_school_without_cameras_has_no_share(school):
    time = downtime.of_school(school, day=TODAY)

    assert (time.camera_days(365), time.share_out_of_order(365)) == (0, None)
