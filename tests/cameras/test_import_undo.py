"""An import of cameras is taken back, as long as nothing was built on it."""

from datetime import timedelta

import pytest

from cameras import services
from cameras.models import Camera
from core.errors import Conflict
from schools.models import Change
from tests.cameras.rows import NEW, TODAY, at, conditions, facts
from tests.factories import CameraFactory, CameraSystemFactory
from tests.imports import counts, imported, undo


@pytest.fixture
def system(school):
    return CameraSystemFactory(school=school, number=1, kind="hybrid")


@pytest.fixture
def camera(system):
    return CameraFactory(system=system, number=7, floor=1)


def test_an_import_is_taken_back_whole(camera, officer, noon):
    before, known = facts(camera), conditions(camera)
    row = {**NEW, "number": 7, "state": "no_power"}
    done = imported("cameras", at(camera.system, **NEW), at(camera.system, **row), by=officer, at=noon)

    undo(done, by=officer, at=noon + timedelta(hours=1))

    now = Camera.objects.get()
    assert (facts(now), conditions(now), now.version) == (before, known, 3)
    assert list(Change.objects.order_by("pk").values_list("act", "version")) == [("corrected", 2), ("import_undone", 3)]
    assert counts(done) == (1, 1, 0)


@pytest.mark.parametrize("what", ["a report", "a correction", "a removal"])
def test_an_import_stays_when_something_was_built_on_it(what, system, officer, noon):
    done = imported("cameras", at(system, **NEW), by=officer, at=noon)
    camera, later = Camera.objects.get(), noon + timedelta(minutes=5)
    acts = {
        "a report": lambda: services.report_condition(
            camera=camera, state="working", observed_on=TODAY, by=officer, at=later
        ),
        "a correction": lambda: services.correct(camera=camera, values={"floor": 1}, reason="", by=officer, at=later),
        "a removal": lambda: services.remove(camera=camera, on=TODAY, reason="Broken", by=officer, at=later),
    }
    acts[what]()

    with pytest.raises(Conflict, match=rf"^This import cannot be undone any more.*{system.school.code} 1/5: "):
        undo(done, by=officer, at=noon + timedelta(hours=1))

    assert Camera.objects.exists()


def test_cameras_that_past_days_have_counted_stay(system, officer, noon):
    done = imported("cameras", at(system, **NEW), by=officer, at=noon)

    with pytest.raises(Conflict, match="1/5: counted in the figures since 25 August 2021"):
        undo(done, by=officer, at=noon + timedelta(days=1))


def test_a_correction_that_no_figure_tells_of_is_taken_back_later(camera, officer, noon):
    done = imported("cameras", at(camera.system, 7, model="New"), by=officer, at=noon)

    undo(done, by=officer, at=noon + timedelta(days=30))

    camera.refresh_from_db()
    assert camera.model == ""
