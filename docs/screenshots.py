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

# name, who, where, how wide, colour scheme
PICTURES = [
    ("region", "head", REGION, WIDE, "light"),
    ("region-dark", "head", REGION, WIDE, "dark"),
    ("list", "head", "/schools/?area=east-kazakhstan&standing=non_compliant", WIDE, "light"),
    ("school", "school", "/", WIDE, "light"),
    ("audits-phone", "inspector", "/audits/", PHONE, "light"),
    ("region-phone", "head", REGION, PHONE, "light"),
]


def signed_in(browser: Browser, address: str, who: str, size: Any, scheme: Any) -> Page:
    """A page of somebody from the sample, in Kazakh."""
    page = browser.new_context(viewport=size, color_scheme=scheme, locale="kk").new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", f"{who}@nazar.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    return page


def main(address: str) -> None:
    HERE.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        for name, who, path, size, scheme in PICTURES:
            page = signed_in(browser, address, who, size, scheme)
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=HERE / f"{name}.png")
            page.context.close()
        page = signed_in(browser, address, "inspector", PHONE, "light")
        page.goto(f"{address}/audits/")
        page.locator("a[href*='/audits/']").filter(has_text="№").first.click()
        page.screenshot(path=HERE / "checklist-phone.png")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
