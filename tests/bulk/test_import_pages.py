"""The pages of imports: what to take, what was found, what can be done."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from bulk.models import Import
from schools.models import District, Region
from tests.answers import page_text
from tests.bulk.files import csv_file
from tests.bulk.regions import ABAI, HEADING

WRONG = ["x", "", "", "village"]


@pytest.fixture
def signed_in(client, head):
    client.force_login(head)
    return client


def new(signed_in, *, content=None, reason="Letter 12"):
    file = SimpleUploadedFile("regions.csv", csv_file([HEADING, ABAI]) if content is None else content)
    return signed_in.post("/imports/new/?kind=regions", {"file": file, "reason": reason})


# --- Sending ---


def test_the_page_offers_what_to_take_and_says_how_to_fill_it_in(signed_in):
    text = page_text(signed_in.get("/imports/new/?kind=regions"))

    for said in (
        "One row is one region, known by its slug.",
        'href="/export/rows.xlsx?kind=regions"',
        'href="/imports/template/regions.csv"',
        "One of: ",
        "As the law says",
    ):
        assert said in text


def test_a_file_that_is_sent_has_a_page_of_its_own(signed_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = new(signed_in)

    sent = Import.objects.get()
    assert (response.status_code, response.url) == (302, f"/imports/{sent.pk}/")
    text = page_text(signed_in.get(response.url))
    assert "Checked, ready to apply" in text
    assert "No problem was found. Nothing has changed yet" in text
    assert "Letter 12" in text


def test_what_is_wrong_with_the_form_is_said_at_once_and_what_was_typed_stays(signed_in):
    missing = signed_in.post("/imports/new/?kind=regions", {"reason": "Letter 12"})
    empty = new(signed_in, content=b"", reason=" ")

    assert (missing.status_code, empty.status_code) == (422, 422)
    assert "> Letter 12</textarea>" in page_text(missing)
    assert "This field is required." in page_text(empty)
    assert not Import.objects.exists()


def test_what_the_service_refuses_is_said_on_the_page(signed_in):
    response = new(signed_in, content=b"")

    assert response.status_code == 422
    assert "The file is empty." in page_text(response)
    assert "Choose the file again" in page_text(response)


@pytest.mark.parametrize(("person", "status"), [("officer", 200), ("inspector", 403), ("viewer", 403)])
def test_only_those_who_may_import_find_the_form(client, request, person, status):
    client.force_login(request.getfixturevalue(person))

    assert client.get("/imports/new/").status_code == status
    assert (b"/imports/new/" in client.get("/imports/").content) is (status == 200)


# --- The page of an import ---


@pytest.mark.parametrize("state", ["uploaded", "checking", "applying", "undoing"])
def test_a_page_of_work_in_progress_asks_again_by_itself_and_by_a_link(signed_in, send, noon, state):
    sent = send(csv_file([HEADING, ABAI]))
    Import.objects.filter(pk=sent.pk).update(state=state, applied_at=noon)

    page = page_text(signed_in.get(f"/imports/{sent.pk}/"))
    part = page_text(signed_in.get(f"/imports/{sent.pk}/", headers={"HX-Request": "true"}))

    for text in (page, part):
        assert f'hx-get="/imports/{sent.pk}/"' in text
        assert f'href="/imports/{sent.pk}/">Load again' in text
    assert "<html" in page
    assert "<html" not in part


def test_problems_are_shown_with_row_and_column_and_their_true_number(signed_in, send):
    sent = send(csv_file([HEADING, *[WRONG] * 203]))

    text = page_text(signed_in.get(f"/imports/{sent.pk}/"))

    assert "203 problems" in text
    assert "The first 200 are shown; the files hold all." in text
    assert text.count("“village” cannot be read here.") == 200
    assert "Kind</td>" in text
    assert "Apply the file" not in text


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_all_problems_can_be_downloaded(signed_in, send, format):
    sent = send(csv_file([HEADING, *[WRONG] * 203]))

    content = b"".join(signed_in.get(f"/imports/{sent.pk}/problems.{format}"))

    if format == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 203 + 5
    assert [str(cell) for cell in rows[-1]][0].startswith("204")
    assert rows[-1][1:][0] == "Kind"


def test_a_checked_file_is_applied_by_a_button(signed_in, send, django_capture_on_commit_callbacks):
    sent = send(csv_file([HEADING, ABAI]))
    assert f'action="/imports/{sent.pk}/apply/"' in page_text(signed_in.get(f"/imports/{sent.pk}/"))

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post(f"/imports/{sent.pk}/apply/")

    assert "The register holds all rows of the file." in page_text(signed_in.get(response.url))
    assert Region.objects.filter(slug="abai").exists()


def test_a_file_that_changes_nothing_has_nothing_to_apply(signed_in, send, region):
    text = page_text(signed_in.get(f"/imports/{send(csv_file([['slug'], [region.slug]])).pk}/"))

    assert "Checked, nothing to apply" in text
    assert "ready to apply" not in text
    assert "There is nothing to apply." in text
    assert "Apply the file" not in text


def test_a_second_press_is_told_that_it_came_late(signed_in, send, apply):
    applied = apply(send(csv_file([HEADING, ABAI])))

    response = signed_in.post(f"/imports/{applied.pk}/apply/", follow=True)

    assert "Only a file that was checked without problems" in page_text(response)


def test_undoing_asks_first(signed_in, send, apply, django_capture_on_commit_callbacks):
    applied = apply(send(csv_file([HEADING, ABAI])))
    question = page_text(signed_in.get(f"/imports/{applied.pk}/undo/"))
    assert "Rows that it created are deleted" in question
    assert Region.objects.filter(slug="abai").exists()

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post(f"/imports/{applied.pk}/undo/")

    assert "The rows are as the import found them." in page_text(signed_in.get(response.url))
    assert not Region.objects.filter(slug="abai").exists()
    assert signed_in.post(f"/imports/{applied.pk}/undo/").status_code == 409


def test_what_prevents_an_undo_is_listed(signed_in, send, apply, undo):
    applied = apply(send(csv_file([HEADING, ABAI])))
    District.objects.create(region=Region.objects.get(slug="abai"), slug="semey", kind="city", name_kk="Семей")

    text = page_text(signed_in.get(f"/imports/{undo(applied).pk}/"))

    assert "It was not undone, for the reasons below." in text
    assert "District semey lies in it." in text


@pytest.mark.parametrize("person", ["officer", "stranger", "viewer"])
@pytest.mark.parametrize("address", ["", "undo/", "file/", "problems.csv", "apply/"])
def test_the_file_of_another_is_not_there(client, request, send, person, address):
    sent = send(csv_file([HEADING, ABAI]))
    client.force_login(request.getfixturevalue(person))
    ask = client.post if address == "apply/" else client.get

    assert ask(f"/imports/{sent.pk}/{address}").status_code == 404


def test_the_superuser_reads_the_file_of_another_and_does_not_act_on_it(client, django_user_model, send, apply):
    applied = apply(send(csv_file([HEADING, ABAI])))
    client.force_login(django_user_model.objects.create_superuser("root@example.kz", "x", name="Root"))

    assert "Undo the import" not in page_text(client.get(f"/imports/{applied.pk}/"))
    assert client.post(f"/imports/{applied.pk}/undo/").status_code == 403


def test_the_file_can_be_had_back_as_it_was_sent(signed_in, send):
    content = csv_file([HEADING, ABAI])
    sent = send(content, name="Облыстар.csv")

    response = signed_in.get(f"/imports/{sent.pk}/file/")

    assert b"".join(response) == content
    assert response["Content-Type"] == "application/octet-stream"
    assert "attachment" in response["Content-Disposition"]


# --- The list ---


def test_my_imports_are_listed_the_newest_first(signed_in, send, officer):
    first, second = send(csv_file([HEADING, ABAI]), name="a.csv"), send(csv_file([HEADING, WRONG]), name="b.csv")
    send(csv_file([HEADING, ABAI]), by=officer, name="c.csv")

    response = signed_in.get("/imports/")

    assert list(response.context["page"]) == [second, first]
    assert "Has errors" in page_text(response)


def test_without_imports_the_page_says_how_to_begin(signed_in):
    assert "No import yet" in page_text(signed_in.get("/imports/"))


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(signed_in, send):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            signed_in.get("/imports/")
        return len(captured)

    send(csv_file([HEADING, ABAI]))
    signed_in.get("/imports/")
    one = queries()
    for _import in range(20):
        send(csv_file([HEADING, WRONG]))

    assert queries() == one


# --- Tables to take ---


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_an_empty_table_filled_in_can_be_sent(signed_in, send, head, language, format):
    type(head).objects.filter(pk=head.pk).update(language=language)
    with override(language):
        content = b"".join(signed_in.get(f"/imports/template/regions.{format}"))
        if format == "csv":
            filled = content + ";".join(ABAI).replace(";", ";" if language != "en" else ",").encode()
        else:
            rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            filled = csv_file([*rows, ABAI])

    sent = send(filled)

    assert (sent.problems, sent.created) == ([], 1)


def test_an_empty_workbook_says_how_to_fill_it_in_and_is_read_without_its_hints(signed_in, send):
    content = b"".join(signed_in.get("/imports/template/regions.xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))

    assert book.sheet_names == ["Regions", "How to fill in"]
    hints = book.get_sheet_by_name("How to fill in").to_python()
    assert hints[0][0] == "One row is one region, known by its slug."
    assert hints[3] == ["Key", "Yes", "Text of up to 40 characters.", "abai"]
    assert [problem["message"] for problem in send(content).problems] == ["There is no row below the heading."]


def test_there_is_no_empty_table_of_what_one_may_not_import(client, viewer, signed_in, head):
    assert signed_in.get("/imports/template/pupils.csv").status_code == 404
    assert signed_in.get("/imports/template/regions.pdf").status_code == 404
    client.force_login(viewer)
    assert client.get("/imports/template/regions.csv").status_code == 404


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_what_is_there_now_can_be_edited_and_sent_back(signed_in, send, region, format):
    content = b"".join(signed_in.get(f"/export/rows.{format}?kind=regions"))

    unchanged = send(content)
    assert (unchanged.problems, unchanged.unchanged, unchanged.changed) == ([], 1, 0)


def test_nobody_takes_the_rows_of_a_kind_that_is_not_open(client, viewer):
    client.force_login(viewer)

    assert client.get("/export/rows.csv?kind=regions").status_code == 302
