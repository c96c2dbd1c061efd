"""The pre-check of a school: on its page, and as a hint beside the answers."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from audits import services
from audits.precheck import expectations
from cameras.models import Camera
from schools.models import Placement
from tests.answers import page_text
from tests.audits.inventories import EDITION, expected, inventory
from tests.audits.inventories import camera as hanging
from tests.factories import (
    AuditFactory,
    CameraFactory,
    DistrictFactory,
    MembershipFactory,
    UserFactory,
)

API = "/api/v1/precheck/"
VISIT = date(2021, 8, 24)


@pytest.fixture
def address(watched):
    return f"/schools/{watched.code}/precheck/"


# --- From the inventory ---


def test_the_expectations_come_from_the_inventory_of_the_day(standard, watched):
    Camera.objects.filter(number=2).update(counts_from=date(2021, 8, 20))

    before, after = (
        {each.requirement.code: each.outcome for each in expectations(watched, standard, day)}
        for day in (date(2021, 8, 19), VISIT)
    )

    assert (before["COV-05"], after["COV-05"]) == ("not_met", "unknown")
    assert (before["IMG-03"], before["SYS-03"], after["SYS-03"]) == ("not_met", "met", "unknown")


def test_a_school_costs_three_queries_whatever_hangs_there(standard, watched, django_assert_num_queries):
    for number in range(3, 30):
        CameraFactory(system=watched.systems.get(), number=number)

    with django_assert_num_queries(3):
        expectations(watched, standard, VISIT)


def test_rows_of_the_database_say_what_unsaved_ones_say(standard, watched):
    door, yard = Camera.objects.order_by("number")
    unsaved = inventory(
        hanging(1, zone="main_entrance", width_px=1920, field_of_view=Decimal(90), target_distance=Decimal(5)),
        hanging(2, zone="yard", state=""),
        of=watched,
    )

    stored = {each.requirement.code: each.outcome for each in expectations(watched, standard, VISIT)}
    assert stored == {code: each.outcome for code, each in expected(unsaved, EDITION).items()}
    assert (door.zone, yard.zone) == ("main_entrance", "yard")


# --- The page of a school ---


def test_the_page_gives_outcome_formula_cameras_and_what_is_missing(browse, administrator, standard, address):
    text = page_text(browse(administrator).get(address))

    assert "= 192 px/m (Recognise)" in text
    assert "№ 1/1 · Main entrance, floor 1: 192 px/m; enough up to 3.84 m" in text
    assert "What is missing in the inventory to know" in text
    assert "14 requirements that only a visit can judge" in text
    assert "IEC 62676-4:2014" in text


@pytest.mark.parametrize("person", ["head", "officer", "inspector", "administrator"])
def test_those_who_may_see_cameras_read_why(browse, request, standard, address, person):
    assert "№ 1/1 · Main entrance" in page_text(browse(request.getfixturevalue(person)).get(address))


def test_the_viewer_of_the_country_reads_how_much_but_not_of_what(browse, viewer, standard, address):
    response = browse(viewer).get(address)
    text = page_text(response)

    assert response.status_code == 200
    assert "Expected not to be met" in text
    for secret in ("192", "Main entrance", "№ 1/1", "COV-05", "What is missing"):
        assert secret not in text


def test_a_former_district_reads_how_much_but_not_of_what(browse, watched, standard, address):
    former = DistrictFactory()
    Placement.objects.create(school=watched, district=former, valid_from=date(2014, 1, 1), valid_to=date(2015, 1, 1))
    officer = MembershipFactory(district=former, user=UserFactory(role="department_officer")).user

    assert "192" not in page_text(browse(officer).get(address))


@pytest.mark.parametrize(("person", "status"), [("statistician", 403), ("stranger", 404)])
def test_for_others_there_is_no_precheck(browse, api, request, watched, standard, address, person, status):
    user = request.getfixturevalue(person)

    assert browse(user).get(address).status_code == status
    assert api(user).get(API, {"school": watched.code}).status_code == status


def test_a_day_before_the_first_edition_has_nothing_to_compare_with(browse, api, head, watched, standard, address):
    assert "No edition was in force" in page_text(browse(head).get(address + "?as_of=2015-12-31"))
    assert api(head).get(API, {"school": watched.code, "as_of": "2015-12-31"}).status_code == 404


def test_a_day_that_cannot_be_is_refused_and_today_is_shown(browse, head, standard, address):
    response = browse(head).get(address + "?as_of=2999-01-01")

    assert response.status_code == 422
    assert "Below is the pre-check as of today." in page_text(response)


def test_a_school_without_a_system_says_so(browse, head, school, standard):
    text = page_text(browse(head).get(f"/schools/{school.code}/precheck/"))

    assert "No system is in service" in text
    CameraFactory(system__school=school).delete()
    assert "No camera is recorded" in page_text(browse(head).get(f"/schools/{school.code}/precheck/"))


def test_the_page_costs_the_same_with_1_camera_and_with_50(head, standard, watched, address, queries_of):
    once = queries_of(head, address)
    for number in range(3, 53):
        CameraFactory(system=watched.systems.get(), number=number)

    assert queries_of(head, address) == once


def test_the_page_of_the_school_leads_there(browse, head, statistician, watched):
    link = f"/schools/{watched.code}/precheck/"

    assert link in page_text(browse(head).get(f"/schools/{watched.code}/"))
    assert link not in page_text(browse(statistician).get(f"/schools/{watched.code}/"))


# --- Beside the answers ---


def test_the_checklist_hints_and_presets_nothing(browse, inspector, standard, watched, noon):
    audit = services.start(
        audit=AuditFactory(school=watched, inspector=inspector), visited_on=VISIT, by=inspector, at=noon
    )
    response = browse(inspector).get(f"/audits/{audit.pk}/checklist/image/")
    text = page_text(response)

    assert "Pre-check: Expected not to be met" in text
    assert "= 192 px/m (Recognise)" in text
    assert {form["result"].value() for form in response.context["form"].answers} == {""}
    assert {form["value"].value() for form in response.context["form"].answers if "value" in form.fields} == {None}
    assert not audit.answers.exists()


def test_an_inspector_who_no_longer_serves_the_school_reads_no_formula(browse, inspector, standard, watched, noon):
    audit = services.start(
        audit=AuditFactory(school=watched, inspector=inspector), visited_on=VISIT, by=inspector, at=noon
    )
    inspector.memberships.all().delete()
    text = page_text(browse(inspector).get(f"/audits/{audit.pk}/checklist/image/"))

    assert "Pre-check: Expected not to be met" in text
    assert "192 px/m" not in text


def test_an_expectation_of_today_is_of_the_edition_of_today(standard, browse, head, address):
    assert browse(head).get(address).context["report"].edition.code == "2022"
    assert browse(head).get(address + "?as_of=2021-08-24").context["report"].edition.code == "2019"
    assert timezone.localdate() > date(2022, 3, 30)
