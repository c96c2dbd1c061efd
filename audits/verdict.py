"""The verdict of an audit: computed from its answers, never typed. The rule is printed beside every verdict.

Non-compliant if any critical or major requirement is not met; compliant if all of them are met or not applicable;
no verdict while one of them is not assessed. Minor ones only give notes (docs/figures.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from audits.models import Answer, Audit, Building, Requirement, Result, Verdict

DECISIVE = {Requirement.Severity.CRITICAL, Requirement.Severity.MAJOR}


@dataclass
class Judgement:
    """`verdict` is None while `missing` holds a requirement; `failed` and `noted` say why it is what it is."""

    verdict: Verdict | None = None
    missing: list[Requirement] = field(default_factory=list)
    failed: list[Requirement] = field(default_factory=list)
    noted: list[Requirement] = field(default_factory=list)
    asked: int = 0
    answered: int = 0


def judge(*, requirements: Iterable[Requirement], results: Mapping[int, str], school: Building) -> Judgement:
    """Judge the results, {requirement id: result}, of one visit. A missing or blank result is no answer."""
    judgement = Judgement()
    for requirement in requirements:
        if not requirement.applies_to_school(school):
            continue
        result = results.get(requirement.pk, "")
        decisive = requirement.severity_for(school) in DECISIVE
        judgement.asked += 1
        judgement.answered += bool(result)
        if not result and decisive:
            judgement.missing.append(requirement)
        if result == Result.NOT_MET:
            (judgement.failed if decisive else judgement.noted).append(requirement)
    if not judgement.missing:
        judgement.verdict = Verdict.NON_COMPLIANT if judgement.failed else Verdict.COMPLIANT
    return judgement


def judge_audit(audit: Audit) -> Judgement:
    """Judge what the audit holds now, against the edition it is pinned to."""
    assert audit.edition is not None
    results = dict(Answer.objects.filter(audit=audit).values_list("requirement_id", "result"))
    requirements = audit.edition.requirements.order_by("position")
    return judge(requirements=requirements, results=results, school=audit.building)
