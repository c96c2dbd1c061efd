"""Every page of the portal, in Kazakh, at 360 and 1280 px, light and dark: readable for everybody, and light."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from audits import services, tasks
from bulk import exports
from bulk import services as imports
from bulk.listing import LISTINGS
from cameras.models import Camera
from funding import services as funding
from schools import services as roll
from schools.reform import read_plan, reform
from tests.factories import AuditFactory, DistrictFactory, SchoolFactory, audit_in_progress, audit_submitted

AXE = Path(settings.BASE_DIR) / "frontend/node_modules/axe-core/axe.min.js"
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
WIDTHS = (360, 1280)
WEIGHT = 150_000  # bytes, compressed, of a first visit

# Addresses that show no page of their own.
NO_PAGE = {
    "home",
    "set_language",
    "set_theme",
    "healthz",
    "readyz",
    "bulk:export_file",
    "audits:map_points",
    "save_filter",
    "rename_filter",
    "delete_filter",
    "cameras:chosen",
    "audits:audit_checklist",
    "audits:checklist_answer",
    *(f"bulk:import_{part}" for part in ("template", "apply", "problems", "file")),
    *(f"audits:audit_{act}" for act in ("start", "submit", "resume", "approve", "return")),
}
# What the pre-check said of each audit.
EXPECTED = {"COV-01": "not_met", "COV-02": "not_met", "COV-05": "unknown"}

OF_A_CAMERA = ("condition", "edit", "relocate", "replace", "remove")


@pytest.fixture
def audits(ridder, district, people):
    """One audit in each state that has a page of its own; the approved one found two violations."""
    inspector, head, now = people["inspector"], people["head"], timezone.now()

    def submitted(results, school):
        return audit_submitted(
            inspector=inspector, school=school, visited_on=timezone.localdate(), results=results, expected=EXPECTED
        )

    found = {
        "planned": AuditFactory(inspector=inspector, school=ridder),
        "in_progress": audit_in_progress(
            inspector=inspector, school=ridder, results={"COV-01": "met", "COV-02": "not_met"}
        ),
        "submitted": submitted({"COV-01": "not_met", "COV-02": "met"}, SchoolFactory(district=district)),
        "returned": submitted({"COV-01": "not_met"}, SchoolFactory(district=district)),
        "approved": submitted({"COV-01": "not_met", "COV-02": "met", "COV-07": "not_met"}, ridder),
    }
    services.return_(audit=found["returned"], reason="Қай жағы көрінбейді?", by=head, at=now)
    services.approve(audit=found["approved"], by=head, at=now)
    tasks.recompute_all_areas()
    return {state: f"/audits/{audit.pk}/" for state, audit in found.items()}


@pytest.fixture
def asked(ridder, people, audits):
    """A request of the school for money, as its address."""
    request = funding.file(
        school=ridder,
        purpose="renewal",
        description="8 бейнекамера",
        amount=Decimal("900000.00"),
        violations=ridder.violations.values_list("pk", flat=True),
        by=people["administrator"],
        at=timezone.now(),
    )
    return f"/requests/{request.pk}/"


@pytest.fixture
def changed(district, region, people):
    """A school that was renamed, is to move and to take over another, as its address; and that other one."""
    said = {"reason": "№ 7 бұйрық", "by": people["head"], "at": timezone.now()}
    school, leaving = SchoolFactory.create_batch(2, district=district)
    today = timezone.localdate()
    names = {"name_kk": "Абай мектебі", "name_ru": "Школа имени Абая", "name_en": "Abai School"}
    roll.correct(school=school, values={"pupils": 311, "director": "Ахметова А. Б.", "phone": "+7 7232 55"}, **said)
    roll.rename(school=school, names=names, on=today, **said)
    roll.move(school=school, to=DistrictFactory(region=region), on=today + timedelta(days=40), **said)
    roll.merge(school=leaving, into=school, on=today + timedelta(days=10), **said)
    return f"/schools/{school.code}/", f"/schools/{leaving.code}/"


@pytest.fixture
def reformed(district, people):
    """Addresses of reforms: one that was carried out, one in each step of being recorded."""
    names = {"slug": "ulan", "kind": "district", "name_kk": "Ұлан ауданы", "name_ru": "Улан", "name_en": "Ulan"}
    whole = {"region": district.region.slug, "predecessor": DistrictFactory(region=district.region).slug, **names}
    plan = {"effective_on": str(timezone.localdate()), "reason": "№ 887 Жарлық", "districts": [whole]}
    done = reform(plan=read_plan(plan), by=people["head"], at=timezone.now())
    new = f"/reforms/new/{district.region.slug}/"
    return ["/reforms/", f"/reforms/{done.pk}/", new, f"{new}?whole={district.slug}&parts=1"]


@pytest.fixture
def exported(transactional_db, monkeypatch, people):
    """A file in each state that has a page of its own, as addresses; any list is too long to wait for."""
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    listing = LISTINGS["schools"](user=people["head"], query=QueryDict("standing=unassessed"))
    found = []
    for state in ("ready", "working", "failed"):
        asked = exports.ask(listing=listing, format="xlsx", by=people["head"], at=timezone.now())
        type(asked).objects.filter(pk=asked.pk).update(state=state)
        found.append(f"/exports/{asked.pk}/")
    return [*found, "/exports/", "/export/schools.xlsx"]


@pytest.fixture
def imported(transactional_db, people):
    """An import in each state that has a page of its own, as addresses."""
    heading = "code;district;name_kk;name_ru;name_en;kind;ownership;setting;locality_kk;locality_ru;locality_en"
    heading += ";pupils;floors;opened_on"
    rest = ";east-kazakhstan/ridder;Жаңа;Новая;New;gymnasium;state;city;Риддер;Риддер;Ridder;640;3;2026-09-01"
    tables = {
        "refused": "code;kind;pupils\nX;colour;many\n",
        "ready": f"{heading}\nX-1{rest}\n",
        "applied": f"{heading}\nX-2{rest}\n",
        "checking": "code\nX-3\n",
    }
    found, by, at = {}, people["head"], timezone.now()
    for state, table in tables.items():
        file = ContentFile(table.encode(), name=f"{state}.csv")
        sent = imports.upload(file=file, kind="schools", reason="№ 12 хат", by=by, at=at)
        sent.refresh_from_db()
        if state == "applied":
            imports.apply(file_import=sent, by=by, at=at)
        elif state == "checking":
            type(sent).objects.filter(pk=sent.pk).update(state=state)
        sent.refresh_from_db()
        found[state] = f"/imports/{sent.pk}/"
        assert sent.state == state, sent.problems
    return found


@pytest.fixture
def addresses(ridder, district, audits, asked, exported, changed, imported, reformed):
    """{role: what the person may open}, with something to show on every page."""
    school = f"/schools/{ridder.code}/"
    camera = Camera.objects.get(system__school=ridder)
    system = camera.system.number
    sections = [f"{audits['in_progress']}checklist/{section}/" for section in ("coverage", "archive", "network")]
    forbidden = f"{audits['approved']}summary/"
    return {
        None: ["/accounts/login/", "/accounts/inactive/", "/nowhere/"],
        "viewer": ["/exports/", f"{school}precheck/", "/country/", "/country/?as_of=2021-06-30"],
        "inspector": [
            *("/cameras/", "/cameras/systems/", "/cameras/?zone=gate&state=faulty"),
            "/audits/",
            "/audits/?q=nowhere",
            *(audits[state] for state in ("planned", "in_progress", "returned")),
            *sections,
            f"{audits['in_progress']}summary/",
        ],
        "head": [
            f"/regions/{district.region.slug}/",
            f"/districts/{district.slug}/",
            "/precheck/",
            "/precheck/?since=2021-09-01&until=2021-01-01",
            "/schools/",
            "/schools/?q=nowhere",
            "/schools/?ordering=-pupils&visited=false",
            "/map/",
            "/filters/",
            f"{school}plan-audit/",
            f"{school}cameras/{camera.pk}/relocate/",
            f"{changed[0]}cameras/",
            f"{changed[0]}cameras/systems/new/",
            "/schools/register/",
            *(f"{school}{act}/" for act in ("rename", "move", "close", "merge", "history")),
            *(f"{changed[0]}{part}" for part in ("", "history/", "move/cancel/")),
            *(f"{changed[1]}{part}" for part in ("", "close/cancel/")),
            "/audits/",
            *(audits[state] for state in ("submitted", "approved")),
            f"{audits['approved']}void/",
            forbidden,
            "/requests/",
            "/imports/",
            "/imports/new/?kind=schools",
            *imported.values(),
            f"{imported['applied']}undo/",
            *("/violations/", "/violations/?q=nowhere"),
            *exported,
            *reformed,
        ],
        "administrator": [
            school,
            f"{school}precheck/",
            f"{school}cameras/",
            f"{school}cameras/?zone=gate",
            *(f"{school}cameras/systems/{system}/{act}/" for act in ("add", "edit", "decommission")),
            *(f"{school}cameras/{camera.pk}/{act}/" for act in OF_A_CAMERA),
            *(f"{school}{act}/" for act in ("edit", "confirm", "requests")),
            f"{school}request/",
            asked,
            f"{asked}withdraw/",
            "/accounts/password/change/",
            "/accounts/logout/",
        ],
    }


def give_session(page, person, origin):
    """Sign in without the way through the form."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": origin}])


