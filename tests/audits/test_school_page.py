"""The page of one school, and planning an audit of it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from audits import ledger
from audits.models import Audit, Status
from audits.permissions import assignable_inspectors, can_be_assigned
from cameras.models import Condition
from schools.models import Placement
from tests.answers import page_text
from tests.factories import (
    CameraFactory,
    DistrictFactory,
    MembershipFactory,
    StandardFactory,
    UserFactory,
    audit_approved,
    audit_submitted,
)


def test_strangers_do_not_find_the_school(browse, stranger, school):
    assert browse(stranger).get(f"/schools/{school.code}/").status_code == 404


def test_the_page_tells_the_four_facts_with_their_reasons(browse, head, failing):
    text = page_text(browse(head).get("/schools/F1/"))

    assert "Decided by the visit of 10 May 2021, under edition 2019." in text
    assert f'/audits/{failing.audits.get().pk}/">Audit № {failing.audits.get().pk}</a>' in text
    assert "Digital (IP), in service since 1 September 2015" in text
    assert "1 of 1 cameras does not work:" in text
    assert "0 of 1 camera is connected." in text


def test_the_standing_names_what_was_not_met_and_when_it_was_approved(browse, head, viewer, failing):
    text = page_text(browse(head).get("/schools/F1/"))

    assert ", approved on 10 May 2021" in text
    assert "Not met: C-01" in text


def test_statistics_learn_no_requirement_that_was_not_met(browse, statistician, failing):
    text = page_text(browse(statistician).get("/schools/F1/"))

    assert "Not met:" not in text
    assert "/schools/F1/requests/" not in text


def test_places_of_all_times_are_told_in_their_order(browse, head, school, region):
    school.placements.update(valid_to=date(2022, 6, 8))
    came = DistrictFactory(region=region, name_en="Abay District")
    Placement.objects.create(school=school, district=came, valid_from=date(2022, 6, 8))

    placements = browse(head).get(f"/schools/{school.code}/").context["placements"]

    assert [each.district.name for each in placements] == ["Ridder", "Abay District"]


def test_a_school_that_was_not_on_the_roll_is_in_no_figure_and_says_so(browse, head, school):
    text = page_text(browse(head).get(f"/schools/{school.code}/?as_of=2010-01-01"))

    assert "On 1 January 2010 this school was not open, or was placed in no district" in text


def test_facts_and_equipment_of_a_past_day_are_those_of_that_day(browse, head, school):
    camera = CameraFactory(system__school=school)
    camera.conditions.update(superseded_at=timezone.make_aware(datetime(2021, 7, 1, 12)))
    at = timezone.make_aware(datetime(2021, 7, 1, 12))
    Condition.objects.create(camera=camera, state="faulty", observed_on=at.date(), recorded_at=at)
    page = f"/schools/{school.code}/"

    before, after = browse(head).get(page + "?as_of=2021-06-30"), browse(head).get(page + "?as_of=2021-07-01")

    assert (before.context["record"].is_malfunctioning, len(before.context["cameras_not_working"])) == (False, 0)
    assert (after.context["record"].is_malfunctioning, len(after.context["cameras_not_working"])) == (True, 1)
    assert not before.context["can_report"]


def test_open_and_fixed_violations_are_told_apart(browse, head, failing):
    later = audit_approved(
        school=failing, visited_on=date(2021, 8, 1), results={"C-01": "met", "M-01": "not_met", "N-01": "met"}
    )
    ledger.rebuild(failing)

    context = browse(head).get("/schools/F1/").context

    assert [one.code for one in context["open_violations"]] == ["M-01"]
    assert [(one.code, one.fixed_by) for one in context["fixed_violations"]] == [("C-01", later)]


def test_statistics_learn_the_standing_but_neither_cameras_nor_violations(browse, statistician, failing):
    ledger.rebuild(failing)
    response = browse(statistician).get("/schools/F1/")
    text = page_text(response)

    assert response.context["standing"] == "non_compliant"
    assert (response.context["cameras"], list(response.context["systems"])) == ([], [])
    assert (response.context["open_violations"], list(response.context["audits"])) == ([], [])
    assert "Main entrance" not in text
    assert "Open violations" not in text
    assert "Decided by the visit of 10 May 2021" in text


def test_viewers_of_the_country_read_violations_but_not_where_cameras_look(browse, viewer, failing):
    ledger.rebuild(failing)
    text = page_text(browse(viewer).get("/schools/F1/"))

    assert "Open violations" in text
    assert "Main entrance" not in text
    assert "A camera does not work or is not powered." in text


def test_inspectors_do_not_see_the_unapproved_audits_of_others(browse, inspector, failing):
    audit_submitted(school=failing, visited_on=date(2021, 8, 1))

    assert [audit.status for audit in browse(inspector).get("/schools/F1/").context["audits"]] == [Status.APPROVED]


def test_a_school_costs_the_same_number_of_queries_with_1_camera_and_with_16(head, failing, queries_of):
    ledger.rebuild(failing)
    once = queries_of(head, "/schools/F1/")
    for _ in range(15):
        CameraFactory(system=failing.systems.get())
    audit_approved(school=failing, visited_on=date(2021, 6, 1))
    ledger.rebuild(failing)

    assert queries_of(head, "/schools/F1/") == once


# --- Planning an audit ---


def plan(client, school, inspector, **said):
    tomorrow = timezone.localdate() + timedelta(days=1)
    said = {
        "inspector": inspector.pk,
        "planned_for": tomorrow.isoformat(),
        "kind": "monitoring",
        "body": "police",
    } | said
    return client.post(f"/schools/{school.code}/plan-audit/", said)


def test_the_department_plans_an_audit(browse, officer, inspector, school):
    StandardFactory()
    response = plan(browse(officer), school, inspector)

    audit = Audit.objects.get()
    assert response["Location"] == f"/schools/{school.code}/"
    assert (audit.school, audit.inspector, audit.body, audit.status) == (school, inspector, "police", Status.PLANNED)


@pytest.mark.parametrize(
    ("person", "status"), [("inspector", 403), ("viewer", 403), ("administrator", 403), ("stranger", 404)]
)
def test_nobody_else_plans_one(browse, request, inspector, school, person, status):
    assert plan(browse(request.getfixturevalue(person)), school, inspector).status_code == status
    assert not Audit.objects.exists()


def test_a_plan_in_the_past_is_refused_and_keeps_what_was_typed(browse, officer, inspector, school):
    response = plan(browse(officer), school, inspector, planned_for="2021-01-01")

    assert response.status_code == 422
    assert "The day of the visit lies in the past." in page_text(response)
    assert 'value="2021-01-01"' in page_text(response)
    assert not Audit.objects.exists()


def test_only_inspectors_who_can_be_assigned_are_offered(browse, officer, inspector, school, district):
    of_school = MembershipFactory(school=school, user=UserFactory(role=Role.INSPECTOR, name="Bek")).user
    moved_from = DistrictFactory()
    Placement.objects.create(school=school, district=moved_from, valid_from=date(2014, 1, 1), valid_to=date(2015, 1, 1))
    MembershipFactory(district=moved_from, user=UserFactory(role=Role.INSPECTOR, name="Dana"))
    of_the_country = MembershipFactory(whole_country=True, user=UserFactory(role=Role.INSPECTOR, name="Erlan")).user
    MembershipFactory(district=district, user=of_school)
    MembershipFactory(district=district, user=UserFactory(role=Role.INSPECTOR, is_active=False))
    MembershipFactory(district=DistrictFactory(), user=UserFactory(role=Role.INSPECTOR))

    form = browse(officer).get(f"/schools/{school.code}/plan-audit/").context["form"]

    offered = list(form.fields["inspector"].queryset)
    assert offered == [inspector, of_school, of_the_country]
    assert {user for user in type(inspector).objects.all() if can_be_assigned(user, school)} == set(offered)
    assert set(assignable_inspectors(school)) == set(offered)


def test_a_school_without_an_inspector_says_what_is_missing(browse, officer, school):
    assert "No inspector serves this school" in page_text(browse(officer).get(f"/schools/{school.code}/plan-audit/"))
