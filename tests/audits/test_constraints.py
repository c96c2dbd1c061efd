"""Each constraint and each trigger of audits, broken once. What is written here goes past every service."""

from datetime import date

import pytest
from django.db import connection

from audits.compliance import Counts
from audits.models import Answer, AreaFigures, Audit, Edition, Expectation, Requirement, StaleMark, Violation
from tests.constraints import assert_refused, constraints_of
from tests.factories import (
    LONG_AGO_AT,
    AuditFactory,
    DistrictFactory,
    EditionFactory,
    RequirementFactory,
    StandardFactory,
    audit_approved,
    audit_in_progress,
    audit_submitted,
)

DAY = date(2021, 8, 25)
COUNTS = set(Counts.__dataclass_fields__) - {"editions"}


def change(audit, **fields):
    Audit.objects.filter(pk=audit.pk).update(**fields)


def violation(**fields):
    """Found by an approved audit of the school of the violation."""
    audit = fields.pop("found_by", None) or audit_approved()
    requirement = audit.edition.requirements.get(code="C-01")
    given = {"code": "C-01", "requirement": requirement, "severity": "critical", "found_by": audit, "seen_by": audit}
    return Violation.objects.create(school=audit.school, **given | fields)


def open_twice():
    first = violation()
    violation(found_by=audit_approved(school=first.school))


def found_twice_by_one_audit():
    first = violation(state="annulled")
    violation(found_by=first.found_by)


def edition_twice_a_day():
    EditionFactory()
    EditionFactory(code="2019-again")


def code_twice():
    requirement = RequirementFactory(edition=draft())
    RequirementFactory(edition=requirement.edition, code=requirement.code)


def draft():
    return Edition.objects.create(code="draft", standard=StandardFactory(), in_force_from=DAY)


def answer_twice():
    answer = audit_in_progress(results={"C-01": "met"}).answers.get()
    Answer.objects.create(
        audit=answer.audit, requirement=answer.requirement, answered_at=LONG_AGO_AT, answered_by=answer.answered_by
    )


def expected(**fields):
    """What was expected of the critical requirement of an audit in progress; `fields` are not as they must be."""
    kept = audit_in_progress(expected={"C-01": "met"}, results={"C-01": "met"}).expectations
    kept.update(**fields)


def expected_twice():
    kept = audit_in_progress(expected={"C-01": "unknown"}).expectations.get()
    kept.pk = None
    kept.save()


def self_approved():
    audit = audit_submitted()
    change(audit, status="approved", approved_at=LONG_AGO_AT, approved_by=audit.submitted_by)


def figures(**fields):
    return AreaFigures.objects.create(as_of=DAY, computed_at=LONG_AGO_AT, **dict.fromkeys(COUNTS, 0) | fields)


def region_and_district():
    district = DistrictFactory()
    return {"region": district.region, "district": district}


