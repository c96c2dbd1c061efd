"""Lists as files: at once or by a worker, with the rights of the person, for the person alone, for seven days."""

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
from tests.answers import page_text
from tests.bulk.lists import csv_table, rows_of, xlsx_table


@pytest.fixture(autouse=True)
def _no_files_left():
    yield
    if default_storage.exists("exports"):
        for name in default_storage.listdir("exports")[1]:
            default_storage.delete(f"exports/{name}")


@pytest.fixture
def ask(lines, head):
    """Ask for a file of lines: ask(rows=3, format="csv", by=head, at=noon)."""

    def ask_for(rows=3, format="xlsx", by=None, at=None):
        by, at = by or head, at or timezone.now()
        return exports.ask(listing=lines(user=by, query=QueryDict(f"rows={rows}")), format=format, by=by, at=at)

    return ask_for


@pytest.fixture
def made(ask):
    """Ask for a file and make it."""

    def ask_and_make(**asked):
        export = ask(**asked)
        export_job.make(export.pk)
        export.refresh_from_db()
        return export

    return ask_and_make


def worked(export):
    """The export after a worker had it, whatever became of it."""
    tasks.make_export.apply((str(export.pk),), throw=False)
    export.refresh_from_db()
    return export


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- At once ---


@pytest.mark.parametrize(("format", "read"), [("xlsx", xlsx_table), ("csv", csv_table)])
def test_a_short_list_is_answered_at_once_as_a_file(client, lines, head, format, read):
    client.force_login(head)

    response = client.get(f"/export/lines.{format}?rows=2000")

    today = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="lines-{today}.{format}"'
    table = read(content_of(response))
    caption = {line[0]: line[1] for line in table[:6]}
    assert caption.pop("Exported at")
    assert {label: str(value).removesuffix(".0") for label, value in caption.items()} == {
        "List": "Lines",
        "Lines wanted": "2000",
        "Total": "2000",
        "Exported by": "Zeinep",
        "Language": "English",
    }
    assert table[7] == ["Number", "Text"]
    assert len(rows_of(table)) == 2000
    assert not Export.objects.exists()


def test_the_file_speaks_the_language_of_its_reader(client, lines, head):
    head.language = "ru"
    head.save()
    client.force_login(head)

    text = content_of(client.get("/export/lines.csv?rows=1")).decode("utf-8-sig")

    assert "Язык;Русский" in text


def test_filters_that_cannot_be_lead_to_the_page_that_says_so(client, lines, head):
    client.force_login(head)

    response = client.get("/export/lines.xlsx?rows=none")

    assert (response.status_code, response["Location"]) == (302, "/exports/?rows=none")


@pytest.mark.parametrize("address", ["/export/nothing.xlsx", "/export/lines.pdf"])
def test_there_is_no_file_of_another_list_or_format(client, lines, head, address):
    client.force_login(head)

    assert client.get(address).status_code == 404


def test_nobody_exports_without_signing_in(client, lines):
    assert client.get("/export/lines.xlsx")["Location"].startswith("/accounts/login/")


# --- By a worker ---


def test_a_long_list_asks_first_and_writes_nothing(client, lines, head):
    client.force_login(head)

    response = client.get("/export/lines.xlsx?rows=2001")

    text = page_text(response)
    assert "2,001 rows" in text
    assert "Make the file" in text
    assert not Export.objects.exists()


def test_the_worker_makes_what_was_asked_for(client, lines, head, django_capture_on_commit_callbacks):
    client.force_login(head)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/export/lines.csv?rows=2001")

    export = Export.objects.get()
    assert response["Location"] == f"/exports/{export.pk}/"
    assert (export.state, export.rows_done, export.rows_total, export.by) == ("ready", 2001, 2001, head)
    file = client.get(f"/exports/{export.pk}/file/")
    table = csv_table(content_of(file))
    assert rows_of(table) == [[str(number), f"'=line {number}"] for number in range(2001)]
    assert ["Total", "2001"] in table
    assert file["Content-Disposition"] == f'attachment; filename="{export.filename}"'
    assert file["Cache-Control"] == "private, no-store"


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


def test_the_sixth_is_refused_on_the_page_which_keeps_the_question(client, ask, head):
    for _ in range(5):
        ask()
    client.force_login(head)

    response = client.post("/export/lines.xlsx?rows=2001")

    assert response.status_code == 409
    assert "Five of your files are being made." in page_text(response)


def test_a_list_longer_than_a_sheet_is_offered_as_csv_only(ask):
    with pytest.raises(Invalid, match="Ask for CSV"):
        ask(rows=1_048_500)
    assert ask(rows=1_048_500, format="csv").rows_total == 1_048_500


def test_filters_that_do_not_fit_are_refused(lines, head, noon):
    query = QueryDict("rows=1&q=" + "a" * 2000)

    with pytest.raises(Invalid, match="too long"):
        exports.ask(listing=lines(user=head, query=query), format="csv", by=head, at=noon)


# --- The pages ---


def test_an_unfinished_file_asks_again_by_itself_and_by_a_link(client, ask, head):
    export = ask()
    client.force_login(head)

    text = page_text(client.get(f"/exports/{export.pk}/"))

    assert f'hx-get="/exports/{export.pk}/" hx-trigger="every 2s"' in text
    assert f'<a class="btn" href="/exports/{export.pk}/">Load again</a>' in text
    assert "0 of 3 rows" in text


def test_a_ready_file_says_until_when(client, made, head):
    export = made()
    client.force_login(head)

    text = page_text(client.get(f"/exports/{export.pk}/", headers={"HX-Request": "true"}))

    day = timezone.localtime(export.expires_at)
    assert f"until {day.day} {day:%B %Y}" in text
    assert "hx-trigger" not in text
    assert f'href="/exports/{export.pk}/file/"' in text


def test_a_failed_file_says_what_to_do(client, ask, head):
    export = ask()
    export_job.give_up(export.pk)
    client.force_login(head)

    assert "Ask for it again." in page_text(client.get(f"/exports/{export.pk}/"))


@pytest.mark.parametrize("person", ["officer", "administrator", "superuser"])
def test_nobody_else_opens_it(client, request, made, django_user_model, person):
    export = made()
    if person == "superuser":
        client.force_login(django_user_model.objects.create_superuser("root@example.kz", "x"))
    else:
        client.force_login(request.getfixturevalue(person))

    assert client.get(f"/exports/{export.pk}/").status_code == 404
    assert client.get(f"/exports/{export.pk}/file/").status_code == 404
    assert export.filename not in page_text(client.get("/exports/"))


def test_a_file_that_is_not_ready_leads_to_its_page(client, ask, head):
    export = ask()
    client.force_login(head)

    assert client.get(f"/exports/{export.pk}/file/")["Location"] == f"/exports/{export.pk}/"


def test_the_link_expires_after_seven_days(client, made, head):
    export = made(at=timezone.now() - timedelta(days=7))
    client.force_login(head)

    assert client.get(f"/exports/{export.pk}/file/").status_code == 302
    assert "This link has expired" in page_text(client.get(f"/exports/{export.pk}/"))


def test_my_files_are_listed_the_newest_first(client, ask, head, noon):
    later, sooner = ask(rows=2, at=noon + timedelta(hours=1)), ask(rows=1, at=noon)
    client.force_login(head)

    response = client.get("/exports/")

    assert [export.pk for export in response.context["page"]] == [later.pk, sooner.pk]


def test_without_files_the_page_says_how_to_get_one(client, head):
    client.force_login(head)

    assert "No files yet" in page_text(client.get("/exports/"))


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
