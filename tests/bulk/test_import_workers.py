"""Workers of imports: one dies, two take the same, two people press at once."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from bulk import jobs, progress, services, tasks
from bulk.models import Import
from core.errors import Conflict
from tests.audits.workers import until
from tests.bulk.files import csv_file
from tests.bulk.regions import ABAI, HEADING, ULYTAU, slugs

# --- Workers ---


def lost(sent, state, *, attempts=1, minutes=2):
    """As a worker that died leaves it."""
    Import.objects.filter(pk=sent.pk).update(
        state=state, attempts=attempts, moved_at=timezone.now() - timedelta(minutes=minutes)
    )
    return sent


def test_a_job_that_is_done_is_not_done_again(send, apply):
    applied = apply(send(csv_file([HEADING, ABAI])))

    jobs.carry_on(applied.pk)

    applied.refresh_from_db()
    assert (applied.state, applied.created) == ("applied", 1)


@pytest.mark.parametrize(("state", "then"), [("uploaded", "ready"), ("checking", "ready"), ("applying", "applied")])
def test_what_a_dead_worker_left_is_swept_up(send, state, then):
    sent = lost(send(csv_file([HEADING, ABAI])), state)

    tasks.sweep_imports()

    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (then, 0)


def test_a_message_on_its_way_is_not_sent_again(send):
    lost(send(csv_file([HEADING, ABAI])), "applying", minutes=0)

    assert jobs.left_alone(timezone.now()) == []


@pytest.mark.parametrize(("state", "then"), [("checking", "failed"), ("applying", "failed"), ("undoing", "applied")])
def test_nothing_hangs_for_ever(send, apply, state, then):
    sent = lost(apply(send(csv_file([HEADING, ABAI]))), state, attempts=3)

    tasks.sweep_imports()

    sent.refresh_from_db()
    assert sent.state == then
    assert sent.problems[0]["message"].startswith("The work on this file was begun three times and never finished.")


def test_a_database_that_is_away_is_tried_again(send, regions, monkeypatch):
    sent = lost(send(csv_file([HEADING, ABAI])), "uploaded", attempts=0)
    compare, answers = regions.compare, iter([OperationalError("away")])

    def away_at_first(rows, **more):
        for fault in answers:
            raise fault
        return compare(rows, **more)

    monkeypatch.setattr(regions, "compare", away_at_first)
    tasks.carry_on_import.apply((sent.pk,), throw=False)

    sent.refresh_from_db()
    assert sent.state == "ready"


def test_how_far_it_is_can_be_seen_from_outside(send, noon, regions, monkeypatch):
    monkeypatch.setattr(progress, "TOLD_EACH", 0)
    heard = []

    def compare(rows, *, progress, **_more):
        heard.append(jobs_heard())
        progress(1)
        heard.append(jobs_heard())
        return jobs.Comparison()

    def jobs_heard():
        return progress.heard(Import.objects.get().pk)

    monkeypatch.setattr(regions, "compare", compare)
    sent = send(csv_file([HEADING, ABAI, ULYTAU]))

    assert heard == [progress.Heard(2, None), progress.Heard(1, 2)]
    jobs.Told(sent.pk)
    assert jobs_heard() == progress.Heard()


# --- Beside itself ---


@pytest.mark.django_db(transaction=True)
def test_an_import_is_applied_once_by_two_who_press_at_once(send, noon, beside):
    sent = send(csv_file([HEADING, ABAI]))
    line = threading.Barrier(2)

    def press():
        line.wait()
        return services.apply(file_import=sent, by=sent.by, at=noon)

    outcomes = [future.exception(20) or future.result() for future in [beside(press), beside(press)]]

    assert sorted(type(each).__name__ for each in outcomes) == ["Conflict", "Import"]
    assert slugs() == ["abai"]


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_leaves_an_import_to_the_first(send, noon, beside, regions, monkeypatch):
    sent = lost(send(csv_file([HEADING, ABAI])), "applying")
    apply, calls, go_on = regions.apply, [], threading.Event()

    def apply_slowly(rows, **more):
        calls.append(rows)
        go_on.wait(20)
        return apply(rows, **more)

    monkeypatch.setattr(regions, "apply", apply_slowly)
    first = beside(lambda: jobs.carry_on(sent.pk))
    until(lambda: calls or first.done())

    jobs.carry_on(sent.pk)
    assert jobs.left_alone(timezone.now() + timedelta(hours=1)) == []
    with pytest.raises(Conflict), transaction.atomic():
        services.undo(file_import=sent, by=sent.by, at=noon)
    go_on.set()
    first.result(20)

    sent.refresh_from_db()
    assert (len(calls), sent.state, slugs()) == (1, "applied", ["abai"])
