"""The page of an audit, and the acts that are taken from it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from audits import compliance, services
from audits.models import Audit, AuditEvent, Status, Verdict
from schools.areas import Area
from tests.factories import (
    AuditFactory,
    CameraFactory,
    EditionFactory,
    audit_in_progress,
    audit_submitted,
)

ACTS = ["start", "submit", "resume", "approve", "return", "void"]


def page_of(audit):
    return reverse("audits:audit_page", args=[audit.pk])


def act(name, audit):
    return reverse(f"audits:audit_{name}", args=[audit.pk])


def acts_shown(response, audit):
    return {name for name in ACTS if act(name, audit) in response.text}


def now_is(audit):
    return Audit.objects.get(pk=audit.pk).status


def audit_in(status, head, noon, **fields):
    """An audit that came to the status by the acts of the office."""
    if status == Status.PLANNED:
        return AuditFactory(**fields)
    if status == Status.IN_PROGRESS:
        return audit_in_progress(**fields)
    audit = audit_submitted(**fields)
    if status == Status.RETURNED:
        services.return_(audit=audit, reason="The yard is not described", by=head, at=noon)
    if status in {Status.APPROVED, Status.VOIDED}:
        services.approve(audit=audit, by=head, at=noon)
    if status == Status.VOIDED:
        services.void(audit=audit, reason="Visited the wrong school", by=head, at=noon)
    return audit


# --- What the page shows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "of_the_inspector", "of_the_head"),
    [
        (Status.PLANNED, {"start"}, set()),
        (Status.IN_PROGRESS, set(), set()),
        (Status.SUBMITTED, set(), {"approve", "return"}),
        (Status.RETURNED, {"resume"}, set()),
        (Status.APPROVED, set(), {"void"}),
        (Status.VOIDED, set(), set()),
    ],
)
def test_the_page_offers_exactly_the_acts_the_person_may_take(
    browse, school, inspector, head, officer, noon, status, of_the_inspector, of_the_head
):
    audit = audit_in(status, head, noon, school=school, inspector=inspector)

    assert acts_shown(browse(inspector).get(page_of(audit)), audit) == of_the_inspector
    assert acts_shown(browse(head).get(page_of(audit)), audit) == of_the_head
    assert acts_shown(browse(officer).get(page_of(audit)), audit) == set()


def test_the_inspector_of_a_visit_under_way_is_led_back_to_the_checklist(browse, inspector):
    audit = audit_in_progress(inspector=inspector, results={"C-01": "met"})

    page = browse(inspector).get(page_of(audit))

    assert "1 of 3 requirements answered." in page.text
    assert "1 critical or major one is left." in page.text
    assert reverse("audits:audit_checklist", args=[audit.pk]) in page.text


def test_the_page_prints_the_rule_and_the_reasons_beside_the_verdict(browse, school, inspector, head):
    results = {"C-01": "met", "M-01": "not_met", "N-01": "not_met"}
    audit = audit_submitted(school=school, inspector=inspector, results=results)

    page = browse(head).get(page_of(audit))

    assert "Rule: non-compliant if any critical or major requirement is not met" in page.text
    assert "1 critical or major requirement is not met" in page.text
    assert "Note: 1 minor requirement is not met" in page.text
    assert page.text.index("Requirement M-01") < page.text.index("Requirement N-01") < page.text.index("All answers")


def test_what_failed_is_shown_with_what_was_measured_and_what_is_required(browse, school, inspector, head, noon):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "met"})
    found = services.Finding(code="M-01", value=Decimal(12), note="Only the last days")
    services.answer(audit=audit, findings=[found], by=inspector, at=noon)
    services.submit(audit=audit, by=inspector, at=noon)

    page = browse(head).get(page_of(audit))

    assert "<strong>12 days</strong>" in page.text
    assert "at least 30 days" in page.text
    assert "Only the last days" in page.text


def test_the_history_says_who_did_what_when_and_why(browse, school, inspector, head, noon):
    audit = audit_in(Status.VOIDED, head, noon, school=school, inspector=inspector)

    page = browse(head).get(page_of(audit))

    assert [(event.became, event.by) for event in page.context["events"]] == [
        ("submitted", inspector),
        ("approved", head),
        ("voided", head),
    ]
    assert "Zeinep, <time" in page.text
    assert "25 August 2021, 12:00" in page.text
    assert page.text.count("Visited the wrong school") == 2


def test_a_head_who_made_the_audit_reads_why_another_must_approve_it(browse, school, head):
    audit = audit_submitted(school=school, inspector=head)

    assert "whoever made an audit never approves it" in browse(head).get(page_of(audit)).text


def test_the_page_takes_as_many_queries_for_few_answers_as_for_many(queries_of, school, inspector, head):
    few = audit_submitted(school=school, inspector=inspector, results={"C-01": "met", "M-01": "met"})
    many = audit_submitted(school=school, inspector=inspector)

    assert queries_of(head, page_of(many)) == queries_of(head, page_of(few))


@pytest.mark.parametrize("name", ["stranger", "statistician", "administrator"])
@pytest.mark.parametrize("address", ["", "checklist/", "checklist/coverage/", "summary/", "void/"])
def test_for_those_who_may_not_see_it_there_is_no_such_audit(browse, school, name, address, request):
    audit = audit_submitted(school=school)

    assert browse(request.getfixturevalue(name)).get(page_of(audit) + address).status_code == 404


# --- Acts ------------------------------------------------------------------------------------------------------------


def test_starting_pins_the_edition_of_the_day_and_opens_the_checklist(browse, school, inspector):
    EditionFactory()
    audit = AuditFactory(school=school, inspector=inspector)

    begun = browse(inspector).post(act("start", audit), {"visited_on": "2021-05-11"})

    assert begun.headers["Location"] == reverse("audits:audit_checklist", args=[audit.pk])
    audit.refresh_from_db()
    assert (audit.status, audit.visited_on, audit.edition.code) == ("in_progress", date(2021, 5, 11), "2019")


def test_the_page_says_which_edition_will_be_pinned(browse, school, inspector):
    EditionFactory()
    audit = AuditFactory(school=school, inspector=inspector)

    page = browse(inspector).get(page_of(audit))

    assert "from 1 February 2019: <strong>Edition of 2019</strong> (in force today)" in page.text
    assert f'value="{timezone.localdate().isoformat()}"' in page.text


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (timezone.localdate() + timedelta(days=2), "The day of the visit lies in the future."),
        (date(2018, 1, 1), "No edition of the standard was in force on that day."),
        ("soon", "Enter a valid date."),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_stays_in_the_form(browse, school, inspector, day, problem):
    EditionFactory()
    audit = AuditFactory(school=school, inspector=inspector)

    refused = browse(inspector).post(act("start", audit), {"visited_on": day})

    assert refused.status_code == 422
    assert problem in refused.text
    assert f'value="{day}"' in refused.text
    assert now_is(audit) == Status.PLANNED


def test_approving_moves_the_figures_and_the_page_shows_them(
    browse, school, inspector, head, django_capture_on_commit_callbacks
):
    CameraFactory(system__school=school)
    audit = audit_submitted(school=school, inspector=inspector, verdict=Verdict.NON_COMPLIANT)

    with django_capture_on_commit_callbacks(execute=True):
        approved = browse(head).post(act("approve", audit))

    assert approved.headers["Location"] == page_of(audit)
    page = browse(head).get(page_of(audit))
    assert "Approved. The figures that this audit is part of are being recomputed." in page.text
    assert page.text.count("<strong>1</strong> of 1 non-compliant") == 2  # the district and the region
    assert 'href="/districts/ridder/"' in page.text
    assert 'href="/regions/east-kazakhstan/"' in page.text
    assert "being recomputed" not in browse(head).get(page_of(audit)).text


def test_until_the_recount_the_page_says_that_figures_are_being_recomputed(
    browse, region, school, inspector, head, noon
):
    compliance.recompute(Area(region=region))
    audit = audit_in(Status.APPROVED, head, noon, school=school, inspector=inspector)

    part = browse(head).get(page_of(audit), headers={"HX-Request": "true"})

    assert part.text.lstrip().startswith("<section")
    assert "these figures are being recomputed" in part.text


def test_the_second_of_two_approvals_reads_what_happened_meanwhile(browse, school, inspector, head, noon):
    audit = audit_in(Status.APPROVED, head, noon, school=school, inspector=inspector)

    late = browse(head).post(act("approve", audit))

    assert late.status_code == 409
    assert "The audit is “Approved” and cannot become “Approved”." in late.text
    assert "Last step: “Approved”, Zeinep, 25 August 2021, 12:00." in late.text
    assert AuditEvent.objects.filter(audit=audit, became=Status.APPROVED).count() == 1


def test_returning_without_a_reason_is_refused(browse, school, inspector, head):
    audit = audit_submitted(school=school, inspector=inspector)

    refused = browse(head).post(act("return", audit), {"reason": "  "})

    assert refused.status_code == 422
    assert "This field is required." in refused.text
    assert now_is(audit) == Status.SUBMITTED


def test_a_returned_audit_is_resumed_with_its_reason_in_view(browse, school, inspector, head):
    audit = audit_submitted(school=school, inspector=inspector)

    browse(head).post(act("return", audit), {"reason": "The yard is not described"})
    resumed = browse(inspector).post(act("resume", audit))

    assert resumed.headers["Location"] == reverse("audits:audit_summary", args=[audit.pk])
    assert now_is(audit) == Status.IN_PROGRESS
    for address in (resumed.headers["Location"], page_of(audit), f"{page_of(audit)}checklist/coverage/"):
        assert "The yard is not described" in browse(inspector).get(address).text


def test_voiding_asks_for_a_reason_on_a_page_of_its_own(browse, school, inspector, head, noon):
    audit = audit_in(Status.APPROVED, head, noon, school=school, inspector=inspector)

    assert "no longer counts in any figure" in browse(head).get(act("void", audit)).text
    assert browse(head).post(act("void", audit), {"reason": ""}).status_code == 422
    assert now_is(audit) == Status.APPROVED
    browse(head).post(act("void", audit), {"reason": "Visited the wrong school"})
    assert now_is(audit) == Status.VOIDED


@pytest.mark.parametrize(
    ("name", "status", "who"),
    [
        ("start", Status.PLANNED, "head"),
        ("submit", Status.IN_PROGRESS, "head"),
        ("resume", Status.RETURNED, "head"),
        ("approve", Status.SUBMITTED, "inspector"),
        ("approve", Status.SUBMITTED, "officer"),
        ("approve", Status.SUBMITTED, "viewer"),
        ("return", Status.SUBMITTED, "officer"),
        ("void", Status.APPROVED, "inspector"),
        ("void", Status.APPROVED, "administrator"),
    ],
)
def test_an_act_is_forbidden_to_the_wrong_person(browse, school, inspector, head, noon, name, status, who, request):
    audit = audit_in(status, head, noon, school=school, inspector=inspector)

    assert browse(request.getfixturevalue(who)).post(act(name, audit)).status_code == 403
    assert now_is(audit) == status


@pytest.mark.parametrize("name", ["start", "submit", "resume", "approve", "return"])
def test_coming_back_from_a_sign_in_to_an_act_leads_to_the_page(browse, school, inspector, head, name):
    audit = audit_submitted(school=school, inspector=inspector)
    who = head if name in {"approve", "return"} else inspector

    assert browse(who).get(act(name, audit)).headers["Location"] == page_of(audit)


def test_the_inspector_of_another_audit_does_not_find_this_one(browse, inspector):
    audit = AuditFactory()

    assert browse(inspector).post(act("start", audit)).status_code == 404
