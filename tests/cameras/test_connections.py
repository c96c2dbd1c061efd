"""Connecting cameras to the operations centre and disconnecting them."""

from datetime import date, timedelta

import pytest

from cameras import services
from cameras.models import Camera
from core.errors import Conflict
from schools.models import Change
from tests.factories import CameraFactory, CameraSystemFactory

DAYS = [date(2021, 8, day) for day in range(20, 31)]


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school)


def connected_days(camera):
    """Of the last days of August."""
    return [day.day for day in DAYS if Camera.objects.connected(day).filter(pk=camera.pk).exists()]


def not_connected_days(camera):
    return [day.day for day in DAYS if Camera.objects.not_connected(day).filter(pk=camera.pk).exists()]


def test_several_cameras_are_connected_from_today_on(camera, administrator, noon):
    second = CameraFactory(system=camera.system)
    already = CameraFactory(system=camera.system, connected_on=date(2020, 1, 1))

    changed = services.connect(cameras=[already, second, camera], by=administrator, at=noon, reason="line laid")

    assert changed == [camera, second]
    assert connected_days(second) == [25, 26, 27, 28, 29, 30]
    already.refresh_from_db()
    assert (already.connected_on, already.version) == (date(2020, 1, 1), 1)
    assert (
        list(Change.objects.order_by("pk").values_list("reason", "fields"))
        == [("line laid", {"connected_on": [None, "2021-08-25"]})] * 2
    )


def test_a_camera_connected_again_was_connected_before_as_well(camera, administrator, noon):
    camera.connected_on = date(2021, 8, 1)
    camera.save()
    two_days_later = noon + timedelta(days=2)

    services.disconnect(cameras=[camera], by=administrator, at=noon)
    services.connect(cameras=[camera], by=administrator, at=two_days_later)

    assert connected_days(camera) == [20, 21, 22, 23, 24, 27, 28, 29, 30]
    assert not_connected_days(camera) == [25, 26]
    assert [day.day for day in DAYS if Camera.objects.with_state(day).get().is_connected] == connected_days(camera)


def test_what_is_taken_back_the_same_day_never_was(camera, administrator, noon):
    services.connect(cameras=[camera], by=administrator, at=noon)
    services.disconnect(cameras=[camera], by=administrator, at=noon)
    assert connected_days(camera) == []

    services.connect(cameras=[camera], by=administrator, at=noon - timedelta(days=3))
    services.disconnect(cameras=[camera], by=administrator, at=noon)
    services.connect(cameras=[camera], by=administrator, at=noon)
    assert connected_days(camera) == [22, 23, 24, 25, 26, 27, 28, 29, 30]
    assert not camera.former_connections.exists()


def test_a_removed_camera_is_not_connected_nor_any_beside_it(camera, administrator, noon):
    gone = CameraFactory(system=camera.system, removed_on=date(2021, 1, 1))

    with pytest.raises(Conflict):
        services.connect(cameras=[camera, gone], by=administrator, at=noon)

    camera.refresh_from_db()
    assert camera.connected_on is None


def test_cameras_of_several_schools_are_connected_at_once(camera, head, noon, region):
    other = CameraFactory(system=CameraSystemFactory())
    other.system.school.placements.update(district=camera.system.school.placements.get().district)

    assert services.connect(cameras=[other, camera], by=head, at=noon) == [camera, other]
