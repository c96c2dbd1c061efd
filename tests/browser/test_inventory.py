"""A school enters its cameras in a browser: with JavaScript and without, on a wide screen and on a telephone."""

import pytest
from playwright.sync_api import expect

from cameras.models import Camera
from tests.factories import CameraSystemFactory

# How many, where, on which floor.
BUILDING = (("12", "corridor", "1"), ("8", "stairwell", "2"), ("4", "yard", ""))


@pytest.fixture
def address(transactional_db, school):
    CameraSystemFactory(school=school, number=1)
    return f"/schools/{school.code}/cameras/"


def enter(page, how_many, zone, floor, *, total):
    """One sort of cameras, added to the table."""
    page.fill("[name=pattern-how_many]", how_many)
    page.select_option("[name=pattern-zone]", zone)
    page.fill("[name=pattern-floor]", floor)
    page.click("button[name=more]")
    expect(page.locator(".table-inputs tbody tr")).to_have_count(total)


@pytest.mark.parametrize(("width", "has_script"), [(1280, True), (360, True), (360, False)])
def test_24_cameras_are_entered_in_three_steps(open_browser, sign_in, people, address, width, has_script):
    page = sign_in(open_browser(width=width, java_script_enabled=has_script), people["administrator"])
    page.goto(f"{address}systems/1/add/")
    page.fill("[name=pattern-model]", "Qyran IP-2M")
    page.fill("[name=pattern-installed_on]", "2024-09-01")
    total = 0
    for how_many, zone, floor in BUILDING:
        total += int(how_many)
        enter(page, how_many, zone, floor, total=total)

    with page.expect_navigation():
        page.click("button[name=save]")

    expect(page.locator("[name=camera]")).to_have_count(24)
    assert set(Camera.objects.values_list("model", flat=True)) == {"Qyran IP-2M"}


def test_several_cameras_are_ticked_and_reported(open_browser, sign_in, people, address, school):
    page = sign_in(open_browser(width=1280), people["administrator"])
    page.goto(f"{address}systems/1/add/")
    page.fill("[name=pattern-installed_on]", "2024-09-01")
    enter(page, "3", "hall", "1", total=3)
    with page.expect_navigation():
        page.click("button[name=save]")
    for place in (0, 2):
        page.locator("[name=camera]").nth(place).check()
    with page.expect_navigation():
        page.click("#chosen [value=report]")
    page.locator("[name=state][value=faulty]").check()
    with page.expect_navigation():
        page.locator("main form .btn-primary").click()

    expect(page.locator("td .malfunction")).to_have_count(2)
