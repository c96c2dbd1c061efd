"""What was known by the end of a day, to the minute. Days end at midnight in Almaty: UTC+6 in 2021, UTC+5 in 2026."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from audits import compliance
from audits.models import Audit, Verdict
from cameras.models import Condition
from core.days import day_of, end_of
from schools.areas import Area
from tests.factories import CameraFactory, CameraSystemFactory, DistrictFactory, SchoolFactory, audit_approved

ALMATY = ZoneInfo("Asia/Almaty")
BEFORE, DAY, AFTER = date(2021, 8, 24), date(2021, 8, 25), date(2021, 8, 26)


def almaty(*parts):
    return datetime(*parts, tzinfo=ALMATY)


def standing_on(school, day):
    return compliance.schools_with_standing(day).get(pk=school.pk).standing


@pytest.fixture
def equipped(school):
    CameraFactory(system__school=school)
    return school


def void(audit, at):
    Audit.objects.filter(pk=audit.pk).update(status="voided", voided_at=at)


@pytest.mark.parametrize(
    ("day", "ends_at"),
    [
        (date(2021, 8, 25), datetime(2021, 8, 25, 18, tzinfo=UTC)),
        (date(2024, 2, 28), datetime(2024, 2, 28, 18, tzinfo=UTC)),
        (date(2024, 2, 29), datetime(2024, 2, 29, 19, tzinfo=UTC)),  # a day of 25 hours: the clock went back
        (date(2026, 8, 25), datetime(2026, 8, 25, 19, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_almaty(day, ends_at):
    assert end_of(day) == ends_at
    assert (day_of(ends_at - timedelta(seconds=1)), day_of(ends_at)) == (day, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("approved_at", "standings"),
    [
        (almaty(2021, 8, 25, 23, 59, 59), ("unassessed", "non_compliant", "non_compliant")),
        (almaty(2021, 8, 26, 0, 0), ("unassessed", "unassessed", "non_compliant")),
        (datetime(2021, 8, 25, 17, 59, 59, tzinfo=UTC), ("unassessed", "non_compliant", "non_compliant")),
        (datetime(2021, 8, 25, 18, 0, tzinfo=UTC), ("unassessed", "unassessed", "non_compliant")),
    ],
)
def test_an_audit_counts_from_the_day_of_its_approval(equipped, approved_at, standings):
    audit_approved(school=equipped, approved_at=approved_at)

    assert tuple(standing_on(equipped, day) for day in (BEFORE, DAY, AFTER)) == standings


@pytest.mark.parametrize(
    ("voided_at", "standings"),
    [
        (almaty(2021, 8, 25, 23, 59, 59), ("non_compliant", "unassessed", "unassessed")),
        (almaty(2021, 8, 26, 0, 0), ("non_compliant", "non_compliant", "unassessed")),
    ],
)
def test_a_voided_audit_counts_until_the_day_before_its_voiding(equipped, voided_at, standings):
    void(audit_approved(school=equipped), voided_at)

    assert tuple(standing_on(equipped, day) for day in (BEFORE, DAY, AFTER)) == standings


def test_when_an_audit_is_voided_the_one_before_it_speaks_again(equipped):
    audit_approved(school=equipped, visited_on=date(2020, 10, 1), verdict=Verdict.COMPLIANT)
    void(audit_approved(school=equipped, visited_on=date(2021, 5, 10)), almaty(2021, 8, 25, 12))

    assert [standing_on(equipped, day) for day in (BEFORE, DAY)] == ["non_compliant", "compliant"]


def test_the_later_visit_speaks_even_when_it_was_approved_first(equipped):
    audit_approved(school=equipped, visited_on=date(2021, 6, 1), approved_at=almaty(2021, 6, 2))
    audit_approved(
        school=equipped, visited_on=date(2021, 5, 1), approved_at=almaty(2021, 8, 25, 9), verdict=Verdict.COMPLIANT
    )

    assert standing_on(equipped, DAY) == "non_compliant"


def test_of_two_visits_on_one_day_the_later_approval_speaks(equipped):
    approvals = {Verdict.COMPLIANT: almaty(2021, 6, 3), Verdict.NON_COMPLIANT: almaty(2021, 6, 2)}
    for verdict, approved_at in approvals.items():
        audit_approved(school=equipped, visited_on=date(2021, 6, 1), approved_at=approved_at, verdict=verdict)

    assert [standing_on(equipped, day) for day in (date(2021, 6, 2), DAY)] == ["non_compliant", "compliant"]


def test_of_two_visits_and_approvals_at_once_the_later_key_speaks(equipped):
    for verdict in (Verdict.NON_COMPLIANT, Verdict.COMPLIANT):
        audit_approved(school=equipped, visited_on=date(2021, 6, 1), approved_at=almaty(2021, 6, 2), verdict=verdict)

    assert standing_on(equipped, DAY) == "compliant"


def test_a_system_counts_from_its_commissioning_until_the_day_before_its_decommissioning(school):
    audit_approved(school=school)
    CameraSystemFactory(school=school, commissioned_on=DAY, decommissioned_on=AFTER)

    assert [standing_on(school, day) for day in (BEFORE, DAY, AFTER)] == ["unequipped", "non_compliant", "unequipped"]


def test_a_condition_counts_from_its_report_until_the_next(equipped):
    camera = equipped.systems.get().cameras.get()
    camera.conditions.update(superseded_at=almaty(2021, 8, 25, 23, 59))
    faulty = Condition.objects.create(
        camera=camera,
        state="faulty",
        observed_on=BEFORE,  # seen the day before, known on the day
        recorded_at=almaty(2021, 8, 25, 23, 59),
        superseded_at=almaty(2021, 8, 26, 0, 0),
    )
    Condition.objects.create(camera=camera, state="working", observed_on=AFTER, recorded_at=faulty.superseded_at)

    assert [compliance.count(Area(), day).malfunctioning for day in (BEFORE, DAY, AFTER)] == [0, 1, 0]


def test_a_report_that_is_superseded_the_same_day_never_reaches_a_figure(equipped):
    camera = equipped.systems.get().cameras.get()
    camera.conditions.update(superseded_at=almaty(2021, 8, 25, 9))
    Condition.objects.create(
        camera=camera,
        state="no_power",
        observed_on=DAY,
        recorded_at=almaty(2021, 8, 25, 9),
        superseded_at=almaty(2021, 8, 25, 15),
    )
    Condition.objects.create(camera=camera, state="working", observed_on=DAY, recorded_at=almaty(2021, 8, 25, 15))

    assert compliance.count(Area(), DAY).malfunctioning == 0


@pytest.mark.parametrize(
    ("camera", "malfunctioning"),
    [
        ({"state": "faulty"}, [1, 1, 1]),
        ({"state": "faulty", "removed_on": DAY}, [1, 0, 0]),
        ({"state": "no_power", "installed_on": DAY}, [0, 1, 1]),
        ({"state": False}, [0, 0, 0]),
    ],
)
def test_only_cameras_that_hang_on_the_day_make_a_school_malfunction(equipped, camera, malfunctioning):
    CameraFactory(system=equipped.systems.get(), **camera)

    assert [compliance.count(Area(), day).malfunctioning for day in (BEFORE, DAY, AFTER)] == malfunctioning


def test_connection_counts_the_cameras_that_hang_and_reach_the_centre_on_the_day(equipped):
    CameraFactory(system=equipped.systems.get(), connected_on=DAY, removed_on=date(2021, 8, 27))
    equipped.systems.get().cameras.filter(connected_on=None).update(connected_on=AFTER)

    connections = [
        (counts.connected_fully, counts.connected_partly, counts.not_connected)
        for counts in (compliance.count(Area(), day) for day in (BEFORE, DAY, AFTER))
    ]

    assert connections == [(0, 0, 1), (0, 1, 0), (1, 0, 0)]


def test_a_school_that_moves_is_counted_where_it_was_on_the_day(equipped, district):
    new = DistrictFactory(region=district.region)
    equipped.placements.update(valid_to=DAY)
    equipped.placements.create(district=new, valid_from=DAY)
    audit_approved(school=equipped, approved_at=almaty(2021, 8, 24, 12))

    def non_compliant(area):
        return [compliance.count(area, day).non_compliant for day in (BEFORE, DAY)]

    assert non_compliant(Area(district=district)) == [1, 0]
    assert non_compliant(Area(district=new)) == [0, 1]
    assert non_compliant(Area(region=district.region)) == [1, 1]


def test_a_school_is_on_the_roll_from_its_opening_until_the_day_before_its_closing(district):
    SchoolFactory(district=district, opened_on=DAY, closed_on=AFTER)

    assert [compliance.count(Area(district=district), day).roll for day in (BEFORE, DAY, AFTER)] == [0, 1, 0]
