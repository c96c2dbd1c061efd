"""An officer of a department and the register of schools, in Kazakh: found, kept, taken along, corrected, on a map."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from audits.models import Verdict
from bulk.kinds import KINDS
from bulk.writing import MEDIA_TYPES
from schools.models import School
from tests.bulk.files import xlsx_file
from tests.factories import CameraFactory, SchoolFactory, audit_approved

# Two schools stand wall to wall, the third far away: on the map they are one cluster and a sign.
PLACES = {
    "OSK-1": {"latitude": "50.3510", "longitude": "83.5110"},
    "OSK-2": {"latitude": "50.3511", "longitude": "83.5111"},
    "OSK-3": {"latitude": "50.9", "longitude": "84.2"},
    "RID-4": {},
}
MOST_PRESSES = 10  # of the key that leads from the map to each of its signs
ROWS = "#schools tbody tr"
COLUMNS = [column.name for column in KINDS["schools"].columns]


@pytest.fixture
def schools(transactional_db, district):
    """Three of Öskemen that every spelling finds, two of them failing, and one of Ridder that is on no map."""
    found = {}
    for number, (code, place) in enumerate(PLACES.items(), start=1):
        city = "Өскемен" if place else "Риддер"
        name = f"{city} қаласының № {number} мектебі"
        school = SchoolFactory(district=district, code=code, name_kk=name, **place)
        CameraFactory(system__school=school)
        found[code] = school
    for code in ("OSK-1", "OSK-3"):
        audit_approved(school=found[code], verdict=Verdict.NON_COMPLIANT)
    return found


def press(page, selector):
    """Press a button or follow a link, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def download(page, selector):
    """The rows of the spreadsheet behind a link."""
    with page.expect_download() as begun:
        page.locator(selector).first.click()
    book = CalamineWorkbook.from_filelike(BytesIO(Path(begun.value.path()).read_bytes()))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def codes_on(page):
    links = page.locator(f"{ROWS} th a").evaluate_all("links => links.map(link => link.pathname)")
    return [path.split("/")[2] for path in links]


def digits_of(locator):
    return int(re.sub(r"\D", "", locator.inner_text()))


def find_failing(page):
    """By a Russian spelling, then by standing; each narrows the list by itself."""
    page.goto("/schools/")
    page.fill("#id_q", "оскемен")
    expect(page.locator(ROWS)).to_have_count(3)
    page.locator(".filters-more summary").click()
    page.check("[name=standing][value=non_compliant]")
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page).to_have_url(re.compile("standing=non_compliant"))


def test_what_was_found_is_kept_under_a_name_and_taken_along_as_it_is(open_browser, sign_in, people, schools):
    page = sign_in(open_browser(width=1280), people["officer"])
    find_failing(page)

    page.locator("details:has(#saved-name) summary").click()
    page.fill("#saved-name", "Өскемен, сәйкес емес")
    with page.expect_navigation():
        page.press("#saved-name", "Enter")
    page.goto("/schools/")
    expect(page.locator(ROWS)).to_have_count(len(School.objects.all()))
    press(page, ".saved-filters a:has-text('Өскемен, сәйкес емес')")

    expect(page.locator(".saved-filters [aria-current]")).to_have_count(1)
    assert codes_on(page) == ["OSK-1", "OSK-3"]
    table = download(page, "a[href*='/export/schools.xlsx']")
    assert digits_of(page.locator("#schools-found")) == 2
    assert [row[1] for row in table if row[1] == 2] == [2]  # the total of the caption
    assert [cell for row in table for cell in row if cell in PLACES] == codes_on(page)


def rename(page, code, name, reason):
    page.goto(f"/schools/{code}/")
    page.locator(".menu-acts summary").first.click()
    press(page, f"a[href='/schools/{code}/rename/']")
    page.fill("[name=name_kk]", name)
    page.fill("[name=on]", timezone.localdate().isoformat())
    page.fill("[name=reason]", reason)
    press(page, "main form .btn-primary")


def test_a_name_that_was_changed_meanwhile_is_shown_to_the_second_saver(open_browser, sign_in, people, schools):
    was, name = schools["OSK-1"].name_kk, "Абай атындағы мектеп"
    second = sign_in(open_browser(width=1280), people["head"])
    second.goto("/schools/OSK-1/edit/")
    second.fill("[name=pupils]", "777")

    first = sign_in(open_browser(width=1280), people["officer"])
    rename(first, "OSK-1", name, reason="№ 7 бұйрық")
    expect(first.locator("h1")).to_have_text(name)
    press(first, "a[href$='/OSK-1/history/']")
    renaming = first.locator(".history li").first
    expect(renaming.locator("del").first).to_have_text(was)
    expect(renaming.locator("ins").first).to_have_text(name)
    expect(renaming.locator("blockquote")).to_have_text("№ 7 бұйрық")

    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        second.locator("main form .btn-primary").click()
    assert answered.value.status == 409
    expect(second.locator("#differences del")).to_have_text(was)
    expect(second.locator("#differences ins")).to_have_text(name)
    expect(second.locator("[name=pupils]")).to_have_value("777")
    assert School.objects.get(code="OSK-1").pupils == 300

    press(second, "main form .btn-primary")
    school = School.objects.get(code="OSK-1")
    assert (school.name_kk, school.pupils) == (name, 777)


def test_one_cell_of_what_is_there_now_is_corrected_in_a_spreadsheet_and_put_back(
    open_browser, sign_in, people, schools
):
    page = sign_in(open_browser(width=1280), people["officer"])
    page.goto("/imports/new/?kind=schools")
    rows = download(page, "a[href*='/export/rows.xlsx']")
    next(row for row in rows if "OSK-2" in row)[COLUMNS.index("pupils")] = 412

    page.set_input_files(
        "[name=file]", {"name": "rows.xlsx", "mimeType": MEDIA_TYPES["xlsx"], "buffer": xlsx_file(rows)}
    )
    page.fill("[name=reason]", "№ 12 хат")
    press(page, "main form .btn-primary")
    expect(page).to_have_url(re.compile(r"/imports/\d+/$"))
    everything = School.objects.count()
    assert [digits_of(figure) for figure in page.locator(".tile-figure").all()] == [0, 1, everything - 1, 0]
    assert School.objects.get(code="OSK-2").pupils == 300

    press(page, "form[action$='/apply/'] button")
    assert [digits_of(figure) for figure in page.locator(".tile-figure").all()] == [0, 1, everything - 1]
    assert School.objects.get(code="OSK-2").pupils == 412

    press(page, "a[href$='/undo/']")
    press(page, "main form .btn-danger")
    expect(page.locator("a[href$='/undo/']")).to_have_count(0)
    assert School.objects.get(code="OSK-2").pupils == 300


def test_the_map_says_what_the_list_says_and_needs_no_mouse(open_browser, sign_in, people, schools):
    page = sign_in(open_browser(width=1280, reduced_motion="reduce"), people["officer"])
    page.goto("/map/?q=оскемен")

    expect(page.locator(".map-school")).to_have_count(1)
    expect(page.locator(".map-cluster strong")).to_have_text("2")
    behind = page.locator("tfoot a").evaluate_all("links => links.map(link => [link.textContent, link.href])")
    assert [int(count) for count, _address in behind] == [2, 1, 3]
    page.locator(".map").focus()
    for _press in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('map-school')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".map-popup a")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/schools/OSK-3/$"))

    for count, address in behind:
        page.goto(address)
        assert digits_of(page.locator("#schools-found")) == int(count)
