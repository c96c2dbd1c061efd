"""Acts on one inventory at the same time, each in a session of its own: none is lost, none overwrites another."""

from datetime import date

import pytest

from audits import tasks
from cameras import services
from cameras.models import Camera, CameraSystem
from core.errors import Conflict, Outdated
from schools.models import Change
from tests.beside import at_once, refused
from tests.factories import CameraFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROW = {"zone": "yard", "is_digital": True, "installed_on": date(2020, 1, 1)}


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """Nothing is recounted: that is tried elsewhere."""
    monkeypatch.setattr(tasks.recompute_area, "delay", lambda **_columns: None)


def test_two_rows_of_cameras_entered_at_once_take_numbers_of_their_own(beside, system, administrator, noon):
    def enter():
        return services.install(system=system, cameras=[ROW, ROW, ROW], by=administrator, at=noon)

    assert refused(at_once(beside, enter, enter)) == []
    assert list(Camera.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_two_systems_entered_at_once_take_numbers_of_their_own(beside, school, administrator, noon):
    values = {"kind": "digital", "commissioned_on": date(2020, 1, 1)}

    def enter():
        return services.install_system(school=school, values=values, by=administrator, at=noon)

    assert refused(at_once(beside, enter, enter)) == []
    assert sorted(CameraSystem.objects.values_list("number", flat=True)) == [1, 2]


def test_of_two_corrections_of_one_version_the_second_is_told_the_difference(beside, system, administrator, noon):
    camera = CameraFactory(system=system, model="Old")

    def write(model):
        some = {"reason": "", "by": administrator, "at": noon, "expects": 1}
        return lambda: services.correct(camera=camera, values={"model": model}, **some)

    [lost] = refused(at_once(beside, write("One"), write("Two")))

    camera.refresh_from_db()
    assert isinstance(lost, Outdated)
    assert [difference.became for difference in lost.differences] == [camera.model]
    assert Change.objects.count() == 1


def test_a_camera_is_removed_once_by_two_people(beside, system, administrator, officer, noon):
    camera = CameraFactory(system=system)

    def remove(by):
        return lambda: services.remove(camera=camera, on=noon.date(), reason="burnt", by=by, at=noon)

    [late] = refused(at_once(beside, remove(administrator), remove(officer)))

    assert isinstance(late, Conflict)
    assert camera.conditions.filter(state="removed").count() == 1


def test_cameras_connected_by_two_people_in_other_orders_do_not_wait_for_each_other(
    beside, system, administrator, officer, noon
):
    cameras = CameraFactory.create_batch(5, system=system)

    def connect(of, by):
        return lambda: services.connect(cameras=of, by=by, at=noon)

    assert refused(at_once(beside, connect(cameras, administrator), connect(cameras[::-1], officer))) == []
    assert Change.objects.count() == 5
