"""Lists as files: a short one at once, a long one behind a private link that expires."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulk import export_job
from bulk.models import Export
from tests.answers import page_text
from tests.bulk.lists import csv_table, rows_of, xlsx_table


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


def test_the_sixth_is_refused_on_the_page_which_keeps_the_question(client, ask, head):
    for _ in range(5):
        ask()
    client.force_login(head)

    response = client.post("/export/lines.xlsx?rows=2001")

    assert response.status_code == 409
    assert "Five of your files are being made." in page_text(response)


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
