"""Cameras that go, give way to another or hang elsewhere; systems taken out of service."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from audits.models import StaleMark
from cameras import services
from cameras.models import Camera
from core.errors import Conflict, Invalid, Outdated
from schools.models import Change
from tests.factories import CameraFactory, CameraSystemFactory, MembershipFactory, SchoolFactory

MAY = date(2021, 5, 1)


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school, system__number=1, number=5, connected_on=date(2020, 1, 1), model="A")


@pytest.fixture
def some(administrator, noon):
    """What every act is told."""
    return {"reason": "old age", "by": administrator, "at": noon}


def refused(act, **named):
    with pytest.raises(Invalid) as error:
        act(**named)
    return [(getattr(problem, "path", ""), str(problem)) for problem in error.value.problems]


def history():
    return list(Change.objects.order_by("pk").values_list("subject_code", "act", "effective_on", "reason"))


def test_a_removed_camera_stays_on_record_and_leaves_the_figures_today(camera, some, noon):
    services.remove(camera=camera, on=MAY, **some)

    camera.refresh_from_db()
    assert (camera.removed_on, camera.counts_until, camera.version) == (MAY, noon.date(), 2)
    conditions = camera.conditions.order_by("pk").values_list("state", "observed_on", "superseded_at")
    assert list(conditions) == [("working", date(2015, 9, 1), noon), ("removed", MAY, None)]
    assert history() == [("1/5", "removed", MAY, "old age")]
    assert StaleMark.objects.count() == 3


def test_a_camera_is_removed_once(camera, some):
    services.remove(camera=camera, on=MAY, **some)

    with pytest.raises(Conflict):
        services.remove(camera=camera, on=MAY, **some)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2021, 8, 26), "Day: That day lies in the future."),
        (date(2015, 8, 31), "Day: That day lies before the day of the installation."),
    ],
)
def test_the_day_of_an_act_lies_between_the_installation_and_today(camera, some, noon, day, problem):
    acts = [
        (services.remove, {}),
        (services.replace, {"by_values": {"is_digital": True}}),
        (services.relocate, {"values": {"zone": "yard"}}),
    ]
    for act, values in acts:
        assert refused(act, camera=camera, on=day, **values, **some) == [("on", problem)]
    assert refused(services.decommission, system=camera.system, on=day, **some) == [("on", problem)]


def test_a_camera_is_not_removed_before_it_was_last_seen(camera, some, noon, administrator):
    services.report_condition(camera=camera, state="faulty", observed_on=date(2021, 6, 1), by=administrator, at=noon)

    assert refused(services.remove, camera=camera, on=MAY, **some) == [
        ("on", "Day: There is a report of 1 Jun 2021 already: choose that day or a later one.")
    ]


def test_every_act_that_takes_something_away_needs_a_reason(camera, some, noon):
    some["reason"] = "  "
    for act, values in [
        (services.remove, {"camera": camera}),
        (services.replace, {"camera": camera, "by_values": {"is_digital": True}}),
        (services.relocate, {"camera": camera, "values": {"zone": "yard"}}),
        (services.decommission, {"system": camera.system}),
    ]:
        assert refused(act, on=MAY, **values, **some) == [("", "Give a reason: the person it concerns will read it.")]
    assert not Change.objects.exists()


def test_every_act_is_refused_to_who_saw_an_older_version(camera, some):
    Camera.objects.update(version=2)
    for act, values in [
        (services.remove, {}),
        (services.replace, {"by_values": {"is_digital": True}}),
        (services.relocate, {"values": {"zone": "yard"}}),
    ]:
        with pytest.raises(Outdated):
            act(camera=camera, on=MAY, expects=1, **values, **some)


def test_a_replacement_takes_over_place_and_number(camera, some, noon):
    values = {"is_digital": True, "model": "B", "width_px": 2560, "height_px": 1440, "state": "working"}

    new = services.replace(camera=camera, by_values=values, on=MAY, **some)

    camera.refresh_from_db()
    assert (camera.removed_on, camera.counts_until) == (MAY, noon.date())
    assert (new.number, new.zone, new.model, new.connected_on) == (5, "main_entrance", "B", None)
    assert (new.installed_on, new.counts_from) == (MAY, noon.date())
    assert new.conditions.get().state == "working"
    assert history() == [("1/5", "replaced", MAY, "old age"), ("1/5", "installed", MAY, "old age")]


def test_a_replacement_that_cannot_be_leaves_the_old_camera(camera, some):
    values = {"is_digital": False, "number": 7, "connected_on": date(2021, 4, 30)}

    assert [path for path, _said in refused(services.replace, camera=camera, by_values=values, on=MAY, **some)] == [
        "number",
        "connected_on",
        "is_digital",
    ]
    assert Camera.objects.get().removed_on is None


def test_a_camera_moves_within_its_system(camera, some):
    moved = services.relocate(camera=camera, values={"zone": "corridor", "floor": 2, "number": 6}, on=MAY, **some)

    assert (moved.pk, moved.zone, moved.floor, moved.number, moved.version) == (camera.pk, "corridor", 2, 6, 2)
    assert history() == [("1/6", "relocated", MAY, "old age")]


def test_a_camera_does_not_take_the_number_of_another(camera, some):
    CameraFactory(system=camera.system, number=6)

    assert refused(services.relocate, camera=camera, values={"number": 6}, on=MAY, **some) == [
        ("number", "There is a camera 6 in this system already.")
    ]
    assert refused(services.relocate, camera=camera, values={"floor": 3, "model": "B"}, on=MAY, **some) == [
        ("model", "Model: This cannot be changed here.")
    ]


def test_a_camera_that_goes_to_another_system_is_another_row_and_keeps_its_connection(camera, some, noon):
    other = CameraSystemFactory(school=camera.system.school, number=2)
    CameraFactory(system=other, number=5)

    moved = services.relocate(camera=camera, values={"system": other, "zone": "yard"}, on=MAY, **some)

    camera.refresh_from_db()
    assert (camera.removed_on, camera.counts_until, camera.zone) == (MAY, noon.date(), "main_entrance")
    assert (moved.system, moved.number, moved.zone, moved.model) == (other, 6, "yard", "A")
    assert (moved.installed_on, moved.counts_from, moved.connected_on) == (MAY, noon.date(), MAY)
    assert moved.conditions.get().state == "working"
    assert history() == [("1/5", "relocated", MAY, "old age"), ("2/6", "relocated", MAY, "old age")]


def test_the_department_moves_a_camera_to_another_school_and_both_are_recounted(camera, some, officer, district):
    elsewhere = CameraSystemFactory(school=SchoolFactory(district=district), number=1)

    moved = services.relocate(camera=camera, values={"system": elsewhere}, on=MAY, **{**some, "by": officer})

    assert (moved.system, moved.number, moved.connected_on) == (elsewhere, 5, None)
    assert list(Change.objects.order_by("pk").values_list("school", flat=True)) == [
        camera.system.school_id,
        elsewhere.school_id,
    ]


def test_a_school_moves_no_camera_to_another_school(camera, some, administrator, district):
    elsewhere = CameraSystemFactory(school=SchoolFactory(district=district))
    MembershipFactory(user=administrator, school=elsewhere.school)

    with pytest.raises(PermissionDenied):
        services.relocate(camera=camera, values={"system": elsewhere}, on=MAY, **some)


def test_the_department_moves_no_camera_to_a_school_it_does_not_serve(camera, some, officer):
    elsewhere = CameraSystemFactory()

    with pytest.raises(PermissionDenied):
        services.relocate(camera=camera, values={"system": elsewhere}, on=MAY, **{**some, "by": officer})


def test_a_system_goes_with_all_its_cameras(camera, some, noon):
    gone = CameraFactory(system=camera.system, number=6, removed_on=date(2020, 1, 1))

    services.decommission(system=camera.system, on=MAY, **some)

    camera.refresh_from_db()
    camera.system.refresh_from_db()
    gone.refresh_from_db()
    assert (camera.system.decommissioned_on, camera.system.counts_until) == (MAY, noon.date())
    assert (camera.removed_on, camera.counts_until, gone.removed_on) == (MAY, noon.date(), date(2020, 1, 1))
    assert camera.conditions.get(superseded_at=None).state == "removed"
    assert history() == [("1/5", "removed", MAY, "old age"), ("1", "decommissioned", MAY, "old age")]


def test_a_system_does_not_go_before_its_last_camera_came(camera, some):
    CameraFactory(system=camera.system, installed_on=MAY + timedelta(days=1))

    assert refused(services.decommission, system=camera.system, on=MAY, **some) == [
        ("on", "Day: That day lies before the day of the installation.")
    ]


def test_what_was_entered_by_mistake_can_go_the_same_day(school, some, administrator, noon):
    system = services.install_system(
        school=school, values={"kind": "digital", "commissioned_on": noon.date()}, by=administrator, at=noon
    )
    services.install(
        system=system,
        cameras=[{"zone": "yard", "is_digital": True, "installed_on": noon.date()}],
        by=administrator,
        at=noon,
    )

    assert services.decommission(system=system, on=noon.date(), **some).decommissioned_on == noon.date()
    assert not Camera.objects.installed(noon.date()).exists()
