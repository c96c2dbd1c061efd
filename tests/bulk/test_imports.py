"""Files of rows are kept as they were sent, and checked before anything changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import get_language, override

from bulk import jobs, services
from bulk.models import Import
from core.errors import Invalid
from tests.bulk.files import csv_file, xlsx_file
from tests.bulk.regions import ABAI, HEADING, ULYTAU, slugs


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
