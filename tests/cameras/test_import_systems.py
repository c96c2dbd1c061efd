"""Systems from a file: installed, corrected, decommissioned with their cameras, and taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from audits import compliance
from bulk.kinds import KINDS
from cameras import services
from cameras.models import Camera, CameraSystem, Condition
from core.errors import Conflict
from schools.areas import Area
from schools.models import Change
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory
from tests.imports import compared, counts, imported, silent, undo, written

TODAY = date(2021, 8, 25)
NEW = {
    "number": 1,
    "kind": "Digital (IP)",
    "recorder": "DS-7632",
    "storage_tb": "8,5",
    "centre_link": "able",
    "installed_on": "20.08.2019",
    "commissioned_on": "01.09.2019",
}


def of(school, **cells):
    return {"school": school.code, **cells}


def facts(system):
    return {
        field.name: getattr(system, field.name)
        for field in CameraSystem._meta.concrete_fields
        if field.name not in {"id", "version"}
    }


def test_a_new_system_is_the_one_that_would_have_been_installed_by_hand(school, district, administrator, officer, noon):
    done = imported("systems", of(school, **NEW), by=administrator, at=noon)
    values = {
        **{"kind": "digital", "recorder": "DS-7632", "storage_tb": Decimal("8.50"), "centre_link": "able"},
        **{"installed_on": date(2019, 8, 20), "commissioned_on": date(2019, 9, 1)},
    }
    twin = SchoolFactory(district=district)
    by_hand = services.install_system(school=twin, values=values, reason="Order 7", by=officer, at=noon)

    by_hand.refresh_from_db()
    system = school.systems.get()
    assert counts(done) == (1, 0, 0)
    assert {**facts(system), "school": twin} == {**facts(by_hand), "school": twin}
    assert (system.counts_from, compliance.count(Area(), TODAY).equipped) == (TODAY, 2)
    of_file, of_hand = Change.objects.get(school=school), Change.objects.get(school=twin)
    same = ("subject", "subject_code", "version", "act", "effective_on", "at", "reason", "fields")
    assert [getattr(of_file, name) for name in same] == [getattr(of_hand, name) for name in same]


def test_a_system_that_is_there_is_corrected(school, officer, noon):
    system = CameraSystemFactory(school=school, number=1, supplier="Old")

    done = imported("systems", of(school, number=1, supplier="", storage_days=30), by=officer, at=noon)

    system.refresh_from_db()
    assert (system.supplier, system.storage_days, system.version) == ("", 30, 2)
    change = Change.objects.get()
    assert (change.act, change.bulk_import) == ("corrected", done)
    assert change.fields == {"supplier": ["Old", ""], "storage_days": [None, 30]}


def test_a_system_goes_with_its_cameras_as_by_hand_and_comes_back_with_them(school, officer, noon):
    system = CameraSystemFactory(school=school, number=1)
    camera, silent = CameraFactory(system=system, number=1), CameraFactory(system=system, number=2, state=False)
    before = facts(system), list(Camera.objects.order_by("pk").values()), list(Condition.objects.values())

    done = imported("systems", of(school, number=1, decommissioned_on="2021-08-20"), by=officer, at=noon)

    system.refresh_from_db()
    assert counts(done) == (0, 1, 0)
    assert (system.decommissioned_on, system.counts_until) == (date(2021, 8, 20), TODAY)
    gone = (date(2021, 8, 20), TODAY)
    assert list(Camera.objects.values_list("removed_on", "counts_until")) == [gone, gone]
    assert list(Condition.objects.filter(superseded_at=None).values_list("camera", "state")) == [
        (camera.pk, "removed"),
        (silent.pk, "removed"),
    ]
    acts = ["removed", "removed", "decommissioned"]
    assert list(Change.objects.order_by("pk").values_list("act", flat=True)) == acts
    assert counts(imported("systems", of(school, number=1, decommissioned_on="2021-08-20"), by=officer, at=noon)) == (
        *(0, 0, 1),
    )

    undo(done, by=officer, at=noon)
    system.refresh_from_db()
    cameras = [{**row, "version": 1} for row in Camera.objects.order_by("pk").values()]
    assert (facts(system), cameras, list(Condition.objects.values())) == before


def test_the_same_file_a_second_time_changes_nothing(school, officer, noon):
    CameraSystemFactory(school=school, number=2)
    rows = (of(school, **NEW), of(school, **{**NEW, "number": 2}))
    assert counts(imported("systems", *rows, by=officer, at=noon)) == (1, 1, 0)

    assert counts(imported("systems", *rows, by=officer, at=noon + timedelta(days=9))) == (0, 0, 2)


def test_every_problem_of_every_row_is_told_at_once(school, district, administrator, noon):
    CameraFactory(system=CameraSystemFactory(school=school, number=3, kind="hybrid"), is_digital=False)
    CameraSystemFactory(school=school, number=4, decommissioned_on=date(2020, 1, 1))
    CameraFactory(system=CameraSystemFactory(school=school, number=5), installed_on=date(2021, 8, 1))
    elsewhere = SchoolFactory(district=district)
    row = {**NEW, "decommissioned_on": ""}
    numbers, problems = compared(
        "systems",
        of(school, **row),
        of(school, **row),
        of(elsewhere, **row),
        of(school, **{**row, "number": 2, "kind": "", "storage_tb": 0, "installed_on": "2022-01-01"}),
        of(school, **{**row, "number": 3}),
        of(school, **{**row, "number": 4}),
        of(school, **{**row, "number": 5, "decommissioned_on": "2021-07-01"}),
        of(school, **{**row, "number": 6, "installed_on": "2020-01-01", "commissioned_on": "2022-01-01"}),
        of(school, **{**row, "number": 7, "installed_on": "2020-01-01", "decommissioned_on": "2019-01-01"}),
        by=administrator,
        at=noon,
    )

    assert numbers == (1, 0, 0)
    assert [(row, column) for row, column, _message in problems] == [
        (3, "number"),
        (4, "school"),
        (5, "storage_tb"),
        (5, "kind"),
        (5, "installed_on"),
        (5, "commissioned_on"),
        (6, "kind"),
        (7, "decommissioned_on"),
        (8, "decommissioned_on"),
        (9, "commissioned_on"),
        (10, "commissioned_on"),
        (10, "decommissioned_on"),
    ]
    said = {(row, column): message for row, column, message in problems}
    assert said[6, "kind"] == "Cameras of the other kind hang in this system: it is a hybrid one."
    assert said[7, "decommissioned_on"] == "This system was decommissioned."
    assert said[8, "decommissioned_on"] == "That day lies before the day of the installation."


def test_what_is_there_comes_out_and_goes_in_unchanged(school, officer, noon):
    imported("systems", of(school, **NEW), by=officer, at=noon)
    CameraSystemFactory(school=school, number=2, centre_link="", maintenance_until=date(2022, 1, 1))
    CameraSystemFactory(school=school, number=3, decommissioned_on=date(2020, 1, 1))
    CameraSystemFactory()

    rows = written("systems", officer)

    assert [row["number"] for row in rows] == [1, 2]
    assert counts(imported("systems", *rows, by=officer, at=noon)) == (0, 0, 2)


def test_past_days_keep_their_figures(school, officer, noon):
    CameraFactory(system=CameraSystemFactory(school=school, number=2), state="faulty")
    past = [noon.date() - timedelta(days=days) for days in (1, 300, 2000)]
    before = [compliance.count(Area(), day) for day in past]
    rows = (of(school, **NEW), of(school, **{**NEW, "number": 2}, decommissioned_on="2021-01-01"))

    imported("systems", *[{"decommissioned_on": "", **row} for row in rows], by=officer, at=noon)

    assert [compliance.count(Area(), day) for day in past] == before


def test_an_import_stays_when_cameras_were_hung_on_it(school, officer, noon):
    done = imported("systems", of(school, **NEW), by=officer, at=noon)
    CameraFactory(system=school.systems.get())

    with pytest.raises(Conflict, match=rf"{school.code} 1: Camera"):
        undo(done, by=officer, at=noon)

    assert CameraSystem.objects.exists()


def test_a_new_system_is_taken_back(school, officer, noon):
    done = imported("systems", of(school, **NEW), by=officer, at=noon)

    undo(done, by=officer, at=noon)

    assert not CameraSystem.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize("person", ["inspector", "viewer", "statistician"])
@pytest.mark.parametrize("kind", ["systems", "cameras"])
def test_who_keeps_no_inventory_imports_none(kind, person, request, noon):
    with pytest.raises(PermissionDenied):
        KINDS[kind].compare([], by=request.getfixturevalue(person), at=noon, progress=silent)
