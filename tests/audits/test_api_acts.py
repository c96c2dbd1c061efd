"""The acts on an audit through the REST API: what each body must say, and who is told 400, 403, 404 or 409."""

import itertools

import pytest

from accounts.models import Role
from audits.models import Answer, Status
from tests.answers import problems
from tests.factories import (
    CameraFactory,
    MembershipFactory,
    UserFactory,
    audit_approved,
    audit_in_progress,
    audit_submitted,
)

AUDITS = "/api/v1/audits/"


def test_findings_are_kept_all_or_none(api, inspector, school):
    audit = audit_in_progress(school=school, inspector=inspector)
    findings = [{"code": "C-01", "result": "met"}, {"code": "X-99", "result": "met"}]

    response = api(inspector).post(f"{AUDITS}{audit.pk}/answers/", {"findings": findings})

    assert (response.status_code, problems(response)) == (400, [("invalid", "")])
    assert "X-99" in response.json()["errors"][0]["message"]
    assert not Answer.objects.exists()


def test_a_requirement_answered_twice_in_one_body_is_refused(api, inspector, school):
    audit = audit_in_progress(school=school, inspector=inspector)
    findings = [{"code": "C-01", "result": "met"}, {"code": "C-01", "result": "not_met"}]

    response = api(inspector).post(f"{AUDITS}{audit.pk}/answers/", {"findings": findings})

    assert response.status_code == 400
    assert not Answer.objects.exists()


def test_every_finding_that_is_wrong_is_named_by_its_place(api, inspector, school):
    audit = audit_in_progress(school=school, inspector=inspector)
    findings = [
        {"code": "C-01", "result": "fine"},
        {"code": "N-01"},
        {"result": "met"},
        {"code": "M-01", "value": "12.345", "note": "x" * 2001},
    ]

    response = api(inspector).post(f"{AUDITS}{audit.pk}/answers/", {"findings": findings})

    assert response.status_code == 400
    assert problems(response) == [
        ("invalid_choice", "findings.0.result"),
        ("required", "findings.2.code"),
        ("max_decimal_places", "findings.3.value"),
        ("max_length", "findings.3.note"),
    ]


@pytest.mark.parametrize(
    "body", [{}, {"findings": []}, {"findings": "C-01"}, {"findings": None}, {"findings": ["C-01"]}]
)
def test_no_findings_are_a_wrong_body(api, inspector, school, body):
    audit = audit_in_progress(school=school, inspector=inspector)

    response = api(inspector).post(f"{AUDITS}{audit.pk}/answers/", body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["path"].startswith("findings")


def test_an_empty_finding_makes_its_requirement_not_assessed_again(api, inspector, school):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "met"})

    document = api(inspector).post(f"{AUDITS}{audit.pk}/answers/", {"findings": [{"code": "C-01"}]}).json()

    assert document["judgement"]["missing"] == ["C-01", "M-01"]


def test_submission_with_a_decisive_answer_missing_is_400(api, inspector, school):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "met"})

    response = api(inspector).post(f"{AUDITS}{audit.pk}/submit/")

    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "code": "invalid",
                "path": "",
                "message": "Critical and major requirements without an answer: M-01.",
            }
        ]
    }


def test_the_second_of_two_approvals_is_409(api, head, inspector, school):
    audit = audit_submitted(school=school, inspector=inspector)
    client = api(head)
    assert client.post(f"{AUDITS}{audit.pk}/approve/").status_code == 200

    response = client.post(f"{AUDITS}{audit.pk}/approve/")

    assert (response.status_code, problems(response)) == (409, [("conflict", "")])


def test_the_author_who_approves_is_403_and_nothing_changes(api, inspector, school):
    audit = audit_submitted(school=school, inspector=inspector)

    response = api(inspector).post(f"{AUDITS}{audit.pk}/approve/")

    assert (response.status_code, problems(response)) == (403, [("permission_denied", "")])
    audit.refresh_from_db()
    assert audit.status == Status.SUBMITTED


def test_a_head_who_was_the_inspector_cannot_approve(api, head, school):
    audit = audit_submitted(school=school, inspector=head)

    assert api(head).post(f"{AUDITS}{audit.pk}/approve/").status_code == 403


def test_an_audit_goes_back_with_its_reason_and_is_taken_up_again(api, head, inspector, school):
    audit = audit_submitted(school=school, inspector=inspector)
    returned = api(head).post(f"{AUDITS}{audit.pk}/return/", {"reason": "The yard is not described"}).json()

    resumed = api(inspector).post(f"{AUDITS}{audit.pk}/resume/").json()

    assert (returned["status"], resumed["status"], resumed["verdict"]) == ("returned", "in_progress", "")
    assert [(event["became"], event["reason"], event["by"]) for event in resumed["events"]][-2:] == [
        ("returned", "The yard is not described", "Zeinep"),
        ("in_progress", "", "Aigul"),
    ]


def test_a_voided_audit_leaves_the_figures(api, head, inspector, school, django_capture_on_commit_callbacks):
    CameraFactory(system__school=school)
    audit = audit_approved(school=school, inspector=inspector)

    with django_capture_on_commit_callbacks(execute=True):
        response = api(head).post(f"{AUDITS}{audit.pk}/void/", {"reason": "The wrong school"})

    assert response.json()["status"] == "voided"
    assert api(head).get("/api/v1/figures/").json()["coverage"]["assessed"] == 0


@pytest.mark.parametrize("act", ["return", "void"])
@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}])
def test_a_reason_is_needed(api, head, inspector, school, act, body):
    audit = audit_submitted(school=school, inspector=inspector)

    response = api(head).post(f"{AUDITS}{audit.pk}/{act}/", body)

    assert response.status_code == 400
    assert problems(response)[0][1] == "reason"


BODIES = {
    "start": {"visited_on": "2021-05-10"},
    "answers": {"findings": [{"code": "C-01", "result": "met"}]},
    "submit": {},
    "resume": {},
    "approve": {},
    "return": {"reason": "Because"},
    "void": {"reason": "Because"},
}
ACTS_OF = {"inspector": {"start", "answers", "submit", "resume"}, "head": {"approve", "return", "void"}}
POSSIBLE = {"approve", "return"}
CAST = ["viewer", "head", "officer", "inspector", "administrator", "statistician", "stranger"]
WHO_SEE_IT = {"viewer", "head", "officer", "inspector"}


@pytest.mark.parametrize(("act", "person"), list(itertools.product(BODIES, CAST)))
def test_who_may_take_which_act_on_a_submitted_audit(api, request, school, inspector, act, person):
    audit = audit_submitted(school=school, inspector=inspector)
    user = request.getfixturevalue(person)

    response = api(user).post(f"{AUDITS}{audit.pk}/{act}/", BODIES[act])

    if act in ACTS_OF.get(person, ()):
        assert response.status_code == (200 if act in POSSIBLE else 409)
    else:
        assert response.status_code == (403 if person in WHO_SEE_IT else 404)
        audit.refresh_from_db()
        assert audit.status == Status.SUBMITTED


def test_an_inspector_of_the_region_does_not_conduct_anothers_audit(api, region, school, inspector):
    other = MembershipFactory(region=region, user=UserFactory(role=Role.INSPECTOR)).user
    audit = audit_in_progress(school=school, inspector=inspector)

    assert api(other).post(f"{AUDITS}{audit.pk}/submit/").status_code == 404