BROKEN = {
    "one_standard_decides_standing": lambda: [StandardFactory(), StandardFactory(slug="second")],
    "one_edition_of_a_standard_per_day": edition_twice_a_day,
    "one_requirement_per_code_in_an_edition": code_twice,
    "requirement_severity_is_known": lambda: RequirementFactory(edition=draft(), severity="grave"),
    "threshold_and_comparison_come_together": lambda: RequirementFactory(edition=draft(), comparison="at_least"),
    "measured_requirement_has_a_threshold": lambda: RequirementFactory(edition=draft(), kind="measured"),
    "audit_status_is_known": lambda: change(audit_in_progress(), status="lost"),
    "audit_verdict_is_known_or_blank": lambda: change(audit_submitted(), verdict="good"),
    "audit_is_pinned_to_an_edition_once_begun": lambda: change(AuditFactory(), status="in_progress"),
    "audit_is_judged_when_submitted": lambda: change(audit_in_progress(), status="submitted"),
    "audit_approval_is_whole": lambda: change(audit_submitted(), status="approved"),
    "audit_voiding_is_whole": lambda: change(audit_approved(), status="voided"),
    "the_author_of_an_audit_never_approves_it": self_approved,
    "return_and_voiding_give_a_reason": lambda: audit_submitted().events.update(became="returned"),
    "one_answer_per_requirement_in_an_audit": answer_twice,
    "answer_result_is_known_or_blank": lambda: audit_in_progress(results={"C-01": "perhaps"}),
    "one_expectation_per_audit_and_requirement": expected_twice,
    "expectation_outcome_is_known": lambda: expected(outcome="perhaps"),
    "expectation_is_compared_where_it_says_something": lambda: expected(outcome="unknown"),
    "one_open_violation_per_school_and_requirement": open_twice,
    "one_violation_per_audit_and_requirement": found_twice_by_one_audit,
    "violation_is_fixed_by_an_audit": lambda: violation(state="fixed"),
    "areafigures_is_of_one_area": lambda: figures(**region_and_district()),
    "stalemark_is_of_one_area": lambda: StaleMark.objects.create(**region_and_district()),
    "only_equipped_schools_malfunction_or_connect": lambda: figures(unequipped=1, malfunctioning=1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_breaks(name, db):
    assert_refused(BROKEN[name], by=name)


def test_every_constraint_of_audits_has_been_broken_here():
    assert set(BROKEN) == constraints_of("audits")


@pytest.mark.parametrize("counts", [{"compliant": 1, "connected_fully": 1, "connected_partly": 1}, {"compliant": -1}])
def test_impossible_figures_are_refused(counts, db):
    assert_refused(lambda: figures(**counts), by="areafigures|only_equipped_schools")


@pytest.mark.parametrize(
    "write",
    [
        lambda edition: Edition.objects.filter(pk=edition.pk).update(in_force_from=DAY),
        lambda edition: Edition.objects.filter(pk=edition.pk).update(published_at=None),
        lambda edition: Edition.objects.filter(pk=edition.pk)._raw_delete("default"),
    ],
)
def test_a_published_edition_is_frozen(write, db):
    edition = EditionFactory()

    assert_refused(lambda: write(edition), by="a published edition is frozen")


@pytest.mark.parametrize(
    "write",
    [
        lambda edition: RequirementFactory(edition=edition),
        lambda edition: edition.requirements.update(severity="minor"),
        lambda edition: edition.requirements.filter(code="N-01").delete(),
        lambda edition: edition.requirements.filter(code="N-01").update(edition=draft()),
        lambda edition: Requirement.objects.filter(pk=RequirementFactory(edition=draft()).pk).update(edition=edition),
    ],
)
def test_requirements_of_a_published_edition_are_frozen(write, db):
    edition = EditionFactory()

    assert_refused(lambda: write(edition), by="requirements of a published edition are frozen")


def test_a_draft_of_an_edition_is_free(db):
    requirement = RequirementFactory(edition=draft())

    requirement.edition.requirements.update(severity="minor")
    requirement.edition.delete()

    assert not Requirement.objects.exists()


@pytest.mark.parametrize("made", [audit_submitted, audit_approved])
@pytest.mark.parametrize(
    "write",
    [
        lambda answers: answers.update(result="met"),
        lambda answers: answers.filter(requirement__code="N-01").delete(),
        lambda answers: answers.update(audit=audit_in_progress()),
    ],
)
def test_answers_are_locked_once_submitted(made, write, db):
    audit = made()

    assert_refused(lambda: write(audit.answers), by="answers of a submitted audit are locked")


@pytest.mark.parametrize("made", [AuditFactory, audit_submitted, audit_approved])
def test_an_answer_is_written_only_while_the_audit_is_in_progress(made, db):
    answer = audit_in_progress(results={"C-01": "met"}).answers.get()
    answer.pk, answer.audit = None, made()

    assert_refused(answer.save, by="answers are written only while the audit is in progress")


def test_an_answer_is_to_a_requirement_of_the_edition_of_its_audit(db):
    answer = audit_in_progress(results={"C-01": "met"}).answers.get()
    answer.requirement = RequirementFactory(edition=draft())

    assert_refused(answer.save, by="an answer is to a requirement of the edition of its audit")


@pytest.mark.parametrize("made", [audit_submitted, audit_approved])
@pytest.mark.parametrize(
    "write",
    [
        lambda kept: kept.update(outcome="not_met", agreement="agreed"),
        lambda kept: kept.update(grounds={"rule": "no_cameras"}),
        lambda kept: kept.all().delete(),
        lambda kept: kept.update(audit=audit_in_progress()),
        lambda kept: Expectation.objects.filter(audit=audit_moved_to(kept)).update(audit=kept.get().audit),
    ],
)
def test_what_was_expected_is_locked_with_the_audit(made, write, db):
    audit = made(expected={"C-01": "met"})

    assert_refused(lambda: write(audit.expectations), by="expectations are written only while the audit is in progress")


def audit_moved_to(_kept):
    """Another audit in progress, whose expectation is to be slipped under the one that is locked."""
    return audit_in_progress(expected={"M-01": "met"})


def test_an_expectation_is_of_a_requirement_of_the_edition_of_its_audit(db):
    kept = audit_in_progress(expected={"C-01": "met"}).expectations.get()
    kept.requirement = RequirementFactory(edition=draft())

    assert_refused(kept.save, by="an expectation is of a requirement of the edition of its audit")


CHANGED = {
    "school_id": lambda audit: AuditFactory().school_id,
    "standard_id": lambda audit: StandardFactory(slug="drills", decides_standing=False).pk,
    "edition_id": lambda audit: draft().pk,
    "kind": lambda audit: "inspection",
    "body": lambda audit: "police",
    "inspector_id": lambda audit: AuditFactory().inspector_id,
    "planned_for": lambda audit: DAY,
    "visited_on": lambda audit: DAY,
    "setting": lambda audit: "city",
    "floors": lambda audit: 9,
    "has_outdoor_toilet": lambda audit: True,
    "verdict": lambda audit: "compliant",
    "submitted_at": lambda audit: LONG_AGO_AT,
    "submitted_by_id": lambda audit: AuditFactory().inspector_id,
    "approved_at": lambda audit: LONG_AGO_AT,
    "approved_by_id": lambda audit: AuditFactory().inspector_id,
}


@pytest.mark.parametrize("name", CHANGED)
@pytest.mark.parametrize("with_voiding", [{}, {"status": "voided", "voided_at": LONG_AGO_AT}])
def test_nothing_of_an_approved_audit_changes_not_even_with_its_voiding(name, with_voiding, db):
    audit = audit_approved()

    assert_refused(
        lambda: change(audit, **{name: CHANGED[name](audit)}, **with_voiding), by="an approved audit is locked"
    )


def test_every_column_of_an_audit_has_been_changed_here():
    columns = {field.attname for field in Audit._meta.concrete_fields}
    assert columns - set(CHANGED) == {"id", "status", "voided_at"}


@pytest.mark.parametrize("status", ["planned", "in_progress", "submitted", "returned"])
def test_an_approved_audit_never_goes_back(status, db):
    audit = audit_approved()

    assert_refused(lambda: change(audit, status=status), by="an approved audit is locked")


def test_a_voided_audit_is_never_revived_and_never_deleted(db):
    audit = audit_approved()
    change(audit, status="voided", voided_at=LONG_AGO_AT)

    assert_refused(lambda: change(audit, status="approved", voided_at=None), by="an approved audit is locked")
    assert_refused(lambda: Audit.objects.filter(pk=audit.pk)._raw_delete("default"), by="an approved audit is locked")


def test_every_trigger_has_been_pulled_here(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
        triggers = [name for (name,) in cursor.fetchall()]

    assert triggers == [
        "answer_follows_its_audit",
        "approved_audit_is_locked",
        "district_keeps_its_region",
        "expectation_follows_its_audit",
        "history_is_never_rewritten",
        "published_edition_is_frozen",
        "requirement_of_a_published_edition_is_frozen",
    ]
