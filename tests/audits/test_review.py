"""Submitting, reviewing and what an approval changes."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audits import compliance, services
from audits.models import TRANSITIONS, AreaFigures, Audit, AuditEvent, StaleMark, Status, Verdict, Violation
from core.errors import Invalid
from schools.areas import Area
from tests.factories import CameraFactory, audit_approved, audit_in_progress, audit_submitted


def test_approval_moves_the_figures_of_district_region_and_country(
    school, inspector, head, noon, django_capture_on_commit_callbacks
):
    CameraFactory(system__school=school)
    audit = audit_submitted(school=school, inspector=inspector, verdict=Verdict.NON_COMPLIANT)

    with django_capture_on_commit_callbacks(execute=True):
        services.approve(audit=audit, by=head, at=noon)

    counted = [(row.area.key, row.non_compliant, row.editions) for row in AreaFigures.objects.order_by("pk")]
    assert counted == [
        ("kz", 1, {"2019": 1}),
        ("east-kazakhstan", 1, {"2019": 1}),
        ("east-kazakhstan/ridder", 1, {"2019": 1}),
    ]
    assert not StaleMark.objects.exists()


def test_areas_are_stale_from_the_approval_until_the_recount(school, inspector, head, noon):
    audit = audit_submitted(school=school, inspector=inspector)

    services.approve(audit=audit, by=head, at=noon)

    assert {mark.area.key for mark in StaleMark.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}
    assert not AreaFigures.objects.exists()


def test_submission_computes_the_verdict(school, inspector, noon):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "met", "M-01": "not_met"})

    submitted = services.submit(audit=audit, by=inspector, at=noon)

    assert (submitted.status, submitted.verdict) == (Status.SUBMITTED, Verdict.NON_COMPLIANT)


def test_submission_names_every_decisive_requirement_without_an_answer(school, inspector, noon):
    audit = audit_in_progress(school=school, inspector=inspector, results={"N-01": "met"})

    with pytest.raises(Invalid) as refused:
        services.submit(audit=audit, by=inspector, at=noon)

    assert refused.value.problems == ["Critical and major requirements without an answer: C-01, M-01."]
    audit.refresh_from_db()
    assert audit.status == Status.IN_PROGRESS


def test_the_inspector_cannot_approve(school, inspector, noon):
    audit = audit_submitted(school=school, inspector=inspector)

    with pytest.raises(PermissionDenied):
        services.approve(audit=audit, by=inspector, at=noon)


def test_a_head_who_was_the_inspector_cannot_approve(school, head, noon):
    audit = audit_submitted(school=school, inspector=head)

    with pytest.raises(PermissionDenied):
        services.approve(audit=audit, by=head, at=noon)


def test_the_database_refuses_an_author_who_approves(school, inspector, noon):
    with pytest.raises(IntegrityError, match="the_author_of_an_audit_never_approves_it"), transaction.atomic():
        audit_approved(school=school, inspector=inspector, approved_by=inspector)


def test_the_second_of_two_approvals_conflicts_and_changes_nothing(school, inspector, head, noon):
    audit = audit_submitted(school=school, inspector=inspector)
    services.approve(audit=audit, by=head, at=noon)

    with pytest.raises(services.NotAllowedFrom):
        services.approve(audit=audit, by=head, at=noon)

    assert AuditEvent.objects.filter(audit=audit, became=Status.APPROVED).count() == 1


def test_return_needs_a_reason(school, inspector, head, noon):
    audit = audit_submitted(school=school, inspector=inspector)

    with pytest.raises(Invalid):
        services.return_(audit=audit, reason="  ", by=head, at=noon)

    audit.refresh_from_db()
    assert audit.status == Status.SUBMITTED


def test_a_returned_audit_is_resumed_and_loses_its_verdict(school, inspector, head, noon):
    audit = audit_submitted(school=school, inspector=inspector)
    services.return_(audit=audit, reason="The yard is not described", by=head, at=noon)

    resumed = services.resume(audit=audit, by=inspector, at=noon)

    assert (resumed.status, resumed.verdict, resumed.submitted_at) == (Status.IN_PROGRESS, "", None)
    assert resumed.events.get(became=Status.RETURNED).reason == "The yard is not described"


def test_voiding_takes_the_audit_out_of_the_figures_from_that_day_on(school, inspector, head, noon):
    CameraFactory(system__school=school)
    audit = audit_approved(school=school, inspector=inspector)

    services.void(audit=audit, reason="Visited the wrong school", by=head, at=noon)

    assert compliance.count(Area(), noon.date()).unassessed == 1
    assert compliance.count(Area(), audit.visited_on).non_compliant == 1


def test_an_approval_opens_a_violation_and_a_later_one_confirms_it_fixed(school, inspector, head, noon):
    found = audit_submitted(school=school, inspector=inspector, verdict=Verdict.NON_COMPLIANT)
    services.approve(audit=found, by=head, at=noon)
    assert [(v.code, v.state) for v in school.violations.all()] == [("C-01", Violation.State.OPEN)]

    fixed = audit_submitted(school=school, inspector=inspector, verdict=Verdict.COMPLIANT, visited_on=noon.date())
    services.approve(audit=fixed, by=head, at=noon)

    violation = school.violations.get()
    assert (violation.state, violation.found_by, violation.fixed_by) == (Violation.State.FIXED, found, fixed)


@pytest.mark.parametrize(("was", "to"), list(itertools.product(Status, Status)))
def test_an_audit_moves_only_along_the_table(was, to):
    audit = Audit(status=was)

    if to in TRANSITIONS.get(was, ()):
        services._guard(audit, to)
    else:
        with pytest.raises(services.NotAllowedFrom):
            services._guard(audit, to)


def test_the_table_is_what_the_office_signed():
    assert {(was.value, to.value) for was, allowed in TRANSITIONS.items() for to in allowed} == {
        ("planned", "in_progress"),
        ("in_progress", "submitted"),
        ("submitted", "returned"),
        ("submitted", "approved"),
        ("returned", "in_progress"),
        ("approved", "voided"),
    }
