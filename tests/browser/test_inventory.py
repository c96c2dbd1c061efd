"""A school keeps its equipment in a browser: with JavaScript and without, on a wide screen and on a telephone."""

import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from playwright.sync_api import expect

from audits.editions import load_standard
from cameras.models import Camera
from schools.models import School
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


@pytest.mark.parametrize(("width", "has_script"), [(1280, True), (360, False)])
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


def press(page, selector):
    with page.expect_navigation():
        page.locator(selector).first.click()


def install(page, school):
    """A recorder that keeps thirty days, it says, on disks of eight terabytes."""
    page.goto(f"/schools/{school.code}/cameras/")
    press(page, "a[href$='/systems/new/']")
    known = {"recorder": "Qyran NVR-32", "storage_tb": "8", "storage_days": "30", "backup_minutes": "45"}
    for name, value in {**known, "installed_on": "2024-09-01", "commissioned_on": "2024-09-02"}.items():
        page.fill(f"[name={name}]", value)
    press(page, "main form .btn-primary")


def hang(page):
    """23 cameras by their sorts, and one more as a copy of the last."""
    known = {"width_px": "1920", "height_px": "1080", "frames_per_second": "25", "bitrate_mbps": "4"}
    for name, value in {**known, "model": "Qyran IP-2M", "installed_on": "2024-09-01"}.items():
        page.fill(f"[name=pattern-{name}]", value)
    enter(page, "21", "corridor", "1", total=21)
    page.fill("[name=pattern-field_of_view]", "90")
    page.fill("[name=pattern-target_distance]", "3")
    enter(page, "2", "main_entrance", "1", total=23)
    press(page, "button[name=save]")
    page.locator("tr .menu-acts summary").last.click()
    press(page, "tr:last-of-type .menu-acts[open] a[href*='?like=']")
    page.click("button[name=more]")
    expect(page.locator(".table-inputs tbody tr")).to_have_count(1)
    press(page, "button[name=save]")
    expect(page.locator("[name=camera]")).to_have_count(24)


def report(page, state):
    page.locator(f"[name=state][value={state}]").check()
    press(page, "main form .btn-primary")


def expect_outcome(page, code, outcome, numbers):
    expect(page.locator(f"#{code} .result-badge")).to_have_attribute("data-result", outcome)
    expect(page.locator(f"#{code} .formula")).to_contain_text(numbers)


def test_a_school_keeps_its_record_on_a_telephone(open_browser, sign_in, people, school):
    load_standard()
    page = sign_in(open_browser(width=360), people["administrator"])
    install(page, school)
    hang(page)
    copied = Camera.objects.order_by("pk").last()
    assert (copied.zone, copied.width_px, copied.target_distance) == ("main_entrance", 1920, 3)

    page.locator("tr .menu-acts summary").first.click()
    press(page, ".menu-acts[open] a[href$='/condition/']")
    report(page, "faulty")
    with override("kk"):
        today = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    expect(page).to_have_url(re.compile(f"/schools/{school.code}/$"))
    expect(page.locator(".tile-fact .malfunction")).to_have_count(1)
    expect(page.locator("li[id^=camera-]")).to_contain_text(today)

    press(page, "li[id^=camera-] a[href$='/condition/']")
    report(page, "working")
    expect(page.locator(".malfunction")).to_have_count(0)

    press(page, "a[href$='/precheck/']")
    expect_outcome(page, "SYS-03", "met", "24")
    expect_outcome(page, "ARC-01", "not_met", "(96 ×")  # 24 streams of 4 Mbit/s fill eight terabytes in a week
    expect_outcome(page, "IMG-03", "met", "tan(90° ÷ 2)) = 320")
    expect_outcome(page, "NET-02", "unknown", "")

    page.goto(f"/schools/{school.code}/")
    expect(page.locator("section[data-confirmation=overdue]")).to_have_count(1)
    press(page, "form[action$='/confirm/'] button")
    expect(page.locator("section[data-confirmation=confirmed]")).to_have_count(1)
    assert School.objects.get().confirmed_by == people["administrator"]
