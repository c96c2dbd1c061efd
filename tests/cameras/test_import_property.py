"""An import writes what the same acts would have written one by one."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cameras import services
from cameras.models import Camera, Condition, FormerConnection
from schools.models import School
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory
from tests.imports import imported, undo

TODAY, THEN = date(2021, 8, 25), date(2020, 1, 1)
ROW = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(["corridor", "yard", "gate"]),
        "is_digital": st.just(True),
        "model": st.sampled_from(["", "A", '"; quoted\\']),
        "installed_on": st.sampled_from([THEN, TODAY]),
        "floor": st.sampled_from([None, 1, 2]),
        "is_outdoor": st.booleans(),
        "connected": st.sampled_from([None, True, False]),
        "state": st.sampled_from(["", "working", "faulty"]),
    }
)
HANGING = st.fixed_dictionaries(
    {
        "connected_on": st.sampled_from([None, date(2019, 1, 1)]),
        "is_cut_off": st.booleans(),
        "state": st.sampled_from([False, "working", "faulty"]),
    }
)


def world(district, hanging):
    system = CameraSystemFactory(school=SchoolFactory(district=district), number=1)
    for number, camera in hanging.items():
        ended = date(2020, 6, 1) if camera["connected_on"] and camera["is_cut_off"] else None
        days = {"connected_on": camera["connected_on"], "disconnected_on": ended, "installed_on": date(2018, 1, 1)}
        CameraFactory(system=system, number=number, state=camera["state"], **days)
    return system


def act(system, number, row, *, by, at):
    """What a person would do who has the row in hand."""
    who = {"by": by, "at": at}
    values = {name: value for name, value in row.items() if name not in {"connected", "state"}}
    camera = system.cameras.filter(number=number).first()
    if camera is None:
        connected_on = TODAY if row["connected"] else None
        rows = [{**values, "number": number, "connected_on": connected_on, "state": row["state"]}]
        services.install(system=system, cameras=rows, **who)
        return
    services.correct(camera=camera, values=values, reason="", **who)
    if row["connected"] is not None:
        switch = services.connect if row["connected"] else services.disconnect
        switch(cameras=[camera], **who)
    if row["state"]:
        services.report_condition(camera=camera, state=row["state"], observed_on=TODAY, **who)


def facts(system):
    """All that is known of the equipment, without keys and versions."""
    cameras = Camera.objects.filter(system=system).order_by("number")
    unlike = {"id", "version", "system", "system_id", "camera", "camera_id"}

    def plain(rows):
        return [{name: value for name, value in row.items() if name not in unlike} for row in rows]

    of_these = {"camera__system": system}
    conditions = Condition.objects.filter(**of_these).order_by("camera__number", "pk")
    former = FormerConnection.objects.filter(**of_these).order_by("camera__number", "pk")
    return plain(cameras.values()), plain(conditions.values()), plain(former.values())


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).replace('"', '""')


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hanging=st.dictionaries(st.integers(1, 3), HANGING, max_size=3),
    rows=st.dictionaries(st.integers(1, 4), ROW, min_size=1, max_size=4),
)
def test_an_import_is_the_same_acts_one_by_one_and_its_undo_is_none(district, head, noon, hanging, rows):
    with transaction.atomic():
        by_hand, by_file = world(district, hanging), world(district, hanging)
        before = facts(by_file)
        for number, row in rows.items():
            act(by_hand, number, row, by=head, at=noon)
        code = School.objects.get(systems=by_file).code
        key = {"school": code, "system": 1}
        table = [{**key, "number": n, **{name: cell(value) for name, value in row.items()}} for n, row in rows.items()]

        done = imported("cameras", *table, by=head, at=noon)

        assert facts(by_file) == facts(by_hand)
        undo(done, by=head, at=noon)
        assert facts(by_file) == before
        transaction.set_rollback(True)
