"""Entering systems and cameras, and putting right what is said of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audits.models import StaleMark
from cameras import services
from cameras.models import Camera, CameraSystem
from core.errors import Conflict, Invalid, Outdated
from schools.models import Change
from tests.factories import CameraFactory, CameraSystemFactory

DIGITAL = {"kind": "digital", "commissioned_on": date(2019, 9, 1)}
CORRIDOR = {"zone": "corridor", "floor": 2, "is_digital": True, "installed_on": date(2019, 9, 1)}


def install_system(school, by, at, **values):
    return services.install_system(school=school, values={**DIGITAL, **values}, by=by, at=at)


def install(system, by, at, *rows):
    return services.install(system=system, cameras=[{**CORRIDOR, **row} for row in rows], by=by, at=at)


def refused(act, *arguments, **named):
    with pytest.raises(Invalid) as error:
        act(*arguments, **named)
    return [(problem.path, str(problem)) for problem in error.value.problems]


def test_a_system_of_2019_entered_today_counts_from_today(school, administrator, noon):
    system = install_system(school, administrator, noon, storage_tb="8", recorder="NVR-32", storage_days="")

    system.refresh_from_db()
    assert (system.number, system.commissioned_on, system.counts_from) == (1, date(2019, 9, 1), noon.date())
    assert (system.storage_tb, system.storage_days) == (Decimal(8), None)
    change = Change.objects.get()
    assert (change.subject, change.subject_code, change.act, change.version) == ("system", "1", "installed", 1)
    assert (change.by, change.effective_on, change.school) == (administrator, date(2019, 9, 1), school)
    assert change.fields == {
        "kind": [None, "digital"],
        "recorder": [None, "NVR-32"],
        "storage_tb": [None, "8"],
        "commissioned_on": [None, "2019-09-01"],
    }
    assert {mark.area.key for mark in StaleMark.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}


def test_the_number_of_a_system_is_never_given_again(school, administrator, noon):
    CameraSystemFactory(school=school, number=4, decommissioned_on=date(2020, 1, 1))

    assert install_system(school, administrator, noon).number == 5


def test_every_problem_of_a_system_is_named_at_once(school, administrator, noon):
    later = noon.date() + timedelta(days=1)

    assert refused(
        install_system, school, administrator, noon, commissioned_on=later, installed_on=date(1989, 12, 31), number=3
    ) == [
        ("number", "Number: This cannot be changed here."),
        ("installed_on", "Installed on: Choose a day after 1989."),
        ("commissioned_on", "Commissioned on: That day lies in the future."),
    ]
    assert refused(install_system, school, administrator, noon, kind="quantum", storage_tb=-1) == [
        ("kind", "Kind: Value 'quantum' is not a valid choice."),
        ("storage_tb", "Storage capacity, TB: Must be greater than zero."),
    ]
    assert refused(install_system, school, administrator, noon, installed_on=date(2020, 1, 1)) == [
        ("commissioned_on", "Commissioned on: A system is commissioned on the day it is installed, or later.")
    ]
    assert not CameraSystem.objects.exists()


def test_a_row_of_cameras_takes_the_numbers_that_follow(system, administrator, noon):
    CameraFactory(system=system, number=3, removed_on=date(2020, 1, 1))

    cameras = install(system, administrator, noon, {}, {"number": 5}, {"zone": "yard", "state": "working"})

    assert [(camera.number, camera.zone) for camera in cameras] == [(4, "corridor"), (5, "corridor"), (6, "yard")]
    assert {(c.counts_from, c.installed_on, c.version) for c in cameras} == {(noon.date(), date(2019, 9, 1), 1)}
    assert [list(camera.conditions.values_list("state", "observed_on", "source")) for camera in cameras] == [
        [],
        [],
        [("working", date(2019, 9, 1), "school")],
    ]
    told = Change.objects.order_by("pk").values_list("subject", "subject_code", "act")
    assert list(told) == [("camera", f"1/{number}", "installed") for number in (4, 5, 6)]


def test_every_problem_of_every_row_is_named_and_none_is_hung(system, administrator, noon):
    CameraFactory(system=system, number=9)
    rows = [
        {"number": 9},
        {"zone": "roof", "floor": 3},
        {"floor": 3, "width_px": 1920, "field_of_view": 180, "is_digital": False},
        {"number": 12, "connected_on": date(2018, 1, 1)},
        {"number": 12, "state": "removed"},
    ]

    assert refused(install, system, administrator, noon, *rows) == [
        ("cameras.1.zone", "Camera 10. Zone: Value 'roof' is not a valid choice."),
        ("cameras.2.floor", "Camera 11. Floor: The school has no such floor: it has 2."),
        ("cameras.2.height_px", "Camera 11. Vertical resolution, px: Give both sides of the resolution, or neither."),
        (
            "cameras.2.field_of_view",
            "Camera 11. Horizontal field of view, degrees: The field of view is less than 180 degrees.",
        ),
        (
            "cameras.2.is_digital",
            "Camera 11. Digital: The system is digital: it has no analogue cameras."
            " Correct the kind of the system first.",
        ),
        (
            "cameras.3.connected_on",
            "Camera 12. Connected to the operations control centre on:"
            " A camera is connected on the day it is installed, or later.",
        ),
        (
            "cameras.4.state",
            "Camera 12. Condition: Remove the camera instead: its number becomes free, and the day is kept.",
        ),
        ("cameras.4.number", "Camera 12. Number: Two cameras cannot have the same number."),
        ("cameras.0.number", "There is a camera 9 in this system already."),
    ]
    assert (Camera.objects.count(), Change.objects.count()) == (1, 0)


def test_nothing_is_hung_in_a_system_that_was_decommissioned(school, administrator, noon):
    with pytest.raises(Conflict):
        install(CameraSystemFactory(school=school, decommissioned_on=date(2020, 1, 1)), administrator, noon, {})


def test_nothing_is_installed_in_a_closed_school(school, officer, noon):
    system = CameraSystemFactory(school=school)
    school.closed_on = noon.date()
    school.save()

    with pytest.raises(Conflict):
        install(system, officer, noon, {})
    with pytest.raises(Conflict):
        install_system(school, officer, noon)


@pytest.mark.parametrize("who", ["administrator", "officer", "head"])
def test_the_school_and_its_department_keep_the_inventory(who, system, noon, request):
    assert install(system, request.getfixturevalue(who), noon, {})[0].pk


@pytest.mark.parametrize("who", ["inspector", "viewer", "statistician", "stranger"])
def test_nobody_else_keeps_it(who, system, noon, request):
    person, camera = request.getfixturevalue(who), CameraFactory(system=system)
    some = {"reason": "x", "by": person, "at": noon}
    acts = [
        lambda: install_system(system.school, person, noon),
        lambda: install(system, person, noon, {}),
        lambda: services.correct_system(system=system, values={"recorder": "X"}, **some),
        lambda: services.decommission(system=system, on=noon.date(), **some),
        lambda: services.correct(camera=camera, values={"model": "X"}, **some),
        lambda: services.relocate(camera=camera, values={"zone": "yard"}, on=noon.date(), **some),
        lambda: services.replace(camera=camera, by_values={"is_digital": True}, on=noon.date(), **some),
        lambda: services.remove(camera=camera, on=noon.date(), **some),
        lambda: services.connect(cameras=[camera], by=person, at=noon),
        lambda: services.disconnect(cameras=[camera], by=person, at=noon),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert not Change.objects.exists()


def test_a_correction_is_in_the_history_and_does_not_move_the_figures(system, administrator, noon):
    camera = CameraFactory(system=system, number=1, model="Old")
    values = {"model": "New", "field_of_view": "90", "installed_on": date(2020, 1, 1), "zone": "main_entrance"}

    services.correct(camera=camera, values=values, reason=" the passport ", by=administrator, at=noon)

    camera.refresh_from_db()
    assert (camera.version, camera.model, camera.counts_from) == (2, "New", date(2015, 9, 1))
    change = Change.objects.get()
    assert (change.act, change.reason, change.version, change.effective_on) == (
        "corrected",
        "the passport",
        2,
        noon.date(),
    )
    assert change.fields == {
        "model": ["Old", "New"],
        "field_of_view": [None, "90"],
        "installed_on": ["2015-09-01", "2020-01-01"],
    }


def test_a_correction_that_changes_nothing_is_none(system, administrator, noon):
    camera = CameraFactory(system=system)

    services.correct(camera=camera, values={"zone": camera.zone}, reason="", by=administrator, at=noon)
    services.correct_system(system=system, values={"kind": system.kind}, reason="", by=administrator, at=noon)

    assert (Change.objects.count(), StaleMark.objects.count()) == (0, 0)


def test_only_what_is_corrected_is_held_against_the_rules(system, administrator, noon):
    camera = CameraFactory(system=system, floor=7, width_px=1920)
    some = {"camera": camera, "reason": "", "by": administrator, "at": noon}

    assert services.correct(values={"model": "New"}, **some).model == "New"
    assert refused(services.correct, values={"floor": 8}, **some) == [
        ("floor", "Floor: The school has no such floor: it has 2.")
    ]
    assert refused(services.correct, values={"width_px": 1280, "removed_on": None}, **some) == [
        ("removed_on", "Removed on: This cannot be changed here."),
        ("height_px", "Vertical resolution, px: Give both sides of the resolution, or neither."),
    ]


def test_the_kind_of_a_system_agrees_with_its_cameras(system, administrator, noon):
    CameraFactory(system=system)
    some = {"system": system, "reason": "", "by": administrator, "at": noon}

    assert refused(services.correct_system, values={"kind": "analogue"}, **some) == [
        ("kind", "Kind: Cameras of the other kind hang in this system: it is a hybrid one.")
    ]
    assert services.correct_system(values={"kind": "hybrid"}, **some).kind == "hybrid"


def test_who_saw_an_older_version_is_told_the_difference(system, administrator, officer, noon):
    camera = CameraFactory(system=system, model="A")
    services.correct(camera=camera, values={"model": "B"}, reason="", by=officer, at=noon, expects=1)

    with pytest.raises(Outdated) as outdated:
        services.correct(camera=camera, values={"model": "C"}, reason="", by=administrator, at=noon, expects=1)

    [difference] = outdated.value.differences
    assert (difference.label, difference.was, difference.became, difference.by) == ("Model", "A", "B", "Marat")
    camera.refresh_from_db()
    assert (camera.model, outdated.value.version) == ("B", 2)


def test_a_removed_camera_and_a_decommissioned_system_are_corrected_no_more(school, administrator, noon):
    gone = CameraFactory(system__school=school, removed_on=date(2020, 1, 1))
    old = CameraSystemFactory(school=school, decommissioned_on=date(2020, 1, 1))

    with pytest.raises(Conflict):
        services.correct(camera=gone, values={"model": "X"}, reason="", by=administrator, at=noon)
    with pytest.raises(Conflict):
        services.correct_system(system=old, values={"recorder": "X"}, reason="", by=administrator, at=noon)


def test_acts_of_today_are_of_today(system, administrator):
    assert install(system, administrator, timezone.now(), {})[0].counts_from == timezone.localdate()
