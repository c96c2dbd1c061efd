"""Kept figures: made by a recount, read with their staleness, closed when their day is over."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from audits import compliance, figures, services, tasks
from audits.compliance import Counts
from audits.models import AreaFigures, StaleMark, Verdict
from schools.areas import Area
from tests.factories import CameraFactory, DistrictFactory, SchoolFactory, audit_approved, audit_submitted

DAY, NEXT = date(2021, 8, 25), date(2021, 8, 26)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time of day in Almaty."""

    def set_to(*parts):
        moment = timezone.make_aware(datetime(*parts))
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    set_to(2021, 8, 25, 12)
    return set_to


@pytest.fixture
def area(district):
    return Area(district=district)


@pytest.fixture
def equipped(school):
    CameraFactory(system__school=school)
    return school


def kept(area):
    return [(row.as_of, compliance.counts_of(row)) for row in AreaFigures.objects.of(area).order_by("pk")]


def test_a_recount_that_finds_no_change_only_confirms_the_newest_row(area, equipped, clock):
    first = compliance.recompute(area)
    later = clock(2021, 8, 25, 13)

    second = compliance.recompute(area)

    assert (second.pk, second.computed_at) == (first.pk, later)
    assert kept(area) == [(DAY, Counts(unassessed=1))]


def test_every_change_of_a_day_is_kept_as_a_row_of_its_own(area, equipped, clock):
    compliance.recompute(area)
    camera = CameraFactory(system=equipped.systems.get(), state="faulty")
    compliance.recompute(area)
    camera.delete()
    compliance.recompute(area)

    faults = [counts.malfunctioning for _day, counts in kept(area)]
    assert faults == [0, 1, 0]
    assert figures.read(area).counts.malfunctioning == 0


def test_a_recount_twice_late_or_beside_itself_gives_the_same(area, equipped, clock):
    audit_approved(school=equipped)

    assert [compliance.counts_of(compliance.recompute(area)) for _time in range(3)] == [
        Counts(non_compliant=1, editions={"2019": 1})
    ] * 3
    assert len(kept(area)) == 1


def test_a_new_day_gets_a_row_of_its_own_though_nothing_changed(area, equipped, clock):
    compliance.recompute(area)
    clock(2021, 8, 26, 0, 10)
    compliance.recompute(area)

    assert [day for day, _counts in kept(area)] == [DAY, NEXT]


def test_an_approval_just_before_midnight_is_in_the_kept_figures_of_its_day(area, equipped, inspector, head, clock):
    compliance.recompute(area)
    at = clock(2021, 8, 25, 23, 59, 59)
    services.approve(audit=audit_submitted(school=equipped, inspector=inspector), by=head, at=at)
    clock(2021, 8, 26, 0, 0, 1)

    compliance.recompute(area)

    found = Counts(non_compliant=1, editions={"2019": 1})
    assert kept(area) == [(DAY, Counts(unassessed=1)), (DAY, found), (NEXT, found)]
    assert [(point.as_of, point.counts) for point in figures.trend(area, DAY)] == [(DAY, found)]


def test_an_approval_that_is_committed_after_midnight_is_in_the_kept_figures_of_its_day(
    area, equipped, inspector, head, clock
):
    compliance.recompute(area)
    at = clock(2021, 8, 25, 23, 59, 59)
    clock(2021, 8, 26, 0, 0, 1)
    compliance.recompute(area)
    services.approve(audit=audit_submitted(school=equipped, inspector=inspector), by=head, at=at)
    clock(2021, 8, 26, 0, 0, 2)

    compliance.recompute(area)

    assert [counts.non_compliant for day, counts in kept(area) if day == DAY] == [0, 1]


def test_a_day_that_is_over_is_closed_once_however_long_the_workers_were_away(area, equipped, clock):
    compliance.recompute(area)
    audit_approved(school=equipped, approved_at=clock(2021, 8, 25, 18))
    closing = clock(2021, 9, 3, 9)
    compliance.recompute(area)
    clock(2021, 9, 3, 10)
    compliance.recompute(area)

    closed = AreaFigures.objects.of(area).filter(as_of=DAY).newest_first().first()
    assert (closed.non_compliant, closed.computed_at) == (1, closing)


def test_the_sweep_recounts_what_is_marked_and_what_has_no_figures_of_today(area, equipped, clock):
    tasks.sweep_stale_areas()
    assert {row.area.key for row in AreaFigures.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}

    later = clock(2021, 8, 25, 13)
    compliance.mark_stale([area])
    tasks.sweep_stale_areas()

    assert {row.area.key for row in AreaFigures.objects.filter(computed_at=later)} == {area.key}
    assert not StaleMark.objects.exists()


def test_the_sweep_finds_the_mark_of_an_area_that_was_abolished_meanwhile(area, clock):
    area.district.abolished_on = DAY
    area.district.save()
    compliance.mark_stale([area])

    tasks.sweep_stale_areas()

    assert not StaleMark.objects.exists()


