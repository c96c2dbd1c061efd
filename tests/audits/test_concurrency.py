"""Two at once, each in a session of its own, with real commits: who waits for whom, and what is true afterwards."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audits import compliance, kept_facts, services, tasks
from audits.compliance import Counts
from audits.models import AreaFigures, SchoolFacts, StaleMark, Status
from cameras import services as inventory
from cameras.models import Condition
from core.errors import Conflict
from schools import services as roll
from schools.areas import Area
from schools.models import School
from tests.audits.workers import until
from tests.beside import at_once, outcome, refused, somebody_waits
from tests.factories import CameraFactory, DistrictFactory, SchoolFactory, audit_submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """Recounts are made by the tests themselves, when it suits them."""
    monkeypatch.setattr(tasks.recompute_area, "delay", lambda **_columns: None)


@pytest.fixture
def equipped(school):
    CameraFactory(system__school=school)
    return school


def test_of_two_approvals_of_one_audit_at_once_one_is_refused(beside, equipped, inspector, head, noon):
    audit = audit_submitted(school=equipped, inspector=inspector)

    outcomes = at_once(beside, *[lambda: services.approve(audit=audit, by=head, at=noon)] * 2)

    assert [type(each) for each in refused(outcomes)] == [services.NotAllowedFrom]
    assert audit.events.filter(became=Status.APPROVED).count() == 1
    assert equipped.violations.count() == 1


def test_an_approval_waits_for_the_return_of_the_same_audit_and_is_refused(beside, equipped, inspector, head, noon):
    audit = audit_submitted(school=equipped, inspector=inspector)
    with transaction.atomic():
        services.return_(audit=audit, reason="The yard is not described", by=head, at=noon)
        approval = beside(lambda: services.approve(audit=audit, by=head, at=noon))
        until(somebody_waits)
        assert not approval.done()

    assert isinstance(outcome(approval), services.NotAllowedFrom)
    audit.refresh_from_db()
    assert audit.status == Status.RETURNED


def test_audits_of_one_school_approved_at_once_leave_one_ledger(beside, equipped, inspector, head, noon):
    audits = [
        audit_submitted(school=equipped, inspector=inspector, visited_on=noon.date() - timedelta(days=days))
        for days in range(4)
    ]

    outcomes = at_once(
        beside, *(lambda audit=audit: services.approve(audit=audit, by=head, at=noon) for audit in audits)
    )

    assert refused(outcomes) == []
    violation = equipped.violations.exclude(state="annulled").get()
    assert (violation.found_by, violation.seen_by) == (audits[3], audits[0])


def test_approval_and_voiding_at_once_do_not_wait_for_each_other_crosswise(beside, equipped, inspector, head, noon):
    old, new = (audit_submitted(school=equipped, inspector=inspector) for _audit in range(2))
    services.approve(audit=old, by=head, at=noon)

    outcomes = at_once(
        beside,
        lambda: services.void(audit=old, reason="Wrong school", by=head, at=noon),
        lambda: services.approve(audit=new, by=head, at=noon),
    )

    assert refused(outcomes) == []
    assert equipped.violations.exclude(state="annulled").get().found_by == new


def test_approvals_in_one_region_do_not_wait_for_each_other(beside, district, inspector, head, noon):
    first, second = (
        audit_submitted(school=SchoolFactory(district=district), inspector=inspector) for _school in range(2)
    )
    with transaction.atomic():
        services.approve(audit=first, by=head, at=noon)

        assert outcome(beside(lambda: services.approve(audit=second, by=head, at=noon))).status == Status.APPROVED


def test_a_recount_does_not_hold_up_approvals_nor_new_schools(beside, equipped, district, inspector, head, noon):
    audit = audit_submitted(school=equipped, inspector=inspector)
    with transaction.atomic():
        for area in (Area(), Area(region=district.region), Area(district=district)):
            compliance.recompute(area)

        assert outcome(beside(lambda: services.approve(audit=audit, by=head, at=noon))).status == Status.APPROVED
        assert outcome(beside(lambda: SchoolFactory(district=district))).pk


def test_the_count_that_is_stored_last_is_the_one_that_was_made_last(beside, equipped, inspector, head, monkeypatch):
    audit = audit_submitted(school=equipped, inspector=inspector)
    count, counted, go_on = compliance.count, threading.Event(), threading.Event()

    def count_and_dawdle(area, day):
        found = count(area, day)
        if not counted.is_set():
            counted.set()
            go_on.wait(20)
        return found

    monkeypatch.setattr(compliance, "count", count_and_dawdle)
    slow = beside(lambda: compliance.recompute(Area()))
    assert counted.wait(20)
    services.approve(audit=audit, by=head, at=timezone.now())
    late = beside(lambda: compliance.recompute(Area()))
    until(somebody_waits)  # the late recount may not overtake the slow one
    go_on.set()

    assert (outcome(slow).unassessed, outcome(late).non_compliant) == (1, 1)
    newest = AreaFigures.objects.of(Area()).newest_first().first()
    assert compliance.counts_of(newest) == Counts(non_compliant=1, editions={"2019": 1})


def test_a_change_that_commits_during_a_recount_keeps_its_mark(beside, equipped, inspector, head, monkeypatch):
    audit = audit_submitted(school=equipped, inspector=inspector)
    compliance.mark_stale([Area()])
    count = compliance.count

    def approve_and_count(area, day):
        found = count(area, day)
        outcome(beside(lambda: services.approve(audit=audit, by=head, at=timezone.now())))
        return found

    monkeypatch.setattr(compliance, "count", approve_and_count)
    assert compliance.recompute(Area()).unassessed == 1
    monkeypatch.setattr(compliance, "count", count)

    assert StaleMark.objects.filter(**Area().columns).count() == 1
    assert compliance.recompute_if_due(Area()).non_compliant == 1


def test_a_request_that_waited_for_a_recount_that_failed_counts_itself(beside, equipped):
    compliance.mark_stale([Area()])
    with transaction.atomic():
        compliance.recompute(Area())
        waiting = beside(lambda: compliance.recompute_if_due(Area()))
        until(somebody_waits)
        transaction.set_rollback(True)

    assert outcome(waiting).unassessed == 1
    assert not StaleMark.objects.exists()


def test_recounts_of_different_areas_do_not_wait_for_each_other(beside, equipped, district):
    with transaction.atomic():
        compliance.recompute(Area(district=district))

        assert outcome(beside(lambda: compliance.recompute(Area(region=district.region)))).unassessed == 1


def test_of_two_reports_of_one_camera_at_once_one_is_the_present(beside, equipped, head, noon):
    camera = equipped.systems.get().cameras.get()
    reports = [
        lambda state=state, at=at: inventory.report_condition(
            camera=camera, state=state, observed_on=noon.date(), by=head, at=at
        )
        for state, at in (("faulty", noon), ("no_power", noon - timedelta(milliseconds=5)))
    ]

    assert refused(at_once(beside, *reports)) == []
    assert Condition.objects.filter(camera=camera, superseded_at=None).count() == 1
    assert camera.conditions.count() == 3


def test_a_school_is_closed_once_by_two_at_once(beside, equipped, head):
    tomorrow = timezone.localdate() + timedelta(days=1)

    outcomes = at_once(
        beside, *[lambda: roll.close(school=equipped, on=tomorrow, reason="Order 7", by=head, at=timezone.now())] * 2
    )

    assert [type(each) for each in refused(outcomes)] == [Conflict]


def test_a_school_that_two_move_at_once_is_in_one_district(beside, equipped, region, head):
    tomorrow = timezone.localdate() + timedelta(days=1)
    targets = DistrictFactory.create_batch(2, region=region)

    outcomes = at_once(
        beside,
        *(
            lambda to=to: roll.move(school=equipped, to=to, on=tomorrow, reason="Order 7", by=head, at=timezone.now())
            for to in targets
        ),
    )

    assert len(refused(outcomes)) == 1
    assert School.objects.get(pk=equipped.pk).placements.on(tomorrow).count() == 1


def test_a_copy_of_the_facts_waits_for_a_change_and_has_it(beside, equipped, head):
    with transaction.atomic():
        report(equipped, head)
        copy = beside(lambda: kept_facts.keep([equipped.pk]))
        until(somebody_waits)

    assert outcome(copy) is None
    assert SchoolFacts.objects.get().is_malfunctioning is True


def test_a_change_waits_for_a_copy_of_the_facts_and_forgets_it(beside, equipped, head):
    with transaction.atomic():
        kept_facts.keep([equipped.pk])
        change = beside(lambda: report(equipped, head))
        until(somebody_waits)

    assert outcome(change).state == "faulty"
    assert not SchoolFacts.objects.exists()


def report(school, head):
    camera = school.systems.get().cameras.get()
    return inventory.report_condition(
        camera=camera, state="faulty", observed_on=timezone.localdate(), by=head, at=timezone.now()
    )
