"""From the commit to the figures, through a real broker and a real worker process; and what happens when one fails."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from audits import compliance, figures, services, tasks
from audits.compliance import ADVISORY_LOCK_OF_FIGURES, Counts
from audits.models import AreaFigures, StaleMark, Status
from schools.areas import Area, all_areas
from tests.audits import workers
from tests.audits.workers import Worker, until
from tests.factories import CameraFactory, DistrictFactory, SchoolFactory, audit_submitted

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

SENT = [tasks.recompute_area, tasks.sweep_stale_areas]


@pytest.fixture(scope="module")
def running(django_db_setup, django_db_blocker, tmp_path_factory):
    """One worker with two processes for the whole module."""
    with django_db_blocker.unblock():
        worker = Worker(f"trials-{os.getpid()}", tmp_path_factory.mktemp("worker") / "log", "--concurrency=2")
    yield worker
    worker.kill()
    worker.clear()


def send_to(queue, monkeypatch):
    """Only to the worker of this test, whoever else listens at the broker."""
    for task in SENT:
        monkeypatch.setattr(task, "_exec_options", {"queue": queue})


@pytest.fixture
def worker(running, transactional_db, monkeypatch):
    """The worker is at work and takes what this process sends."""
    with workers.broker_at(current_app.conf.broker_url), running.idle_afterwards():
        send_to(running.queue, monkeypatch)
        before = running.done
        tasks.recompute_area.delay(None, None)
        until(lambda: running.done > before, to="warm the worker up")
        yield running


@pytest.fixture
def equipped(school):
    CameraFactory(system__school=school)
    return school


@pytest.fixture
def audit(equipped, inspector):
    return audit_submitted(school=equipped, inspector=inspector)


@pytest.fixture
def areas(district):
    return [Area(), Area(region=district.region), Area(district=district)]


def are_exact(areas):
    """The kept figures of every area are what a count gives now, and none is due."""
    today = timezone.localdate()
    kept = [figures.read(area) for area in areas]
    return all(AreaFigures.objects.of(area).exists() for area in areas) and [
        (read.counts, read.is_stale) for read in kept
    ] == [(compliance.count(area, today), False) for area in areas]


def test_figures_are_fresh_within_two_seconds_of_the_commit(worker, audit, areas, head):
    services.approve(audit=audit, by=head, at=timezone.now())

    assert until(lambda: are_exact(areas)) < 2
    assert [figures.read(area).counts for area in areas] == [Counts(non_compliant=1, editions={"2019": 1})] * 3


def test_a_rollback_enqueues_nothing_and_leaves_nothing_stale(worker, audit, areas, head):
    before = worker.received
    with transaction.atomic():
        services.approve(audit=audit, by=head, at=timezone.now())
        transaction.set_rollback(True)
    assert (StaleMark.objects.count(), figures.read(Area()).counts.unassessed) == (0, 1)

    with worker.idle_afterwards():
        tasks.recompute_area.delay(None, None)  # comes after whatever the approval would have sent

    assert worker.received == before + 1
    assert not AreaFigures.objects.exists()


def test_the_same_approval_twice_counts_once(worker, audit, areas, head):
    before = worker.received
    services.approve(audit=audit, by=head, at=timezone.now())
    with pytest.raises(services.NotAllowedFrom):
        services.approve(audit=audit, by=head, at=timezone.now())

    until(lambda: are_exact(areas))
    assert worker.received == before + 3
    assert audit.events.filter(became=Status.APPROVED).count() == 1


def test_a_message_that_comes_again_changes_nothing(worker, equipped):
    before = worker.done
    compliance.mark_stale([Area()])
    for _time in range(4):
        tasks.recompute_area.delay(None, None)

    until(lambda: worker.done == before + 4)
    assert [row.unassessed for row in AreaFigures.objects.all()] == [1]


@pytest.mark.parametrize(("broker", "patience"), [(workers.dead_broker, 3), (workers.mute_broker, 4)])
def test_an_approval_goes_through_without_a_broker_and_the_sweep_repairs_its_figures(
    worker, audit, areas, head, broker, patience
):
    with broker() as address, workers.broker_at(address):
        took = until(lambda: services.approve(audit=audit, by=head, at=timezone.now()))

    audit.refresh_from_db()
    assert (audit.status, took < patience) == (Status.APPROVED, True)
    assert {mark.area for mark in StaleMark.objects.all()} == set(areas)

    tasks.sweep_stale_areas.delay()

    until(lambda: are_exact(areas))
    assert not StaleMark.objects.exists()


@contextmanager
def in_another_session():
    """A second connection to the database, in a transaction of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.rollback()
        other.close()


def waiting_for_a_lock(kind):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database() AND locktype = %s",
            [kind],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("lock", "kind"),
    [
        (f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK_OF_FIGURES}, 0)", "advisory"),  # before it has begun to count
        ("LOCK TABLE audits_areafigures IN SHARE MODE", "relation"),  # when it has counted and would store
    ],
)
def test_a_worker_that_is_killed_in_a_recount_leaves_the_mark_and_the_sweep_repairs(
    worker, audit, areas, head, monkeypatch, tmp_path, lock, kind
):
    victim = Worker(f"{worker.queue}-victim", tmp_path / "log", "--pool=solo")
    send_to(victim.queue, monkeypatch)
    try:
        with in_another_session() as cursor:
            cursor.execute(lock)
            services.approve(audit=audit, by=head, at=timezone.now())
            until(lambda: waiting_for_a_lock(kind), to="begin the recount")
            victim.kill()
    finally:
        victim.kill()
        victim.clear()
    until(lambda: not waiting_for_a_lock(kind))

    assert StaleMark.objects.filter(**Area().columns).exists()
    assert not AreaFigures.objects.exists()
    send_to(worker.queue, monkeypatch)
    tasks.sweep_stale_areas.delay()

    until(lambda: are_exact(areas))
    assert not StaleMark.objects.exists()


def test_fifty_approvals_in_one_region_at_once_give_exact_figures(worker, region, inspector, head):
    districts = DistrictFactory.create_batch(3, region=region)
    audits = []
    for number in range(50):
        school = SchoolFactory(district=districts[number % 3])
        CameraFactory(system__school=school)
        audits.append(audit_submitted(school=school, inspector=inspector))
    begin = threading.Barrier(10)

    def approve(batch):
        begin.wait()
        try:
            for audit in batch:
                services.approve(audit=audit, by=head, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as people:
        list(people.map(approve, [audits[start::10] for start in range(10)]))

    until(lambda: not StaleMark.objects.exists(), 30, to="recount after 50 approvals")
    assert are_exact(all_areas(timezone.localdate()))
    assert [figures.read(area).counts.non_compliant for area in all_areas(timezone.localdate())] == [50, 50, 17, 17, 16]