def test_an_area_that_cannot_be_counted_keeps_no_other_from_repair_and_is_named(area, equipped, clock, monkeypatch):
    count = compliance.count

    def fail_for_the_region(counted, as_of):
        if counted.kind == "region":
            raise ValueError("spoiled")
        return count(counted, as_of)

    monkeypatch.setattr(compliance, "count", fail_for_the_region)

    with pytest.raises(ExceptionGroup) as failed:
        tasks.sweep_stale_areas()

    assert {row.area.key for row in AreaFigures.objects.all()} == {"kz", "east-kazakhstan/ridder"}
    assert [fault.__notes__ for fault in failed.value.exceptions] == [["while counting east-kazakhstan"]]


def test_the_nightly_recount_leaves_no_area_out(area, equipped, clock):
    DistrictFactory(region=area.district.region)

    tasks.recompute_all_areas()

    assert AreaFigures.objects.filter(as_of=DAY).count() == 4


def test_one_task_recounts_one_area(area, equipped, clock):
    compliance.mark_stale([area, Area()])

    tasks.recompute_area(**area.columns)
    tasks.recompute_area(None, None)

    assert [row.area.key for row in AreaFigures.objects.order_by("pk")] == ["east-kazakhstan/ridder", "kz"]


def test_of_many_requests_for_one_area_only_the_first_counts(area, equipped, clock):
    compliance.mark_stale([area] * 50)
    tasks.recompute_area(**area.columns)
    at = figures.read(area).computed_at
    clock(2021, 8, 25, 13)

    for _request in range(49):
        assert compliance.recompute_if_due(area) is None

    assert figures.read(area).computed_at == at


def test_a_recount_that_fails_leaves_the_area_due(area, equipped, clock, monkeypatch):
    compliance.mark_stale([area])
    monkeypatch.setattr(compliance, "count", lambda *_arguments: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        tasks.recompute_area(**area.columns)

    assert StaleMark.objects.filter(**area.columns).exists()


def test_figures_of_today_are_the_kept_ones_and_say_when_they_were_counted(area, equipped, clock):
    at = clock(2021, 8, 25, 9)
    compliance.recompute(area)
    audit_approved(school=equipped, approved_at=at)
    clock(2021, 8, 25, 12)

    read = figures.read(area)

    assert (read.as_of, read.computed_at, read.counts.unassessed, read.is_stale) == (DAY, at, 1, False)


def test_figures_with_a_mark_are_stale_until_the_recount(area, equipped, clock):
    compliance.recompute(area)
    compliance.mark_stale([area])
    assert figures.read(area).is_stale

    compliance.recompute(area)
    assert not figures.read(area).is_stale


def test_figures_without_a_kept_row_are_counted_now(area, equipped, clock):
    read = figures.read(area)

    assert (read.as_of, read.counts, read.is_stale) == (DAY, Counts(unassessed=1), False)


def test_figures_of_a_past_day_are_counted_from_truth_and_never_stale(area, equipped, clock):
    audit_approved(school=equipped, visited_on=date(2021, 5, 10))
    compliance.mark_stale([area])

    reads = [figures.read(area, day) for day in (date(2021, 5, 9), date(2021, 5, 10))]

    assert [(read.counts.non_compliant, read.is_stale) for read in reads] == [(0, False), (1, False)]


def test_a_mark_is_looked_for_before_the_figures_so_that_old_ones_never_look_fresh(
    area, equipped, clock, django_assert_num_queries
):
    compliance.recompute(area)

    with django_assert_num_queries(2) as asked:
        figures.read(area)

    assert ["stalemark" in query["sql"] for query in asked.captured_queries] == [True, False]


def test_the_parts_of_an_area_are_the_same_kept_and_counted(area, equipped, clock):
    other = SchoolFactory(district=DistrictFactory(region=area.district.region))
    CameraFactory(system__school=other)
    audit_approved(school=equipped)
    whole = Area(region=area.district.region)
    counted = [(part.area.key, part.counts) for part in figures.read_parts(whole)]

    tasks.recompute_all_areas()

    assert [(part.area.key, part.counts) for part in figures.read_parts(whole)] == counted
    assert [part.counts for part in figures.read_parts(Area())] == [figures.read(whole).counts]
    assert figures.read_parts(area) == []


def test_the_parts_say_each_for_itself_whether_it_is_stale(area, equipped, clock):
    DistrictFactory(region=area.district.region)
    tasks.recompute_all_areas()
    compliance.mark_stale([area])

    parts = figures.read_parts(Area(region=area.district.region))

    assert {part.area: part.is_stale for part in parts}[area]
    assert sum(part.is_stale for part in parts) == 1


def test_the_trend_has_one_point_a_month_the_last_kept_by_then(area, equipped, clock):
    for month, day in ((5, 31), (6, 15), (6, 30), (8, 25)):
        clock(2021, month, day, 23)
        compliance.recompute(area)
    audit_approved(school=equipped, approved_at=clock(2021, 8, 25, 23, 30), verdict=Verdict.COMPLIANT)
    compliance.recompute(area)

    points = figures.trend(area, DAY)

    assert [(point.month, point.as_of, point.counts.compliant) for point in points] == [
        (date(2021, 5, 1), date(2021, 5, 31), 0),
        (date(2021, 6, 1), date(2021, 6, 30), 0),
        (date(2021, 8, 1), DAY, 1),
    ]
    assert [point.as_of for point in figures.trend(area, date(2021, 6, 20))] == [date(2021, 5, 31), date(2021, 6, 15)]
