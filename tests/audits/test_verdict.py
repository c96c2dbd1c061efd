"""The rule of the verdict, by its table and by its laws."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.models import Requirement, Result, Verdict
from audits.verdict import DECISIVE, judge, judge_audit
from schools.models import School
from tests.factories import audit_in_progress

Severity, AppliesTo, Setting = Requirement.Severity, Requirement.AppliesTo, School.Setting
MET, NOT_MET, NOT_APPLICABLE, BLANK = Result.MET, Result.NOT_MET, Result.NOT_APPLICABLE, ""
many = settings(max_examples=150, deadline=None, derandomize=True)

schools = st.builds(
    School, setting=st.sampled_from(Setting), floors=st.integers(1, 4), has_outdoor_toilet=st.booleans()
)


@st.composite
def visits(draw, results=(MET, NOT_MET, NOT_APPLICABLE, BLANK)):
    """A school, requirements of every kind, and a result for each of them."""
    count = draw(st.integers(1, 8))
    requirements = [
        Requirement(
            pk=pk,
            code=f"R-{pk}",
            severity=draw(st.sampled_from(Severity)),
            city_severity=draw(st.sampled_from([BLANK, *Severity])),
            applies_to=draw(st.sampled_from([AppliesTo.ALL, *AppliesTo])),
        )
        for pk in range(1, count + 1)
    ]
    given_results = {requirement.pk: draw(st.sampled_from(results)) for requirement in requirements}
    return draw(schools), requirements, given_results


def verdict_of(school, requirements, results):
    return judge(requirements=requirements, results=results, school=school).verdict


def asked_with(requirements, school, severities):
    return [r for r in requirements if r.applies_to_school(school) and r.severity_for(school) in severities]


@pytest.mark.parametrize(
    ("critical", "major", "minor", "verdict"),
    [
        (MET, MET, MET, Verdict.COMPLIANT),
        (MET, MET, NOT_MET, Verdict.COMPLIANT),
        (MET, MET, BLANK, Verdict.COMPLIANT),
        (NOT_APPLICABLE, MET, MET, Verdict.COMPLIANT),
        (NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, Verdict.COMPLIANT),
        (NOT_MET, MET, MET, Verdict.NON_COMPLIANT),
        (MET, NOT_MET, MET, Verdict.NON_COMPLIANT),
        (NOT_MET, NOT_APPLICABLE, MET, Verdict.NON_COMPLIANT),
        (BLANK, MET, MET, None),
        (MET, BLANK, MET, None),
        (BLANK, NOT_MET, MET, None),
    ],
)
def test_the_verdict_follows_the_published_rule(critical, major, minor, verdict):
    severities = zip((1, 2, 3), (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR), strict=True)
    requirements = [Requirement(pk=pk, severity=severity, applies_to="all") for pk, severity in severities]

    assert verdict_of(School(floors=1), requirements, {1: critical, 2: major, 3: minor}) == verdict


@many
@given(visits())
def test_a_blank_decisive_answer_never_passes_and_is_named(visit):
    school, requirements, results = visit

    judgement = judge(requirements=requirements, results=results, school=school)

    blank = [r for r in asked_with(requirements, school, DECISIVE) if not results[r.pk]]
    assert judgement.missing == blank
    assert (judgement.verdict is None) == bool(blank)


@many
@given(visits(), st.data())
def test_a_requirement_without_a_row_is_as_blank_as_an_empty_one(visit, data):
    school, requirements, results = visit
    kept = {pk: result for pk, result in results.items() if result or data.draw(st.booleans())}

    assert judge(requirements=requirements, results=kept, school=school) == judge(
        requirements=requirements, results=results, school=school
    )


@many
@given(visits(), st.data())
def test_minor_requirements_never_decide(visit, data):
    school, requirements, results = visit
    changed = dict(results)
    for requirement in asked_with(requirements, school, {Severity.MINOR}):
        changed[requirement.pk] = data.draw(st.sampled_from([MET, NOT_MET, NOT_APPLICABLE, BLANK]))

    assert verdict_of(school, requirements, changed) == verdict_of(school, requirements, results)


@many
@given(visits(), st.data())
def test_one_more_decisive_failure_never_makes_a_school_compliant(visit, data):
    school, requirements, results = visit
    decisive = asked_with(requirements, school, DECISIVE)
    if not decisive:
        return
    failed = data.draw(st.sampled_from(decisive))

    assert verdict_of(school, requirements, results | {failed.pk: NOT_MET}) != Verdict.COMPLIANT


@many
@given(visits())
def test_not_applicable_leaves_the_denominator(visit):
    school, requirements, results = visit
    without = [r for r in requirements if results[r.pk] != NOT_APPLICABLE]

    assert verdict_of(school, requirements, results) == verdict_of(school, without, results)


@many
@given(visits(), st.data())
def test_what_does_not_apply_to_the_school_is_not_asked(visit, data):
    school, requirements, results = visit
    asked = [r for r in requirements if r.applies_to_school(school)]
    noise = {r.pk: data.draw(st.sampled_from(Result)) for r in requirements if r not in asked}

    assert judge(requirements=requirements, results=results | noise, school=school) == judge(
        requirements=asked, results=results, school=school
    )


@many
@given(visits(results=(MET, NOT_MET, NOT_APPLICABLE)))
def test_a_full_sheet_always_has_a_verdict_and_the_reasons_for_it(visit):
    school, requirements, results = visit

    judgement = judge(requirements=requirements, results=results, school=school)

    failed = [r for r in asked_with(requirements, school, DECISIVE) if results[r.pk] == NOT_MET]
    assert judgement.failed == failed
    assert judgement.noted == [r for r in asked_with(requirements, school, {"minor"}) if results[r.pk] == NOT_MET]
    assert judgement.verdict == (Verdict.NON_COMPLIANT if failed else Verdict.COMPLIANT)
    assert judgement.answered == judgement.asked == len([r for r in requirements if r.applies_to_school(school)])


@pytest.mark.parametrize(
    ("setting", "verdict"), [(Setting.CITY, Verdict.NON_COMPLIANT), (Setting.VILLAGE, Verdict.COMPLIANT)]
)
def test_a_city_school_is_held_to_the_severity_of_cities(setting, verdict):
    requirement = Requirement(pk=1, severity=Severity.MINOR, city_severity=Severity.CRITICAL, applies_to="all")

    assert verdict_of(School(setting=setting, floors=1), [requirement], {1: NOT_MET}) == verdict


@pytest.mark.parametrize(
    ("applies_to", "applies"),
    [
        (AppliesTo.ALL, [True] * 8),
        (AppliesTo.CITY, [True] * 4 + [False] * 4),
        (AppliesTo.VILLAGE, [False] * 4 + [True] * 4),
        (AppliesTo.MULTI_STOREY, [False, False, True, True] * 2),
        (AppliesTo.OUTDOOR_TOILET, [False, True] * 4),
    ],
)
def test_a_requirement_applies_by_what_the_school_is(applies_to, applies):
    kinds = product((Setting.CITY, Setting.VILLAGE), (1, 2), (False, True))
    every_school = [School(setting=s, floors=floors, has_outdoor_toilet=toilet) for s, floors, toilet in kinds]

    assert [Requirement(applies_to=applies_to).applies_to_school(school) for school in every_school] == applies


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"), [("at_least", False, True, True), ("at_most", True, True, False)]
)
def test_a_measured_value_on_the_threshold_meets_it(comparison, below, equal, above):
    requirement = Requirement(threshold=30, comparison=comparison)

    assert [requirement.is_met_by(value) for value in (29, 30, 31)] == [below, equal, above]


def test_an_audit_is_judged_by_what_it_holds_against_its_own_edition(school, inspector):
    audit = audit_in_progress(
        school=school, inspector=inspector, results={"C-01": "met", "M-01": "not_met", "N-01": "not_met"}
    )

    judgement = judge_audit(audit)

    assert judgement.verdict == Verdict.NON_COMPLIANT
    assert ([r.code for r in judgement.failed], [r.code for r in judgement.noted]) == (["M-01"], ["N-01"])
    assert (judgement.asked, judgement.answered) == (3, 3)
