"""The main job through the browser, in Kazakh: an audit is made, returned, corrected, approved, and a figure moves.

Nothing here reads a text of the interface: names, addresses and roles hold in every language.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from audits import services
from audits.answers import Finding
from audits.models import Answer
from audits.sheet import sheet_of
from tests.factories import AuditFactory

LEFT_FOR_LATER = "IMG-06"  # a major requirement


@pytest.fixture
def audit(ridder, people):
    return AuditFactory(school=ridder, inspector=people["inspector"])


def post(page, act):
    """Press the button of an act, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(f"form[action$='/{act}/'] button").click()


def choose(page, code, result):
    page.check(f"[name={code}-result][value={result}]")


def answer_section(page):
    """Meet everything of the section that has no answer yet, but one for later, and go on to the next."""
    for code in page.locator("fieldset.answer").evaluate_all("sheets => sheets.map(sheet => sheet.id)"):
        if code != LEFT_FOR_LATER and page.locator(f"[name={code}-result][value='']").is_checked():
            choose(page, code, "met")
    with page.expect_navigation():
        page.click(".checklist-bar button")


def answer_the_rest_elsewhere(audit):
    """The same inspector on another device."""
    audit.refresh_from_db()
    blank = [row.requirement.code for row in sheet_of(audit).rows if not row.answer.result]
    findings = [Finding(code, "met") for code in blank if code != LEFT_FOR_LATER]
    services.answer(audit=audit, findings=findings, by=audit.inspector, at=timezone.now())


def begin(page, audit):
    """From the list of the inspector to the first section of the checklist."""
    expect(page).to_have_url(re.compile("/audits/$"))
    page.click(f"a[href='/audits/{audit.pk}/']")
    post(page, "start")
    expect(page).to_have_url(re.compile(f"/audits/{audit.pk}/checklist/coverage/$"))


def non_compliant_of(page, region):
    """The headline of the region page, as its digits say it: how many, of how many."""
    page.goto(f"/regions/{region.slug}/")
    headline = page.locator(".tile.standing-non_compliant .tile-figure").inner_text()
    return sorted(int(number) for number in re.findall(r"\d+", headline))


def find_wanting(page):
    """Answer the first section by hand, and see after a reload that each answer was kept as it was given."""
    choose(page, "COV-01", "not_met")
    page.fill("[name=COV-04-value]", "100,0")
    expect(page.locator("[name=COV-04-result][value=met]")).to_be_checked()
    for code in ("COV-01", "COV-04"):
        expect(page.locator(f"#{code}")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator("[name=COV-01-result][value=not_met]")).to_be_checked()
    expect(page.locator("[name=COV-04-value]")).to_have_value("100")
    answer_section(page)
    expect(page).to_have_url(re.compile("/checklist/privacy/$"))


def complete_and_submit(page, audit):
    """From the summary to the one answer that is missing, and back."""
    page.goto(f"/audits/{audit.pk}/summary/")
    missing = page.locator(".missing").first.get_by_role("link")
    expect(missing).to_have_count(1)
    expect(page.locator("form[action$='/submit/'] button")).to_be_disabled()
    missing.click()
    choose(page, LEFT_FOR_LATER, "met")
    expect(page.locator(f"#{LEFT_FOR_LATER}")).to_have_attribute("data-state", "saved")
    page.goto(f"/audits/{audit.pk}/summary/")
    post(page, "submit")


def give_back(page, reason):
    """The first audit of the list of the head is the one that waits for review."""
    page.goto("/audits/")
    page.locator(".work a").first.click()
    page.locator("details.return summary").click()
    page.fill("[name=reason]", reason)
    post(page, "return")


def correct_and_submit(page, audit, reason, note):
    page.goto("/audits/")
    expect(page.locator(".work-item").first).to_contain_text(reason)
    page.locator(".work a").first.click()
    post(page, "resume")
    page.goto(f"/audits/{audit.pk}/checklist/coverage/#COV-01")
    page.fill("[name=COV-01-note]", note)
    page.locator("h1").click()
    expect(page.locator("#COV-01")).to_have_attribute("data-state", "saved")
    page.goto(f"/audits/{audit.pk}/summary/")
    post(page, "submit")


def approve(page, audit, note):
    page.goto(f"/audits/{audit.pk}/")
    expect(page.locator(".found-row").first).to_contain_text(note)
    post(page, "approve")
    expect(page.locator("#moved-figures .stale-notice")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_an_approved_audit_moves_the_figure_of_its_region(open_browser, sign_in, people, region, audit, width):
    inspector = sign_in(open_browser(width=width), people["inspector"])
    head = sign_in(open_browser(width=width), people["head"])
    expect(head.locator("html")).to_have_attribute("lang", "kk")
    assert non_compliant_of(head, region) == [0, 2]

    begin(inspector, audit)
    find_wanting(inspector)
    answer_the_rest_elsewhere(audit)
    complete_and_submit(inspector, audit)
    give_back(head, "COV-01: қай жағы көрінбейді?")
    correct_and_submit(inspector, audit, "қай жағы көрінбейді?", note="Солтүстік жағы")
    approve(head, audit, "Солтүстік жағы")

    assert non_compliant_of(head, region) == [1, 2]
    audit.refresh_from_db()
    assert (audit.status, audit.verdict) == ("approved", "non_compliant")


def test_the_inspector_needs_no_javascript(open_browser, sign_in, people, audit):
    page = sign_in(open_browser(width=360, java_script_enabled=False), people["inspector"])
    begin(page, audit)

    page.fill("[name=COV-04-value]", "жүз")
    choose(page, "COV-01", "met")
    page.click(".checklist-bar button")
    expect(page.locator("#form-errors a[href='#COV-04']")).to_have_count(1)
    expect(page.locator("[name=COV-04-value]")).to_have_value("жүз")
    expect(page.locator("[name=COV-01-result][value=met]")).to_be_checked()
    assert not Answer.objects.exists()

    page.fill("[name=COV-04-value]", "100")
    while "/summary/" not in page.url:
        answer_section(page)
    page.locator(".missing").first.get_by_role("link").click()
    choose(page, LEFT_FOR_LATER, "not_met")
    page.click(".checklist-bar button")
    page.goto(f"/audits/{audit.pk}/summary/")
    page.click("form[action$='/submit/'] button")

    expect(page).to_have_url(re.compile(f"/audits/{audit.pk}/$"))
    audit.refresh_from_db()
    assert (audit.status, audit.verdict) == ("submitted", "non_compliant")


def test_answers_given_without_a_network_are_sent_when_it_is_back(open_browser, sign_in, people, audit):
    page = sign_in(open_browser(width=360), people["inspector"])
    begin(page, audit)

    page.route("**/answers/**", lambda route: route.abort())
    choose(page, "COV-02", "met")
    expect(page.locator("#COV-02")).to_have_attribute("data-state", "unsaved")
    expect(page.locator("[data-unsaved-count]")).to_contain_text("1")
    assert not Answer.objects.exists()
    page.unroute("**/answers/**")

    expect(page.locator("#COV-02")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-unsaved-count]")).to_be_empty()
    assert Answer.objects.get().result == "met"


def test_leaving_with_an_unsaved_answer_is_asked_about(open_browser, sign_in, people, audit):
    page = sign_in(open_browser(width=360), people["inspector"])
    begin(page, audit)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.route("**/answers/**", lambda route: route.abort())
    choose(page, "COV-02", "met")
    expect(page.locator("#COV-02")).to_have_attribute("data-state", "unsaved")
    page.goto("/audits/")

    assert asked == ["beforeunload"]
