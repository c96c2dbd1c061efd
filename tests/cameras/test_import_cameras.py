"""Cameras from a file: installed, corrected, connected, reported on, removed, and taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from audits import compliance
from audits.models import StaleMark
from cameras import services
from cameras.models import Camera, Condition, FormerConnection
from schools.areas import Area
from schools.models import Change
from tests.cameras.rows import NEW, TODAY, at, conditions, facts
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory
from tests.imports import compared, counts, imported, undo, written


@pytest.fixture
def system(school):
    return CameraSystemFactory(school=school, number=1, kind="hybrid")


@pytest.fixture
def camera(system):
    return CameraFactory(system=system, number=7, floor=1)


def test_a_new_camera_is_in_the_figures_from_the_day_of_the_import(system, administrator, noon):
    done = imported("cameras", at(system, **NEW), by=administrator, at=noon)

    camera = Camera.objects.get()
    assert counts(done) == (1, 0, 0)
    assert (camera.number, camera.zone, camera.floor) == (5, "corridor", 2)
    assert (camera.is_digital, camera.is_outdoor) == (True, False)
    assert (camera.bitrate_mbps, camera.has_night_mode, camera.version) == (Decimal("4.50"), None, 1)
    assert (camera.installed_on, camera.counts_from, camera.connected_on) == (date(2019, 9, 1), TODAY, TODAY)
    assert conditions(camera) == [("faulty", date(2019, 9, 1), noon, administrator.pk, "school", None)]
    assert {mark.area.key for mark in StaleMark.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}


def test_it_is_the_camera_that_would_have_been_installed_by_hand(system, administrator, noon):
    done = imported("cameras", at(system, **NEW), by=administrator, at=noon)
    values = {
        **{"number": 6, "zone": "corridor", "floor": 2, "is_digital": True, "model": "DS-2CD2143", "state": "faulty"},
        **{"width_px": 1920, "height_px": 1080, "bitrate_mbps": Decimal("4.5"), "installed_on": date(2019, 9, 1)},
        "connected_on": TODAY,
    }
    (by_hand,) = services.install(system=system, cameras=[values], reason="Order 7", by=administrator, at=noon)

    by_hand.refresh_from_db()
    camera = Camera.objects.get(number=5)
    assert {**facts(camera), "number": 6} == facts(by_hand)
    assert conditions(camera) == conditions(by_hand)
    of_file, of_hand = (Change.objects.get(subject_id=each.pk) for each in (camera, by_hand))
    fields = [field.name for field in Change._meta.concrete_fields]
    differing = {name for name in fields if getattr(of_file, name) != getattr(of_hand, name)}
    assert differing <= {"id", "subject_id", "subject_code", "bulk_import", "fields"}
    assert (of_file.subject_code, of_file.bulk_import, of_file.fields["zone"]) == ("1/5", done, [None, "corridor"])


def test_a_camera_that_is_there_is_corrected_reported_on_and_disconnected(camera, officer, noon):
    Camera.objects.update(connected_on=date(2020, 1, 1), model="Old")
    row = at(camera.system, 7, model="", floor=2, state="no_power", connected="no")

    done = imported("cameras", row, by=officer, at=noon)

    camera.refresh_from_db()
    assert (camera.model, camera.floor, camera.disconnected_on, camera.version) == ("", 2, TODAY, 2)
    assert conditions(camera)[-1] == ("no_power", TODAY, noon, officer.pk, "department", None)
    assert conditions(camera)[0][-1] == noon
    change = Change.objects.get()
    assert (change.act, change.effective_on, change.bulk_import) == ("corrected", TODAY, done)
    assert change.fields == {
        "model": ["Old", ""],
        "floor": [1, 2],
        "disconnected_on": [None, "2021-08-25"],
        "state": ["working", "no_power"],
    }


def test_a_camera_that_is_connected_again_keeps_its_former_connection(camera, officer, noon):
    Camera.objects.update(connected_on=date(2018, 1, 1), disconnected_on=date(2019, 1, 1))

    done = imported("cameras", at(camera.system, 7, connected="yes"), by=officer, at=noon)

    camera.refresh_from_db()
    assert (camera.connected_on, camera.disconnected_on) == (TODAY, None)
    former = FormerConnection.objects.get()
    assert (former.camera, former.connected_on, former.disconnected_on) == (camera, date(2018, 1, 1), date(2019, 1, 1))
    undo(done, by=officer, at=noon)
    camera.refresh_from_db()
    assert (camera.connected_on, camera.disconnected_on) == (date(2018, 1, 1), date(2019, 1, 1))
    assert not FormerConnection.objects.exists()


def test_a_camera_is_removed_and_another_takes_its_number(camera, officer, noon):
    rows = (
        at(camera.system, 7, zone="yard", is_digital="yes", installed_on="2021-08-20", removed_on="", state="working"),
        at(
            camera.system, 7, zone="main_entrance", is_digital="yes", installed_on="", removed_on="2021-08-20", state=""
        ),
    )
    rows = (rows[0], {**rows[1], "installed_on": "2015-09-01"})

    done = imported("cameras", *rows, by=officer, at=noon)

    camera.refresh_from_db()
    assert counts(done) == (1, 1, 0)
    assert (camera.removed_on, camera.counts_until) == (date(2021, 8, 20), TODAY)
    assert conditions(camera)[-1][:2] == ("removed", date(2021, 8, 20))
    assert Camera.objects.get(removed_on=None).zone == "yard"
    assert list(Change.objects.order_by("pk").values_list("act", "effective_on")) == [
        ("removed", date(2021, 8, 20)),
        ("installed", date(2021, 8, 20)),
    ]
    again = imported("cameras", *rows, by=officer, at=noon + timedelta(days=1))
    assert counts(again) == (0, 0, 2)


def test_a_camera_that_went_before_it_was_entered_is_in_no_figures(system, officer, noon):
    row = at(system, **{**NEW, "removed_on": "2020-01-01", "state": "working"})

    imported("cameras", row, by=officer, at=noon)

    camera = Camera.objects.get()
    assert (camera.counts_from, camera.counts_until, camera.connected_on) == (TODAY, TODAY, None)
    assert not Camera.objects.installed(TODAY).exists()
    assert conditions(camera)[0][:2] == ("removed", date(2020, 1, 1))
    assert counts(imported("cameras", row, by=officer, at=noon)) == (0, 0, 1)


def test_the_same_file_a_second_time_changes_nothing(camera, officer, noon):
    rows = (at(camera.system, **NEW), at(camera.system, **{**NEW, "number": 7}))
    assert counts(imported("cameras", *rows, by=officer, at=noon)) == (1, 1, 0)
    before = [facts(each) for each in Camera.objects.order_by("pk")], Condition.objects.count(), Change.objects.count()

    again = imported("cameras", *rows, by=officer, at=noon + timedelta(days=40))

    assert counts(again) == (0, 0, 2)
    assert before == (
        *([facts(each) for each in Camera.objects.order_by("pk")], Condition.objects.count(), Change.objects.count()),
    )


def test_every_problem_of_every_row_is_told_at_once(camera, administrator, noon):
    system, elsewhere = camera.system, CameraSystemFactory(number=1)
    analogue = CameraSystemFactory(school=system.school, number=2, kind="analogue")
    ended = CameraSystemFactory(school=system.school, number=3, decommissioned_on=date(2020, 1, 1))
    row = {**NEW, "removed_on": ""}
    numbers, problems = compared(
        "cameras",
        at(system, **row),
        at(system, **row),
        at(elsewhere, **row),
        {**at(system, **row), "system": 9},
        {**at(system, **row), "school": "NONE"},
        at(analogue, **row),
        at(ended, **row),
        at(system, **{**row, "number": 8, "floor": 3, "height_px": "", "installed_on": "2022-01-01"}),
        at(system, **{**row, "number": 9, "removed_on": "2018-01-01"}),
        at(system, **{**row, "number": 10, "zone": "", "is_digital": "", "installed_on": ""}),
        at(system, **{**row, "number": 7, "removed_on": "2022-01-01"}),
        at(system, **{**row, "number": 11, "zone": "roof", "floor": "ground", "state": "removed"}),
        at(system, **{**row, "number": 12, "state": "removed"}),
        at(system, **{**row, "number": 13, "zone": "roof", "floor": 9, "width_px": "wide", "installed_on": ""}),
        by=administrator,
        at=noon,
    )

    assert numbers == (1, 0, 0)
    assert [(row, column) for row, column, _message in problems] == [
        (3, "number"),
        (4, "school"),
        (5, "system"),
        (6, "school"),
        (7, "is_digital"),
        (8, "system"),
        (9, "installed_on"),
        (9, "floor"),
        (9, "connected"),
        (9, "height_px"),
        (10, "removed_on"),
        (11, "zone"),
        (11, "is_digital"),
        (11, "installed_on"),
        (12, "removed_on"),
        (13, "zone"),
        (13, "floor"),
        (13, "state"),
        (14, "state"),
        (15, "zone"),
        (15, "width_px"),
        (15, "installed_on"),
        (15, "floor"),
    ]
    said = {(row, column): message for row, column, message in problems}
    assert said[3, "number"] == "Row 2 is about the same."
    assert said[4, "school"] == "This school is not one of those you serve."
    assert said[5, "system"] == "The school has no system № 9. Import the systems first."
    assert said[8, "system"] == "This system was decommissioned."
    assert said[10, "removed_on"] == "That day lies before the day of the installation."
    assert said[11, "zone"] == "This field is required."


def test_what_was_wrong_before_is_not_the_mistake_of_who_corrects_something_else(camera, officer, noon):
    Camera.objects.update(floor=9)

    done = imported("cameras", at(camera.system, 7, floor=9, model="New"), by=officer, at=noon)

    assert counts(done) == (0, 1, 0)


def test_a_removed_camera_is_not_corrected(system, officer, noon):
    CameraFactory(system=system, number=7, removed_on=date(2020, 1, 1), zone="yard")

    _numbers, problems = compared("cameras", at(system, 7, removed_on="2020-01-01", zone="hall"), by=officer, at=noon)

    assert problems == [(2, "removed_on", "This camera was removed.")]


def test_past_days_keep_their_figures(camera, officer, noon):
    past = [noon.date() - timedelta(days=days) for days in (1, 300, 2000)]
    before = [compliance.count(Area(), day) for day in past]
    rows = (
        at(camera.system, **NEW, removed_on=""),
        at(camera.system, **{**NEW, "number": 7, "removed_on": "2020-01-01"}),
    )

    imported("cameras", *rows, by=officer, at=noon)

    assert [compliance.count(Area(), day) for day in past] == before


def test_what_is_there_comes_out_and_goes_in_unchanged(camera, administrator, noon):
    imported("cameras", at(camera.system, **NEW), by=administrator, at=noon)
    CameraFactory(system=camera.system, number=8, state=False, has_night_mode=False)
    CameraFactory(system=camera.system, number=9, removed_on=date(2020, 1, 1))
    CameraFactory()

    rows = written("cameras", administrator)

    assert [row["number"] for row in rows] == [5, 7, 8]
    assert counts(imported("cameras", *rows, by=administrator, at=noon)) == (0, 0, 3)


def test_a_school_that_is_closed_gets_no_cameras(officer, district, noon):
    system = CameraSystemFactory(school=SchoolFactory(district=district, closed_on=date(2020, 1, 1)), number=1)

    _numbers, problems = compared("cameras", at(system, **NEW), by=officer, at=noon)

    assert (2, "school", "This school is closed.") in problems
