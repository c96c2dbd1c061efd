"""Files of lists through the API: asked for, watched, fetched with a token."""

import pytest
from django.utils import timezone

from accounts.models import User
from bulk import export_job, exports
from bulk.models import Export
from tests.bulk.lists import csv_table, rows_of

EXPORTS = "/api/v1/exports/"
ASKED = {"listing": "lines", "query": "rows=3", "format": "csv"}


@pytest.fixture
def made(api, lines, head):
    """The answer to one who asked, once the file is there."""
    asked = api(head).post(EXPORTS, ASKED).json()
    export_job.make(asked["id"])
    return api(head).get(f"{EXPORTS}{asked['id']}/").json()


def test_a_file_is_asked_for_and_watched(api, lines, head):
    response = api(head).post(EXPORTS, ASKED)

    asked = response.json()
    export = Export.objects.get(pk=asked["id"])
    assert response.status_code == 201
    assert asked == {
        "id": str(export.pk),
        "listing": "lines",
        "query": "rows=3",
        "format": "csv",
        "state": "waiting",
        "rows_done": 0,
        "rows_total": 3,
        "filename": f"lines-{timezone.localdate().isoformat()}.csv",
        "asked_at": timezone.localtime(export.asked_at).isoformat(),
        "ready_at": None,
        "expires_at": timezone.localtime(export.asked_at + exports.KEPT_FOR).isoformat(),
        "url": None,
    }
    assert api(head).get(f"{EXPORTS}{export.pk}/").json() == asked
    assert api(head).get(EXPORTS).json()["results"] == [asked]


def test_the_file_is_fetched_where_the_answer_says(api, head, made):
    assert (made["state"], made["rows_done"]) == ("ready", 3)
    assert made["url"] == f"http://testserver{EXPORTS}{made['id']}/file/"

    response = api(head).get(made["url"], headers={"Accept": "text/csv"})

    table = csv_table(b"".join(response.streaming_content))
    assert rows_of(table) == [[str(number), f"'=line {number}"] for number in range(3)]
    assert response["Content-Disposition"] == f'attachment; filename="{made["filename"]}"'


def test_a_file_that_is_not_there_is_a_conflict_said_in_json(api, lines, head):
    asked = api(head).post(EXPORTS, ASKED).json()

    response = api(head).get(f"{EXPORTS}{asked['id']}/file/", headers={"Accept": "text/csv"})

    assert response.status_code == 409
    assert response.json()["errors"][0]["code"] == "conflict"


def test_an_expired_file_has_no_address(api, head, made):
    Export.objects.update(asked_at=timezone.now() - exports.KEPT_FOR, expires_at=timezone.now())

    assert api(head).get(f"{EXPORTS}{made['id']}/").json()["url"] is None
    assert api(head).get(made["url"]).status_code == 409


@pytest.mark.parametrize("person", ["officer", "superuser"])
def test_nobody_else_finds_it(api, request, made, person):
    superuser = person == "superuser"
    user = User.objects.create_superuser("root@example.kz", "x") if superuser else request.getfixturevalue(person)

    assert api(user).get(f"{EXPORTS}{made['id']}/").status_code == 404
    assert api(user).get(made["url"]).status_code == 404
    assert api(user).get(EXPORTS).json()["count"] == 0


@pytest.mark.parametrize(
    ("asked", "path", "code"),
    [
        ({"listing": "nothing"}, "listing", "does_not_exist"),
        ({"format": "pdf"}, "format", "invalid_choice"),
        ({"query": "q" * 2001}, "query", "max_length"),
        ({"query": "rows=none"}, "", "invalid"),
        ({"filter": "rows=3"}, "filter", "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused(api, lines, head, asked, path, code):
    response = api(head).post(EXPORTS, ASKED | asked)

    assert response.status_code == 400
    assert [(problem["path"], problem["code"]) for problem in response.json()["errors"]] == [(path, code)]
    assert not Export.objects.exists()


def test_a_sixth_file_is_a_conflict(api, lines, head):
    for _ in range(5):
        api(head).post(EXPORTS, ASKED)

    assert api(head).post(EXPORTS, ASKED).status_code == 409
    assert Export.objects.count() == 5


def test_the_list_of_files_costs_the_same_number_of_queries_for_1_and_for_50(
    api, lines, head, django_assert_num_queries
):
    client = api(head)
    for _ in range(50):
        export = Export.objects.get(pk=client.post(EXPORTS, ASKED).json()["id"])
        export_job.give_up(export.pk)

    with django_assert_num_queries(2):
        assert client.get(EXPORTS).json()["count"] == 50
