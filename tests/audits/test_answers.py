"""What an inspector may say about one requirement, and what it amounts to."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from audits import services
from audits.answers import Finding, choices_of, result_of
from audits.models import Requirement, Result
from core.errors import Invalid
from tests.factories import EditionFactory, audit_in_progress, audit_submitted

MEASURED = Requirement(code="ARC-01", kind="measured", threshold=Decimal(30), comparison="at_least")
YES_NO = Requirement(code="COV-01", kind="yes_no")
CHOICE = Requirement(
    code="NET-01",
    kind="choice",
    choices=[
        {
            "value": "connected",
            "label_kk": "қосылған",
            "label_ru": "подключена",
            "label_en": "connected",
            "meets": True,
        },
        {"value": "unable", "label_kk": "мүмкін емес", "label_ru": "невозможно", "label_en": "unable", "meets": False},
    ],
)
values = st.none() | st.decimals(-10, 2_000_000) | st.sampled_from([Decimal("NaN"), Decimal("Infinity"), Decimal(30)])


@pytest.mark.parametrize(
    ("requirement", "finding", "result"),
    [
        (YES_NO, Finding("COV-01", result="met"), "met"),
        (YES_NO, Finding("COV-01", result="not_met", note="No camera at the gate"), "not_met"),
        (YES_NO, Finding("COV-01"), ""),
        (MEASURED, Finding("ARC-01", value=Decimal(30)), "met"),
        (MEASURED, Finding("ARC-01", value=Decimal("29.99")), "not_met"),
        (MEASURED, Finding("ARC-01", result="met", value=Decimal(31)), "met"),
        (MEASURED, Finding("ARC-01", result="not_applicable", value=Decimal(3)), "not_applicable"),
        (CHOICE, Finding("NET-01", choice="connected"), "met"),
        (CHOICE, Finding("NET-01", choice="unable"), "not_met"),
    ],
)
def test_a_finding_amounts_to_a_result(requirement, finding, result):
    assert result_of(finding, requirement) == (result, [])


@pytest.mark.parametrize(
    ("requirement", "finding", "problem"),
    [
        (YES_NO, Finding("COV-01", result="maybe"), "COV-01: choose met, not met or not applicable."),
        (YES_NO, Finding("COV-01", value=Decimal(3)), "COV-01: this requirement has no measured value."),
        (CHOICE, Finding("NET-01", choice="soon"), "NET-01: this choice is not offered."),
        (YES_NO, Finding("COV-01", choice="connected"), "COV-01: this choice is not offered."),
        (
            MEASURED,
            Finding("ARC-01", result="met", value=Decimal(14)),
            "ARC-01: what was measured or chosen means “Not met”.",
        ),
        (
            CHOICE,
            Finding("NET-01", result="not_met", choice="connected"),
            "NET-01: what was measured or chosen means “Met”.",
        ),
    ],
)
def test_a_finding_that_contradicts_itself_or_its_requirement_is_refused(requirement, finding, problem):
    assert result_of(finding, requirement)[1] == [problem]


@pytest.mark.parametrize("value", ["-0.01", "1000000", "29.999", "NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_value_that_cannot_be_stored_as_it_is_is_refused(value):
    _result, problems = result_of(Finding("ARC-01", value=Decimal(value)), MEASURED)

    assert problems == ["ARC-01: the value must lie between 0 and 999,999, with two decimals at most."]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([MEASURED, YES_NO, CHOICE]),
    st.sampled_from(["", "maybe", *Result.values]),
    values,
    st.sampled_from(["", "connected", "unable", "soon"]),
)
def test_whatever_is_sent_is_refused_or_becomes_a_known_result_that_agrees_with_it(requirement, result, value, choice):
    came, problems = result_of(Finding(requirement.code, result, value, choice), requirement)

    if problems:
        return
    assert came in {"", *Result.values}
    assert not result or came == result
    if value is not None and result != Result.NOT_APPLICABLE:
        assert came == (Result.MET if value >= 30 else Result.NOT_MET)


def test_choices_are_labelled_in_the_language_of_the_reader():
    assert choices_of(CHOICE) == [("connected", "connected"), ("unable", "unable")]


def test_answers_are_kept_and_written_over(school, inspector, noon):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "met"})

    services.answer(
        audit=audit,
        findings=[Finding("C-01", "not_met", note="Dark"), Finding("M-01", value=Decimal(14))],
        by=inspector,
        at=noon,
    )

    kept = audit.answers.order_by("requirement__position")
    assert [(a.requirement.code, a.result, a.value, a.note, a.answered_at) for a in kept] == [
        ("C-01", "not_met", None, "Dark", noon),
        ("M-01", "not_met", Decimal(14), "", noon),
    ]


def test_an_empty_finding_makes_its_requirement_not_assessed_again(school, inspector, noon):
    audit = audit_in_progress(school=school, inspector=inspector, results={"C-01": "met"})

    services.answer(audit=audit, findings=[Finding("C-01")], by=inspector, at=noon)

    assert audit.answers.get().result == ""


def test_answers_are_kept_all_or_none_with_every_problem_named(school, inspector, noon):
    audit = audit_in_progress(school=school, inspector=inspector)
    findings = [Finding("C-01", "met"), Finding("N-01", "maybe"), Finding("X-99", "met"), Finding("C-01", "not_met")]

    with pytest.raises(Invalid) as refused:
        services.answer(audit=audit, findings=findings, by=inspector, at=noon)

    assert refused.value.problems == [
        "N-01: choose met, not met or not applicable.",
        "X-99 is not asked of this school, or was answered twice.",
        "C-01 is not asked of this school, or was answered twice.",
    ]
    assert not audit.answers.exists()


def test_what_does_not_apply_to_the_school_cannot_be_answered(school, inspector, noon):
    edition = EditionFactory(requirements=[{"code": "TOWN-01", "applies_to": "city"}])
    audit = audit_in_progress(school=school, inspector=inspector)

    with pytest.raises(Invalid, match="TOWN-01 is not asked of this school"):
        services.answer(audit=audit, findings=[Finding("TOWN-01", "not_met")], by=inspector, at=noon)

    assert audit.edition == edition


@pytest.mark.parametrize("who", ["head", "officer", "viewer", "administrator"])
def test_only_the_assigned_inspector_answers(who, school, inspector, noon, request):
    audit = audit_in_progress(school=school, inspector=inspector)

    with pytest.raises(PermissionDenied):
        services.answer(audit=audit, findings=[Finding("C-01", "met")], by=request.getfixturevalue(who), at=noon)


def test_answers_of_a_submitted_audit_are_locked(school, inspector, noon):
    audit = audit_submitted(school=school, inspector=inspector)

    with pytest.raises(services.NotAllowedFrom):
        services.answer(audit=audit, findings=[Finding("C-01", "met")], by=inspector, at=noon)

    assert audit.answers.get(requirement__code="C-01").result == "not_met"
