"""Imports in the API: sent as a form with a file, watched, applied, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bulk.models import Import
from schools.models import District, Region
from tests.bulk.files import csv_file
from tests.bulk.regions import ABAI, HEADING

WRONG = ["x", "", "", "village"]
IMPORTS = "/api/v1/imports/"


@pytest.fixture
def post(api, django_capture_on_commit_callbacks):
    """Send to the address as the person, with the work done afterwards."""

    def send_to(address, user, body=None, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return api(user).post(address, body, **options)

    return send_to


@pytest.fixture
def sent(post, head):
    def upload(*rows, by=head, **changed):
        file = SimpleUploadedFile("regions.csv", csv_file([HEADING, *rows]))
        body = {"kind": "regions", "reason": "Letter 12", "file": file, **changed}
        return post(IMPORTS, by, body, format="multipart")

    return upload


def test_a_file_is_sent_checked_applied_and_undone(api, head, post, sent):
    created = sent(ABAI)
    address = f"{IMPORTS}{created.data['id']}/"
    assert (created.status_code, created.data["state"], created.data["by"]) == (201, "uploaded", "Zeinep")

    checked = api(head).get(address).data
    assert (checked["state"], checked["created"], checked["rows_done"], checked["problems"]) == ("ready", 1, 1, [])

    applied = post(f"{address}apply/", head)
    assert (applied.status_code, applied.data["state"]) == (202, "applying")
    assert api(head).get(address).data["state"] == "applied"
    assert Region.objects.filter(slug="abai").exists()

    undone = post(f"{address}undo/", head)
    assert (undone.status_code, undone.data["state"]) == (202, "undoing")
    assert api(head).get(address).data["state"] == "undone"
    assert not Region.objects.filter(slug="abai").exists()


def test_problems_say_row_and_column_in_code_the_first_with_the_import_and_all_below_it(api, head, sent):
    address = f"{IMPORTS}{sent(*[WRONG] * 201).data['id']}/"

    told, all_of_them = api(head).get(address).data, api(head).get(f"{address}problems/").data

    assert (told["state"], told["problem_count"], len(told["problems"]), len(all_of_them)) == ("refused", 201, 200, 201)
    assert (told["problems"][0]["row"], told["problems"][0]["column"]) == (2, "kind")


def test_what_cannot_be_sent_is_refused_with_every_problem_at_its_place(sent):
    response = sent(ABAI, reason="x" * 501, file=SimpleUploadedFile("x.csv", b""), colour="red")
    assert [(each["code"], each["path"]) for each in response.data["errors"]] == [("unknown_field", "colour")]

    response = sent(ABAI, reason="x" * 501, file=SimpleUploadedFile("x.csv", b""))
    assert response.status_code == 400
    assert [(each["code"], each["path"]) for each in response.data["errors"]] == [
        ("invalid", "file"),
        ("invalid", "reason"),
    ]
    assert [each["path"] for each in sent(kind="pupils").data["errors"]] == ["kind"]
    assert not Import.objects.exists()


def test_a_file_in_json_is_not_understood(api, head):
    assert api(head).post(IMPORTS, {"kind": "regions"}).status_code == 415


@pytest.mark.parametrize("person", ["inspector", "viewer", "administrator", "statistician"])
def test_only_whom_the_kind_is_open_to_sends_rows_of_it(request, sent, person):
    assert sent(ABAI, by=request.getfixturevalue(person)).status_code == 403


def test_the_import_of_another_is_not_there(api, sent, officer, post):
    address = f"{IMPORTS}{sent(ABAI).data['id']}/"

    assert api(officer).get(address).status_code == 404
    assert api(officer).get(IMPORTS).data["count"] == 0
    assert post(f"{address}apply/", officer).status_code == 404


def test_what_is_in_no_state_for_it_is_refused(sent, post, head):
    address = f"{IMPORTS}{sent(ABAI).data['id']}/"

    assert post(f"{address}undo/", head).status_code == 409
    assert post(f"{address}apply/", head).status_code == 202
    assert post(f"{address}apply/", head).status_code == 409
    assert post(f"{address}undo/", head, {"why": "x"}).status_code == 400


def test_an_undo_that_comes_too_late_says_what_was_built(api, sent, post, head):
    address = f"{IMPORTS}{sent(ABAI).data['id']}/"
    post(f"{address}apply/", head)
    District.objects.create(region=Region.objects.get(slug="abai"), slug="semey", kind="city", name_kk="Семей")

    post(f"{address}undo/", head)

    told = api(head).get(address).data
    assert (told["state"], told["problems"]) == (
        "applied",
        [{"row": None, "column": "", "message": "District semey lies in it."}],
    )


def test_the_list_tells_the_true_total_in_as_many_queries_for_twenty_as_for_one(
    api, head, sent, django_assert_num_queries
):
    sent(WRONG)
    client = api(head)
    with django_assert_num_queries(2):
        assert client.get(IMPORTS).data["results"][0]["problem_count"] == 1
    for _import in range(19):
        sent(WRONG)

    with django_assert_num_queries(2):
        assert client.get(IMPORTS).data["count"] == 20
