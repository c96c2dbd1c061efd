"""Taken out of the portal, edited by a person, sent back: on the pages, with each kind of rows."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bulk.kinds import KINDS
from bulk.models import Import
from bulk.reading.sheets import decoded
from cameras import services
from cameras.models import Camera, Condition
from tests.bulk.files import xlsx_file
from tests.cameras.rows import NEW, at
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory
from tests.imports import rows_of, silent

KIND_NAMES = ("schools", "placements", "systems", "cameras")


@pytest.fixture
def system(school):
    return CameraSystemFactory(school=school, number=1, recorder='=A "good" one; really')


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """The import as it is after the worker has checked the file."""

    def post(content, *, kind, name):
        file = SimpleUploadedFile(name, content)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/imports/new/?kind={kind}", {"file": file, "reason": "Letter 12"})
        return Import.objects.latest("pk")

    return post


@pytest.fixture
def press(client, django_capture_on_commit_callbacks):
    def post(sent, button):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/imports/{sent.pk}/{button}/")
        sent.refresh_from_db()
        return sent

    return post


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_what_is_taken_out_goes_in_unchanged(client, head, system, send, kind, format, language):
    CameraFactory(system=system, number=1, state="faulty", model="-1")
    head.language = language
    head.save()
    client.force_login(head)

    answer = client.get(f"/export/rows.{format}?kind={kind}")
    sent = send(b"".join(answer), kind=kind, name=f"rows.{format}")

    assert (sent.problems, sent.state) == ([], "ready")
    assert (sent.created, sent.changed, sent.unchanged) == (0, 0, 1)


def test_a_school_administrator_adds_a_camera_to_the_table_and_takes_it_back(
    client, administrator, system, send, press
):
    camera = CameraFactory(system=system, number=1, state="faulty")
    client.force_login(administrator)
    table = decoded(b"".join(client.get("/export/rows.csv?kind=cameras"))).splitlines()
    repaired = table[-1].replace("Does not work", "Working")
    added = repaired.replace(",1,1,", ",1,2,", 1)

    sent = send("\n".join([*table[:-1], repaired, added]).encode(), kind="cameras", name="rows.csv")
    assert (sent.problems, sent.created, sent.changed) == ([], 1, 1)
    assert press(sent, "apply").state == "applied"

    assert list(Camera.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert camera.conditions.get(superseded_at=None).state == "working"
    assert press(sent, "undo").state == "undone"
    assert list(Camera.objects.values_list("pk", flat=True)) == [camera.pk]
    assert Condition.objects.get().state == "faulty"


def test_what_prevents_an_undo_is_told_on_the_page(client, head, system, send, press):
    client.force_login(head)
    row = at(system, **NEW)
    sent = press(send(xlsx_file([list(row), list(row.values())]), kind="cameras", name="rows.xlsx"), "apply")
    now = timezone.now()
    camera = Camera.objects.get(number=5)
    services.report_condition(camera=camera, state="working", observed_on=timezone.localdate(), by=head, at=now)

    assert press(sent, "undo").state == "applied"

    said = f"{system.school.code} 1/5: condition reported"
    assert said in [problem["message"] for problem in sent.problems]


def test_rows_of_another_school_are_problems_of_the_administrator(client, administrator, send):
    elsewhere = CameraSystemFactory(number=1)
    client.force_login(administrator)
    row = at(elsewhere, **NEW)

    sent = send(xlsx_file([list(row), list(row.values())]), kind="cameras", name="rows.xlsx")

    assert sent.state == "refused"
    said = "This school is not one of those you serve."
    assert sent.problems == [{"row": 2, "column": "school", "message": said}]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_workbook_of_headings_can_be_filled_in(client, head, kind):
    client.force_login(head)

    workbook = CalamineWorkbook.from_object(BytesIO(client.get(f"/imports/template/{kind}.xlsx").content))

    assert len(workbook.get_sheet_by_index(0).to_python()[0]) == len(KINDS[kind].columns)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_fifty_rows_are_compared_applied_and_undone_in_as_many_queries_as_two(head, district, noon, kind):
    counted = []
    for size in (2, 50):
        systems = [CameraSystemFactory(school=SchoolFactory(district=district), number=1) for _row in range(size)]
        cells = {
            "schools": lambda system: {"code": system.school.code, "pupils": 7},
            "placements": lambda system: {
                "school": system.school.code,
                "district": "ridder",
                "valid_from": "2015-09-01",
            },
            "systems": lambda system: {"school": system.school.code, "number": 1, "supplier": "New"},
            "cameras": lambda system: at(system, **NEW),
        }
        rows = rows_of(kind, *(cells[kind](system) for system in systems))
        done = Import.objects.create(
            kind=kind, filename="rows", reason="Order 7", uploaded_at=noon, moved_at=noon, by=head, language="en"
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            KINDS[kind].compare(rows, by=head, at=noon, progress=silent)
            found = KINDS[kind].apply(rows, to=done, by=head, at=noon, progress=silent)
            KINDS[kind].undo(done, by=head, at=noon, progress=silent)
        assert not found.problems
        counted.append(len(queries))

    assert counted[0] == counted[1]
