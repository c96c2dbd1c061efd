"""The pictures of README.md, taken from a running portal with the sample: `make screenshots`."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent / "images"
PASSWORD = "nazar-2021-sample"  # noqa: S105  the sample's own, printed by `make run`
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
REGION = "/regions/east-kazakhstan/"

# name, who, where, how wide
PICTURES = [
    ("region", "head", REGION, WIDE),
    ("audits-phone", "inspector", "/audits/", PHONE),
    ("region-phone", "head", REGION, PHONE),
    ("map", "head", "/map/?area=east-kazakhstan", WIDE),
]


def signed_in(browser: Browser, address: str, who: str, size: Any) -> Page:
    """A page of somebody from the sample, in Kazakh."""
    page = browser.new_context(viewport=size, color_scheme="light", locale="kk").new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", f"{who}@nazar.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    return page


def checklist(page: Page, address: str) -> None:
    """A planned audit, begun, with its first answers kept."""
    page.goto(f"{address}/audits/?status=planned")
    page.locator(".rows a[href*='/audits/'], .work a[href*='/audits/']").first.click()
    page.click("form[action$='/start/'] button")
    page.locator("input[name$='-result'][value=met]").first.check()
    page.locator("[data-answer][data-state=saved]").first.wait_for()
    page.locator("[data-answer]").first.scroll_into_view_if_needed()
    page.screenshot(path=HERE / "checklist-phone.png")


def school(page: Page, address: str) -> None:
    """The inventory of the administrator's school, and what a visit would find there."""
    page.goto(f"{address}/")
    for name, link in (("inventory-phone", "a[href$='/cameras/']"), ("precheck-phone", "a[href$='/precheck/']")):
        page.goto(address + (page.locator(link).first.get_attribute("href") or ""))
        page.wait_for_load_state("networkidle")
        page.screenshot(path=HERE / f"{name}.png")
        page.goto(f"{address}/")


def trend(page: Page, address: str) -> None:
    """The chart of a region in the month of the published figure."""
    page.goto(f"{address}{REGION}?as_of=2021-08-25")
    page.locator("[data-chart-table]").scroll_into_view_if_needed()
    page.locator("svg path").last.wait_for(state="attached")
    page.wait_for_timeout(1500)
    page.locator("section:has([data-chart-table])").screenshot(path=HERE / "trend.png")


def main(address: str) -> None:
    HERE.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        for name, who, path, size in PICTURES:
            page = signed_in(browser, address, who, size)
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=HERE / f"{name}.png")
            page.context.close()
        checklist(signed_in(browser, address, "inspector", PHONE), address)
        school(signed_in(browser, address, "school", PHONE), address)
        trend(signed_in(browser, address, "head", WIDE), address)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
