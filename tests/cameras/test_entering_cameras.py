"""Entering 24 cameras in a few steps: a pattern fills a table, the table is saved."""

from datetime import date

import pytest

from cameras.models import Camera
from tests.answers import page_text
from tests.factories import CameraFactory, CameraSystemFactory

ALIKE = {"zone": "corridor", "floor": "2", "is_digital": "on", "installed_on": "2024-09-01", "state": "working"}


@pytest.fixture
def send(client, administrator, school, system):
    """send("more", **fields) of the form as it is on the page."""
    client.force_login(administrator)
    address = f"/schools/{school.code}/cameras/systems/1/add/"

    def sent(button=None, **said):
        return client.post(address, {button: "1", **said}) if button else client.get(address, said)

    return sent


def pattern(how_many, **said):
    return {f"pattern-{name}": value for name, value in {**ALIKE, "how_many": how_many, **said}.items()}


def typed(page):
    """What a browser would send of the page: every row, and how many there are."""
    table = page.context["table"]
    sent = {"rows-total": table.total}
    for row in table.rows:
        for name in row.fields:
            value = row[name].value()
            if value not in (None, False, ""):
                sent[row.add_prefix(name)] = "on" if value is True else value
    return sent


def test_24_cameras_are_entered_in_four_steps(send, system):
    page = send("more", **pattern(12))
    page = send("more", **typed(page), **pattern(8, zone="stairwell", floor="1"))
    page = send("more", **typed(page), **pattern(4, zone="yard", floor="", is_outdoor="on", connected="on"))
    assert [row["number"].value() for row in page.context["table"].rows] == [str(n) for n in range(1, 25)]

    assert send("save", **typed(page)).status_code == 302

    cameras = Camera.objects.order_by("number")
    assert [camera.zone for camera in cameras] == ["corridor"] * 12 + ["stairwell"] * 8 + ["yard"] * 4
    assert {camera.installed_on for camera in cameras} == {date(2024, 9, 1)}
    assert sum(camera.connected_on is not None for camera in cameras) == 4
    assert all(camera.conditions.get().state == "working" for camera in cameras)


def test_a_camera_is_copied_with_all_but_its_number(send, system):
    like = CameraFactory(system=system, number=9, model="Dome", width_px=1920, height_px=1080, zone="gate")

    form = send(like=like.pk).context["pattern"]

    assert (form["model"].value(), form["zone"].value(), form["width_px"].value()) == ("Dome", "gate", 1920)
    assert "number" not in form.fields
    page = send("more", **pattern(2))
    assert [row["number"].value() for row in page.context["table"].rows] == ["10", "11"]


def test_a_row_that_cannot_be_is_marked_and_the_others_stay_as_typed(send, system):
    CameraFactory(system=system, number=3)
    page = send("more", **pattern(3))
    said = typed(page) | {"rows-1-floor": "9", "rows-2-number": "3", "rows-0-model": "Typed by hand"}

    response = send("save", **said, **pattern(5, model="Half described"))

    assert response.status_code == 422
    rows = response.context["table"].rows
    assert [sorted(row.errors) for row in rows] == [[], ["floor"], ["number"]]
    assert 'value="Typed by hand"' in page_text(response)
    assert 'value="Half described"' in page_text(response)
    assert Camera.objects.count() == 1

    assert send("save", **said | {"rows-1-floor": "1", "rows-2-number": "7"}).status_code == 302
    assert list(Camera.objects.order_by("number").values_list("number", flat=True)) == [3, 4, 5, 7]


def test_a_row_may_be_left_out(send):
    page = send("more", **pattern(3))

    page = send("more", **typed(page) | {"rows-1-leave_out": "on"}, **pattern(1, zone="hall"))
    assert [row["zone"].value() for row in page.context["table"].rows] == ["corridor", "corridor", "hall"]
    assert send("save", **typed(page) | {"rows-0-leave_out": "on"}).status_code == 302
    assert Camera.objects.count() == 2


def test_a_pattern_that_cannot_be_keeps_the_table(send):
    page = send("more", **pattern(2))

    response = send("more", **typed(page), **pattern(0, zone=""))

    assert response.status_code == 422
    assert sorted(response.context["pattern"].errors) == ["how_many", "zone"]
    assert len(response.context["table"].rows) == 2


def test_an_empty_table_is_not_saved(send):
    response = send("save", **{"rows-total": "0"})

    assert response.status_code == 422
    assert "There is no camera in the table yet" in page_text(response)


@pytest.mark.parametrize("total", ["-1", "x", "99999", "5"])
def test_a_table_that_lies_about_its_rows_breaks_nothing(send, total):
    assert send("save", **{"rows-total": total}).status_code == 422


def test_with_htmx_only_the_form_is_sent_back(client, administrator, school, system):
    client.force_login(administrator)
    address = f"/schools/{school.code}/cameras/systems/1/add/"

    response = client.post(address, {"more": "1", **pattern(2)}, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert "<html" not in page_text(response)
    assert len(response.context["table"].rows) == 2


def test_no_cameras_are_entered_into_a_system_out_of_service(client, administrator, school):
    CameraSystemFactory(school=school, number=2, decommissioned_on=date(2020, 1, 1))
    client.force_login(administrator)

    assert client.get(f"/schools/{school.code}/cameras/systems/2/add/").status_code == 404
