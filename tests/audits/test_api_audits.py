"""Audits through the REST API: who reads what, planning, and the whole path to the figures."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from audits import compliance
from audits.models import Audit, Verdict
from schools.areas import Area
from tests.answers import problems
from tests.factories import (
    AuditFactory,
    CameraFactory,
    EditionFactory,
    UserFactory,
    audit_approved,
    audit_in_progress,
    audit_submitted,
)

AUDITS = "/api/v1/audits/"


@pytest.fixture
def plan(school, inspector):
    return {
        "school": school.code,
        "inspector": inspector.email,
        "planned_for": timezone.localdate().isoformat(),
        "kind": "monitoring",
        "body": "quality_department",
    }


def test_the_whole_path_from_plan_to_approval_moves_the_figures(
    api, officer, inspector, head, statistician, school, plan, django_capture_on_commit_callbacks
):
    EditionFactory()
    CameraFactory(system__school=school)
    for area in (Area(), *areas_of(school)):
        compliance.recompute(area)
    audit = api(officer).post(AUDITS, plan)
    assert (audit.status_code, audit.json()["status"]) == (201, "planned")
    address = f"{AUDITS}{audit.json()['id']}/"
    field, office = api(inspector), api(head)
    assert field.post(f"{address}start/", {"visited_on": plan["planned_for"]}).json()["edition"] == "2019"
    findings = [
        {"code": "C-01", "result": "met"},
        {"code": "M-01", "value": 12.5, "note": "The disk is too small"},
    ]
    judgement = field.post(f"{address}answers/", {"findings": findings}).json()["judgement"]
    assert judgement.pop("rule").startswith("Rule: non-compliant if any critical or major requirement is not met")
    assert judgement == {
        "verdict": "non_compliant",
        "missing": [],
        "failed": ["M-01"],
        "noted": [],
        "asked": 3,
        "answered": 2,
    }
    assert field.post(f"{address}submit/").json()["verdict"] == "non_compliant"
    assert figures(api(statistician))["standings"]["unassessed"]["count"] == 1

    with django_capture_on_commit_callbacks(execute=True):
        approved = office.post(f"{address}approve/")

    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    for reader, area in ((statistician, "kz"), (head, "east-kazakhstan"), (officer, "east-kazakhstan/ridder")):
        document = figures(api(reader), area=area)
        listed = api(reader).get(document["links"]["non_compliant"]).json()
        assert document["non_compliant"]["numerator"] == listed["count"] == 1
        assert (document["is_being_recomputed"], document["editions"]) == (False, {"2019": 1})
    assert [event["became"] for event in approved.json()["events"]] == [
        "planned",
        "in_progress",
        "submitted",
        "approved",
    ]


def areas_of(school):
    placement = school.placements.select_related("district__region").get()
    return [Area(region=placement.district.region), Area(district=placement.district)]


def figures(client, **query):
    return client.get("/api/v1/figures/", query).json()


def test_an_audit_document_has_its_sheet_its_judgement_and_its_history(api, head, school, inspector):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "not_met"})

    document = api(head).get(f"{AUDITS}{audit.pk}/").json()

    assert document["school"] == {"code": school.code, "name": school.name_en}
    assert (document["inspector"], document["edition"], document["visited_on"]) == ("Aigul", "2019", "2021-05-10")
    assert [(row["code"], row["section"], row["severity"], row["result"]) for row in document["answers"]] == [
        ("C-01", "coverage", "critical", "not_met"),
        ("N-01", "coverage", "minor", ""),
        ("M-01", "archive", "major", ""),
    ]
    assert document["judgement"] | {"rule": None} == {
        "rule": None,
        "verdict": None,
        "missing": ["M-01"],
        "failed": ["C-01"],
        "noted": [],
        "asked": 3,
        "answered": 1,
    }


def test_a_planned_audit_has_no_sheet_yet(api, head, school):
    audit = AuditFactory(school=school)

    document = api(head).get(f"{AUDITS}{audit.pk}/").json()

    assert (document["edition"], document["answers"], document["judgement"]) == (None, [], None)


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("viewer", {"planned", "submitted", "approved"}),
        ("head", {"planned", "submitted", "approved"}),
        ("officer", {"planned", "submitted", "approved"}),
        ("inspector", {"submitted", "approved"}),
        ("administrator", {"approved"}),
        ("statistician", set()),
        ("stranger", set()),
    ],
)
def test_one_sees_the_audits_ones_role_sees(api, request, school, inspector, person, seen):
    audits = {
        "planned": AuditFactory(school=school),
        "submitted": audit_submitted(school=school, inspector=inspector),
        "approved": audit_approved(school=school),
    }
    client = api(request.getfixturevalue(person))

    page = client.get(AUDITS).json()

    assert page["count"] == len(seen)
    assert {audit["status"] for audit in page["results"]} == seen
    for status, audit in audits.items():
        assert client.get(f"{AUDITS}{audit.pk}/").status_code == (200 if status in seen else 404)


def test_audits_are_narrowed_by_the_filters_of_the_page(api, inspector, school):
    audit_approved(school=school)
    mine = audit_submitted(school=school, inspector=inspector, verdict=Verdict.COMPLIANT, visited_on=date(2021, 6, 1))
    client = api(inspector)

    for query in (
        {"mine": "true"},
        {"status": "submitted"},
        {"verdict": "compliant"},
        {"visited_after": "2021-06-01"},
    ):
        assert [audit["id"] for audit in client.get(AUDITS, query).json()["results"]] == [mine.pk]


def test_planning_names_every_problem_with_the_body_at_once(api, officer):
    response = api(officer).post(AUDITS, {"school": "nowhere", "kind": "raid"})

    assert response.status_code == 400
    assert problems(response) == [
        ("does_not_exist", "school"),
        ("required", "inspector"),
        ("required", "planned_for"),
        ("invalid_choice", "kind"),
        ("required", "body"),
    ]


def test_planning_names_every_refusal_of_the_service_at_once(api, officer, plan):
    outsider = UserFactory(role=Role.INSPECTOR, name="Outsider")
    yesterday = timezone.localdate() - timedelta(days=1)

    response = api(officer).post(AUDITS, plan | {"inspector": outsider.email, "planned_for": yesterday.isoformat()})

    assert response.status_code == 400
    assert [problem["message"] for problem in response.json()["errors"]] == [
        "Outsider is not an inspector of this school.",
        "The day of the visit lies in the past.",
    ]
    assert not Audit.objects.exists()


def test_a_stranger_cannot_even_name_the_school(api, stranger, plan):
    response = api(stranger).post(AUDITS, plan)

    assert (response.status_code, problems(response)) == (400, [("does_not_exist", "school")])


@pytest.mark.parametrize("person", ["viewer", "inspector", "administrator", "statistician"])
def test_only_the_department_plans(api, request, plan, person):
    response = api(request.getfixturevalue(person)).post(AUDITS, plan)

    assert (response.status_code, problems(response)) == (403, [("permission_denied", "")])
    assert not Audit.objects.exists()


def test_who_may_not_plan_does_not_learn_who_has_an_account(api, statistician, plan):
    known = api(statistician).post(AUDITS, plan)
    unknown = api(statistician).post(AUDITS, plan | {"inspector": "nobody@example.kz"})

    assert (unknown.status_code, unknown.json()) == (known.status_code, known.json())
