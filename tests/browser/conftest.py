"""A real Chromium, and what must never happen in it: an error in the console, or a request to anybody else."""

import os
import shutil
from dataclasses import dataclass, field

import pytest
from django.db import connections

from accounts.models import Role
from audits.editions import load_standard
from tests.factories import CameraFactory, MembershipFactory, SchoolFactory, UserFactory

# Playwright keeps an event loop in the thread of the test, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PASSWORD = "a-long-password-of-tests"


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        why = "Chromium is not installed: apt-get install chromium, or name it in CHROMIUM"
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    # No sandbox: as root, and in containers, Chromium would not start with one.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def browser(browser):
    """Playwright's own, and nothing left behind: beside its event loop Django opens a connection of its own."""
    yield browser
    connections.close_all()


@dataclass
class Watch:
    """Everything that went wrong in the pages it was put on."""

    origin: str
    problems: list[str] = field(default_factory=list)

    def over(self, context):
        context.on("request", self.saw_request)
        context.on("console", self.saw_message)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        return context

    def saw_request(self, request):
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.problems.append(f"request to {request.url}")

    def saw_message(self, message):
        # A page that is refused or not found is reported too, and is what the test asked for; a file that is, is not.
        is_answer = message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        # A question that a newer one replaces is given up, of which htmx tells; one that fails is told by another name.
        is_replaced = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
        if message.type in {"error", "warning"} and not is_answer and not is_replaced:
            self.problems.append(f"console: {message.text}")


@pytest.fixture
def open_browser(browser, live_server):
    """A browser of its own for each person: open_browser(width=360). Nothing may go wrong in any of them."""
    watch = Watch(live_server.url)
    contexts = []

    def start(*, width, height=740, **more):
        options = {"viewport": {"width": width, "height": height}, "base_url": live_server.url, "locale": "kk", **more}
        contexts.append(watch.over(browser.new_context(**options)))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield start
    for context in contexts:
        context.close()
    assert watch.problems == []


@pytest.fixture
def sign_in():
    """Through the form, as everybody does: sign_in(page, person)."""

    def through_the_form(page, person):
        page.goto("/accounts/login/")
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation():
            page.press("[name=password]", "Enter")
        return page

    return through_the_form


@pytest.fixture
def people(transactional_db, region, district, school):
    """Those who read Kazakh and know the password: {role: person}."""

    def person(role, **served):
        user = UserFactory(role=role, language="kk")
        user.set_password(PASSWORD)
        user.save()
        MembershipFactory(user=user, **served)
        return user

    return {
        "inspector": person(Role.INSPECTOR, region=region),
        "head": person(Role.DEPARTMENT_HEAD, region=region),
        "officer": person(Role.DEPARTMENT_OFFICER, district=district),
        "viewer": person(Role.COUNTRY_VIEWER, whole_country=True),
        "administrator": person(Role.SCHOOL_ADMINISTRATOR, school=school),
    }


@pytest.fixture
def ridder(transactional_db, district, school):
    """Two equipped schools of Ridder and the real standard; nothing is assessed yet."""
    load_standard()
    CameraFactory(system__school=school)
    CameraFactory(system__school=SchoolFactory(district=district))
    return school