def findings(page, rules):
    """What axe finds, as sentences."""
    found = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", rules)["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def problems_of(page):
    page.evaluate(AXE.read_text())
    problems = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme="light")
        problems += [f"at {width} px: {finding}" for finding in findings(page, WCAG)]
        page.emulate_media(color_scheme="dark")
        problems += [f"dark: {finding}" for finding in findings(page, CONTRAST)]
        if (scrolled := page.evaluate("document.documentElement.scrollWidth")) > width:
            problems.append(f"{scrolled} px wide on a screen of {width} px")
    return problems


def weight_of_the_bundle():
    dist = Path(settings.BASE_DIR) / "static/dist"
    entry = json.loads((dist / "manifest.json").read_text())["src/main.js"]
    return sum(len(brotli.compress((dist / name).read_bytes(), quality=5)) for name in [entry["file"], *entry["css"]])


@pytest.mark.parametrize("role", [None, "viewer", "inspector", "head", "administrator"])
def test_every_page_is_readable_for_everybody_and_light(open_browser, live_server, people, addresses, role):
    # Colours that are on their way to others have no contrast of their own.
    page = open_browser(width=WIDTHS[0], reduced_motion="reduce")
    if role:
        give_session(page, people[role], live_server.url)
    bundle, problems = weight_of_the_bundle(), []
    for address in addresses[role]:
        body = page.goto(address).body()
        found = problems_of(page)
        weight = bundle + len(brotli.compress(body, quality=5))
        if weight > WEIGHT:
            found.append(f"{weight} bytes")
        problems += [f"{address} {problem}" for problem in found]
    assert problems == []


def test_no_page_is_left_out(addresses):
    paths = {address.partition("?")[0] for of_role in addresses.values() for address in of_role} - {"/nowhere/"}
    visited = {resolve(path).view_name for path in paths}

    assert portal_pages() - NO_PAGE == visited


def portal_pages(resolver=None, namespace=""):
    """Names of all addresses but those of the API and of the administration site."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if str(pattern.pattern).startswith(("api/", "admin/")):
            continue
        if hasattr(pattern, "url_patterns"):
            names |= portal_pages(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            names.add(f"{namespace}{pattern.name}")
    return names
