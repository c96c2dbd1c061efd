"""Whatever is done to equipment today, what was told of yesterday stays as it was."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.compliance import FACTS, schools_with_standing
from cameras import services
from cameras.models import Camera, CameraSystem
from core.errors import Refused
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory

ACTS = (
    *("install_system", "correct_system", "decommission", "install", "correct", "relocate"),
    *("replace", "remove", "connect", "disconnect", "report_condition"),
)
SOME = st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 400), st.booleans())


@pytest.fixture
def world(district):
    """Two schools with a system each, and cameras in every state."""
    for school in SchoolFactory.create_batch(2, district=district):
        system = CameraSystemFactory(school=school, kind="hybrid")
        CameraFactory(system=system, connected_on=date(2020, 1, 1))
        CameraFactory(system=system, state="faulty")
        CameraFactory(system=system, state=False, connected_on=date(2020, 1, 1), disconnected_on=date(2021, 1, 1))


def told(days):
    columns = ("pk", "standing", *FACTS)
    return {day: list(schools_with_standing(day).order_by("pk").values_list(*columns)) for day in days}


def carry_out(act, which, back, flag, *, by, at):
    """One act on one of the things there are, on a stated day of the last year."""
    cameras, systems = list(Camera.objects.order_by("pk")), list(CameraSystem.objects.order_by("pk"))
    camera, system = {"camera": cameras[which % len(cameras)]}, {"system": systems[which % len(systems)]}
    on, said = at.date() - timedelta(days=back), {"by": by, "at": at, "reason": "tried"}
    dated = {"on": on, **said}
    row = {"zone": "yard", "is_digital": flag, "installed_on": on, "state": "faulty" if flag else ""}
    elsewhere = {"system": systems[back % len(systems)]}
    arguments = {
        "install_system": {
            "school": system["system"].school,
            "values": {"kind": "hybrid", "commissioned_on": on},
            **said,
        },
        "correct_system": {**system, "values": {"commissioned_on": on, "recorder": str(back)}, **said},
        "decommission": {**system, **dated},
        "install": {**system, "cameras": [row, {**row, "connected_on": on}], **said},
        "correct": {**camera, "values": {"installed_on": on, "is_digital": flag}, **said},
        "relocate": {**camera, "values": elsewhere if flag else {"zone": "gate", "number": 90 + which}, **dated},
        "replace": {**camera, "by_values": {"is_digital": flag, "state": "working"}, **dated},
        "remove": {**camera, **dated},
        "connect": {"cameras": cameras[: which + 1], **said},
        "disconnect": {"cameras": [camera["camera"]], **said},
        "report_condition": {
            **camera,
            "state": "working" if flag else "no_power",
            "observed_on": on,
            "by": by,
            "at": at,
        },
    }
    try:
        getattr(services, act)(**arguments[act])
    except Refused:
        return False
    return True


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(SOME, max_size=5), later=st.lists(SOME, min_size=1, max_size=6))
def test_no_act_of_today_changes_what_was_told_of_yesterday(world, head, noon, first, later):
    """The acts of a first day, which make equipment that changed before, and those of today, a week later."""
    days = [noon.date() + timedelta(days=n) for n in (-400, -1, 0, 6)]
    with transaction.atomic():
        for act in first:
            carry_out(*act, by=head, at=noon)
        before = told(days)
        for act in later:
            carry_out(*act, by=head, at=noon + timedelta(days=7))
        after = told(days)
        transaction.set_rollback(True)

    assert after == before


@pytest.mark.parametrize("act", ACTS)
def test_every_act_of_the_property_is_one_that_succeeds(world, head, noon, act):
    assert any(carry_out(act, which, 0, flag, by=head, at=noon) for which in range(3) for flag in (True, False))
