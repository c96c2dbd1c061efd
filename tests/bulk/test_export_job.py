"""The worker that makes long lists into files: with the rights of the person then, once, whole or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from bulk import export_job, exports, tasks
from bulk.models import Export
from core.errors import Conflict, Invalid
from tests.bulk.lists import rows_of, xlsx_table


def worked(export):
    """The export after a worker had it, whatever became of it."""
    tasks.make_export.apply((str(export.pk),), throw=False)
    export.refresh_from_db()
    return export


def test_the_file_is_made_in_the_language_it_was_asked_in(ask):
    with override("kk"):
        export = ask(format="csv")
    export_job.make(export.pk)

    export.refresh_from_db()
    assert "Тіл;Қазақша" in export.file.read().decode("utf-8-sig")


def test_the_rights_are_those_of_the_moment_it_is_made(ask, head):
    export = ask(rows=3)
    head.role = "inspector"
    head.save()

    export_job.make(export.pk)

    export.refresh_from_db()
    assert (export.rows_total, len(rows_of(xlsx_table(export.file.read())))) == (1, 1)


def test_a_person_who_has_left_gets_nothing(ask, head):
    export = ask()
    head.is_active = False
    head.save()

    assert (worked(export).state, export.file.name) == ("failed", "")


def test_a_list_that_is_no_more_is_told_to_the_person(ask, lines, monkeypatch):
    export = ask()
    monkeypatch.setattr(lines, "is_valid", False)

    assert worked(export).state == "failed"


def test_a_list_that_changed_while_it_was_written_is_written_again(ask, lines, monkeypatch):
    export = ask(rows=2)
    rows, written = lines.rows, []

    def one_row_is_gone_at_first(self):
        written.append(self)
        return list(rows(self))[: 1 if len(written) == 1 else None]

    monkeypatch.setattr(lines, "rows", one_row_is_gone_at_first)
    export_job.make(export.pk)

    export.refresh_from_db()
    assert len(written) == 2
    assert rows_of(xlsx_table(export.file.read())) == [[0.0, "=line 0"], [1.0, "=line 1"]]


def test_a_list_that_never_stands_still_is_given_up_and_not_cut(ask, lines, monkeypatch):
    monkeypatch.setattr(lines, "rows", lambda _self: iter([(0, "x")]))
    export = ask(rows=2)

    with pytest.raises(export_job.NotMade):
        export_job.make(export.pk)

    assert not default_storage.exists("exports") or not default_storage.listdir("exports")[1]


def test_made_twice_it_is_one_file(made):
    export = made()
    first = export.ready_at

    export_job.make(export.pk)

    export.refresh_from_db()
    assert export.ready_at == first
    assert default_storage.listdir("exports")[1] == [f"{export.pk}.xlsx"]


def test_of_two_workers_the_slower_leaves_no_file(ask, lines, monkeypatch):
    export = ask()
    rows = lines.rows

    def another_worker_meanwhile(self):
        monkeypatch.setattr(lines, "rows", rows)
        export_job.make(export.pk)
        return rows(self)

    monkeypatch.setattr(lines, "rows", another_worker_meanwhile)
    export_job.make(export.pk)

    export.refresh_from_db()
    assert default_storage.listdir("exports")[1] == [export.file.name.removeprefix("exports/")]


def test_the_person_sees_how_far_it_is(ask, lines, monkeypatch):
    export, seen = ask(rows=2500), []

    def watched(self):
        for number in range(2500):
            if number in {0, 1000, 2499}:
                seen.append(Export.objects.get(pk=export.pk).rows_done)
            yield (number, "x")

    monkeypatch.setattr(lines, "rows", watched)
    export_job.make(export.pk)

    assert seen == [0, 1000, 2000]


def test_a_database_that_is_away_is_tried_again(ask, lines, monkeypatch):
    rows, tries = lines.rows, []

    def away_at_first(self):
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError
        return rows(self)

    monkeypatch.setattr(lines, "rows", away_at_first)

    assert (worked(ask()).state, len(tries)) == ("ready", 2)


def test_a_fault_is_told_to_the_person(ask, lines, monkeypatch):
    monkeypatch.setattr(lines, "rows", lambda _self: (number / 0 for number in range(3)))

    assert worked(ask()).state == "failed"


def test_at_most_five_files_of_a_person_are_unfinished(ask, officer):
    for _ in range(5):
        ask()

    with pytest.raises(Conflict):
        ask()
    assert ask(by=officer).state == "waiting"
    assert Export.objects.count() == 6


def test_a_list_longer_than_a_sheet_is_offered_as_csv_only(ask):
    with pytest.raises(Invalid, match="Ask for CSV"):
        ask(rows=1_048_500)
    assert ask(rows=1_048_500, format="csv").rows_total == 1_048_500


def test_filters_that_do_not_fit_are_refused(lines, head, noon):
    query = QueryDict("rows=1&q=" + "a" * 2000)

    with pytest.raises(Invalid, match="too long"):
        exports.ask(listing=lines(user=head, query=query), format="csv", by=head, at=noon)


# --- Afterwards ---


def test_what_has_expired_is_deleted_each_night_with_its_file(made):
    old, fresh = made(at=timezone.now() - timedelta(days=7)), made()

    tasks.delete_expired_exports.delay()

    assert list(Export.objects.all()) == [fresh]
    assert default_storage.listdir("exports")[1] == [f"{fresh.pk}.xlsx"]
    assert old.file.name != fresh.file.name


def test_files_that_belong_to_nothing_are_deleted_when_they_are_old(made):
    export = made()
    default_storage.save(f"exports/{uuid4()}.xlsx", ContentFile(b"stray"))

    export_job.delete_expired(timezone.now())
    assert len(default_storage.listdir("exports")[1]) == 2

    export_job.delete_expired(timezone.now() + timedelta(days=2))
    assert default_storage.listdir("exports")[1] == [f"{export.pk}.xlsx"]


def test_the_sweep_sends_again_what_was_lost_and_gives_up_after_an_hour(ask):
    now = timezone.now()
    lost, hopeless = ask(at=now), ask(at=now - timedelta(hours=1, seconds=1))

    tasks.sweep_exports.delay()

    lost.refresh_from_db()
    hopeless.refresh_from_db()
    assert (lost.state, hopeless.state) == ("ready", "failed")
