"""Each constraint of the inventory, broken once."""

from datetime import date, timedelta

import pytest

from cameras.models import Condition
from tests.constraints import assert_refused, constraints_of
from tests.factories import LONG_AGO_AT, CameraFactory, CameraSystemFactory

DAY, BEFORE = date(2021, 8, 25), date(2021, 8, 24)


def system_number_twice():
    system = CameraSystemFactory()
    CameraSystemFactory(school=system.school, number=system.number)


def number_twice():
    camera = CameraFactory()
    CameraFactory(system=camera.system, number=camera.number)


def second_present_condition():
    Condition.objects.create(
        camera=CameraFactory(), state="faulty", observed_on=DAY, recorded_at=LONG_AGO_AT + timedelta(days=1)
    )


def superseded_before_recorded():
    CameraFactory().conditions.update(superseded_at=LONG_AGO_AT - timedelta(seconds=1))


BROKEN = {
    "system_is_not_decommissioned_before_it_was_commissioned": lambda: CameraSystemFactory(
        commissioned_on=DAY, decommissioned_on=BEFORE, counts_from=BEFORE
    ),
    "camerasystem_leaves_the_figures_after_it_entered_them": lambda: CameraSystemFactory(
        counts_from=DAY, decommissioned_on=DAY, counts_until=BEFORE
    ),
    "system_leaves_the_figures_when_decommissioned": lambda: CameraSystemFactory(counts_until=DAY),
    "one_system_per_number_in_a_school": system_number_twice,
    "one_camera_per_number_in_a_system": number_twice,
    "camera_is_not_removed_before_it_was_installed": lambda: CameraFactory(
        installed_on=DAY, removed_on=BEFORE, counts_from=BEFORE
    ),
    "camera_leaves_the_figures_after_it_entered_them": lambda: CameraFactory(
        counts_from=DAY, removed_on=DAY, counts_until=BEFORE
    ),
    "camera_leaves_the_figures_when_removed": lambda: CameraFactory(removed_on=DAY, counts_until=None),
    "field_of_view_is_between_0_and_180_degrees": lambda: CameraFactory(field_of_view=180),
    "target_is_at_some_distance": lambda: CameraFactory(target_distance=0),
    "former_connection_ended_after_it_began": lambda: CameraFactory().former_connections.create(
        connected_on=DAY, disconnected_on=DAY
    ),
    "camera_is_disconnected_after_it_was_connected": lambda: CameraFactory(connected_on=DAY, disconnected_on=DAY),
    "condition_state_is_known": lambda: CameraFactory(state="dusty"),
    "one_present_condition_per_camera": second_present_condition,
    "condition_is_superseded_after_it_was_recorded": superseded_before_recorded,
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_breaks(name, db):
    assert_refused(BROKEN[name], by=name)


def test_every_constraint_of_the_inventory_has_been_broken_here():
    assert set(BROKEN) == constraints_of("cameras")


def test_a_camera_that_was_never_connected_cannot_be_disconnected(db):
    assert_refused(lambda: CameraFactory(disconnected_on=DAY), by="camera_is_disconnected_after_it_was_connected")


def test_a_system_that_is_decommissioned_leaves_the_figures(db):
    assert_refused(
        lambda: CameraSystemFactory(decommissioned_on=DAY, counts_until=None),
        by="system_leaves_the_figures_when_decommissioned",
    )


def test_the_number_of_a_removed_camera_is_free(db):
    removed = CameraFactory(removed_on=DAY)

    assert CameraFactory(system=removed.system, number=removed.number).pk
