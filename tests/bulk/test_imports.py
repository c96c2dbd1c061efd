"""Files of rows: checked first, applied whole or not at all, undone while nothing was built on them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from bulk import jobs, progress, services, tasks
from bulk.models import Import
from core.errors import Conflict, Invalid
from schools.models import Region
from tests.audits.workers import until
from tests.bulk.files import csv_file, xlsx_file
from tests.factories import DistrictFactory

HEADING = ["slug", "name_kk", "name_ru", "kind"]
ABAI = ["abai", "Абай облысы", "Область Абай", "region"]
ULYTAU = ["ulytau", "Ұлытау облысы", "Область Улытау", "region"]


def slugs():
    return list(Region.objects.exclude(slug="east-kazakhstan").order_by("slug").values_list("slug", flat=True))


def said(sent):
    return [(problem["row"], problem["column"], problem["message"]) for problem in sent.problems]


# --- Sending ---


def test_a_file_is_kept_as_it_was_sent_and_checked_after_the_commit(head, noon, django_capture_on_commit_callbacks):
    content = csv_file([HEADING, ABAI])
    with django_capture_on_commit_callbacks(execute=True):
        sent = services.upload(
            file=SimpleUploadedFile("Облыстар.csv", content), kind="regions", reason=" Letter 12 ", by=head, at=noon
        )
        assert (sent.state, sent.is_at_work) == ("uploaded", True)

    sent.refresh_from_db()
    assert (sent.state, sent.is_at_work) == ("ready", False)
    assert (sent.filename, sent.reason, sent.by, sent.uploaded_at) == ("Облыстар.csv", "Letter 12", head, noon)
    assert sent.file.read() == content


def test_everything_that_is_wrong_with_a_file_is_said_at_once(head, noon, monkeypatch):
    monkeypatch.setattr(services, "LARGEST_FILE", 1024 * 1024)
    large = SimpleUploadedFile("x.csv", b"x" * (1024 * 1024 + 1))

    with override("en"), pytest.raises(Invalid) as refused:
        services.upload(file=large, kind="regions", reason=" ", by=head, at=noon)

    assert refused.value.problems == [
        "The file is larger than 1 MB. Divide it.",
        "Say why these rows are brought in: the history of each will quote it.",
    ]
    assert not Import.objects.exists()


@pytest.mark.parametrize(("content", "reason"), [(b"", "Letter 12"), (b"slug", "x" * 501)])
def test_an_empty_file_and_an_endless_reason_are_refused(head, noon, content, reason):
    with pytest.raises(Invalid):
        services.upload(file=SimpleUploadedFile("x.csv", content), kind="regions", reason=reason, by=head, at=noon)


def test_rows_of_no_kind_are_refused(head, noon):
    with pytest.raises(Invalid):
        services.upload(file=SimpleUploadedFile("x.csv", b"x"), kind="pupils", reason="x", by=head, at=noon)


@pytest.mark.parametrize("person", ["inspector", "viewer", "administrator", "statistician"])
def test_only_whom_the_kind_is_open_to_sends_rows_of_it(request, noon, person):
    with pytest.raises(PermissionDenied):
        services.upload(
            file=SimpleUploadedFile("x.csv", b"x"),
            kind="regions",
            reason="x",
            by=request.getfixturevalue(person),
            at=noon,
        )


def test_a_name_too_long_keeps_its_ending(send):
    assert send(csv_file([HEADING, ABAI]), name="a" * 300 + ".csv").filename == "a" * 196 + ".csv"


# --- Checking ---


@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_the_check_counts_and_writes_nothing(send, region, write):
    same = [region.slug, region.name_kk, region.name_ru, region.kind]

    sent = send(write([HEADING, ABAI, ULYTAU, same]))

    assert (sent.state, sent.problems) == ("ready", [])
    assert (sent.created, sent.changed, sent.unchanged, sent.rows_total) == (2, 0, 1, 3)
    assert (sent.checked_at is not None, sent.applied_at) == (True, None)
    assert slugs() == []


def test_problems_of_reading_and_of_the_rows_come_together_in_the_order_of_the_rows(send):
    sent = send(csv_file([HEADING, ABAI, ["x", "refused", "", "village"], ["", "", "", ""], ["", "a", "", ""]]))

    assert (sent.state, sent.created) == ("refused", 2)
    assert [(row, column) for row, column, _message in said(sent)] == [(3, "kind"), (3, "name_kk"), (5, "slug")]


def test_rows_under_a_wrong_heading_are_no_rows_of_the_kind(send):
    sent = send(csv_file([["slug", "colour"], ["abai", "red"]]))

    assert (sent.state, sent.created) == ("refused", 0)
    assert [(row, column) for row, column, _message in said(sent)] == [(1, "")]


def test_a_file_that_cannot_be_read_is_refused_and_says_why(send):
    sent = send(b"%PDF\x00")

    assert sent.state == "refused"
    assert [(row, column) for row, column, _message in said(sent)] == [(None, "")]


def test_the_worker_speaks_the_language_of_the_person(head, noon, regions, monkeypatch):
    spoken = []
    monkeypatch.setattr(regions, "compare", lambda rows, **_more: spoken.append(get_language()) or 1 / 0)
    with override("ru"):
        sent = services.upload(
            file=SimpleUploadedFile("x.csv", csv_file([HEADING, ABAI])), kind="regions", reason="x", by=head, at=noon
        )

    with override("kk"), pytest.raises(ZeroDivisionError):
        jobs.carry_on(sent.pk)

    assert spoken == ["ru"]


# --- Applying ---


def test_a_checked_file_is_applied_whole(send, apply, region):
    applied = apply(send(csv_file([HEADING, ABAI, ["east-kazakhstan", "ШҚО", region.name_ru, "region"]])))

    assert (applied.state, applied.created, applied.changed) == ("applied", 1, 1)
    assert applied.applied_at is not None
    assert (slugs(), Region.objects.get(slug="east-kazakhstan").name_kk) == (["abai"], "ШҚО")


def test_the_same_file_a_second_time_changes_nothing(send, apply):
    content = csv_file([HEADING, ABAI, ULYTAU])
    apply(send(content))

    again = send(content)

    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)


@pytest.mark.parametrize("state", [state for state in Import.State if state != "ready"])
def test_only_what_was_checked_without_problem_is_applied(send, noon, state):
    sent = send(csv_file([HEADING, ABAI]))
    Import.objects.filter(pk=sent.pk).update(state=state, applied_at=noon)

    with pytest.raises(Conflict):
        services.apply(file_import=sent, by=sent.by, at=noon)
    assert slugs() == []


def test_what_moved_since_the_check_is_found_and_nothing_is_written(send, apply, regions, monkeypatch):
    sent = send(csv_file([HEADING, ABAI, ["east-kazakhstan", "x", "", "region"]]))
    compare = regions.compare

    def somebody_was_faster(rows, **more):
        result = compare(rows, **more)
        result.problems.append(jobs.Problem(3, "slug", "Gone."))
        return result

    monkeypatch.setattr(regions, "compare", somebody_was_faster)
    refused = apply(sent)

    assert (refused.state, said(refused), refused.applied_at) == ("refused", [(3, "slug", "Gone.")], None)
    assert slugs() == []


def test_a_fault_halfway_leaves_nothing_and_is_told(send, noon, regions, monkeypatch):
    sent = send(csv_file([HEADING, ABAI, ULYTAU]))
    create = Region.objects.update_or_create

    def fail_at_the_second(slug, **more):
        return create(slug=slug, **more) if slug == "abai" else 1 / 0

    monkeypatch.setattr(Region.objects, "update_or_create", fail_at_the_second)
    services.apply(file_import=sent, by=sent.by, at=noon)
    with pytest.raises(ZeroDivisionError):
        jobs.carry_on(sent.pk)

    sent.refresh_from_db()
    assert (sent.state, sent.applied_at, slugs()) == ("failed", None, [])
    assert said(sent)[0][2].startswith("A fault of the portal stopped the work")


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": "country_viewer"}])
def test_who_lost_the_right_meanwhile_applies_nothing(send, head, noon, lost):
    sent = send(csv_file([HEADING, ABAI]))
    services.apply(file_import=sent, by=head, at=noon)
    type(head).objects.filter(pk=head.pk).update(**lost)

    jobs.carry_on(sent.pk)

    sent.refresh_from_db()
    assert (sent.state, slugs()) == ("refused", [])


@pytest.mark.parametrize("act", [services.apply, services.undo])
@pytest.mark.parametrize("person", ["officer", "stranger", "viewer"])
def test_nobody_acts_on_the_file_of_another(request, send, noon, act, person):
    sent = send(csv_file([HEADING, ABAI]))

    with pytest.raises(PermissionDenied):
        act(file_import=sent, by=request.getfixturevalue(person), at=noon)


# --- Undoing ---


def test_an_undone_import_leaves_what_it_found(send, apply, undo, region):
    before = list(Region.objects.order_by("pk").values())

    undone = undo(apply(send(csv_file([HEADING, ABAI, ["east-kazakhstan", "ШҚО", "", "city"]]))))

    assert (undone.state, undone.created, undone.problems) == ("undone", 1, [])
    assert undone.undone_at >= undone.applied_at
    assert list(Region.objects.order_by("pk").values()) == before


def test_an_import_that_something_was_built_on_stays_and_says_what(send, apply, undo):
    applied = apply(send(csv_file([HEADING, ABAI])))
    DistrictFactory(region=Region.objects.get(slug="abai"), slug="semey")

    refused = undo(applied)

    assert (refused.state, said(refused)) == ("applied", [(None, "", "District semey lies in it.")])
    assert slugs() == ["abai"]


def test_an_undo_that_fails_leaves_the_import_applied(send, apply, noon, regions, monkeypatch):
    applied = apply(send(csv_file([HEADING, ABAI])))
    monkeypatch.setattr(regions, "undo", lambda *_import, **_more: 1 / 0)
    services.undo(file_import=applied, by=applied.by, at=noon)

    with pytest.raises(ZeroDivisionError):
        jobs.carry_on(applied.pk)

    applied.refresh_from_db()
    assert (applied.state, slugs()) == ("applied", ["abai"])


@pytest.mark.parametrize("state", [state for state in Import.State if state != "applied"])
def test_only_what_is_applied_is_undone(send, apply, noon, state):
    applied = apply(send(csv_file([HEADING, ABAI])))
    Import.objects.filter(pk=applied.pk).update(state=state)

    with pytest.raises(Conflict):
        services.undo(file_import=applied, by=applied.by, at=noon)


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
    assert said(sent)[0][2].startswith("The work on this file was begun three times and never finished.")


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


@pytest.fixture
def beside():
    with ThreadPoolExecutor(2) as threads:

        def run(act):
            def in_own_session():
                try:
                    return act()
                finally:
                    connection.close()

            return threads.submit(in_own_session)

        yield run


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
