"""The facts that come from the inventory alone: equipped, malfunctioning, connected."""

from datetime import date

import pytest

from audits.compliance import schools_with_standing
from cameras.models import Condition
from tests.factories import LONG_AGO, CameraFactory, CameraSystemFactory, SchoolFactory

DAY = date(2021, 8, 25)


def fact(school, name):
    return getattr(schools_with_standing(DAY).get(pk=school.pk), name)


@pytest.fixture(autouse=True)
def keys_apart(db):
    """Keys of schools, systems, cameras and conditions drift apart, as in life: a join on the wrong one shows."""
    for _camera in range(3):
        CameraFactory()
    for _school in range(2):
        SchoolFactory()


def test_a_school_with_one_camera_that_does_not_work_is_malfunctioning_and_its_neighbour_is_not(district):
    failing, working = CameraSystemFactory(), CameraSystemFactory()
    CameraFactory(system=failing)
    CameraFactory(system=failing, state=Condition.State.FAULTY)
    CameraFactory(system=working)

    assert fact(failing.school, "is_malfunctioning") is True
    assert fact(working.school, "is_malfunctioning") is False


def test_a_camera_that_was_taken_down_does_not_make_the_school_malfunction():
    camera = CameraFactory(state=Condition.State.NO_POWER, removed_on=DAY)

    assert fact(camera.system.school, "is_malfunctioning") is False


@pytest.mark.parametrize(
    ("connected", "connection"), [([True, True], "fully"), ([True, False], "partly"), ([False, False], "none")]
)
def test_connection_is_told_by_the_cameras(connected, connection):
    system = CameraSystemFactory()
    for is_connected in connected:
        CameraFactory(system=system, connected_on=LONG_AGO if is_connected else None)

    assert fact(system.school, "connection") == connection


def test_a_school_is_equipped_from_commissioning_until_decommissioning():
    system = CameraSystemFactory(commissioned_on=DAY)
    gone = CameraSystemFactory(decommissioned_on=DAY)

    assert (fact(system.school, "is_equipped"), fact(gone.school, "is_equipped")) == (True, False)
