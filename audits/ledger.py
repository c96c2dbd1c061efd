"""The ledger of violations of a school: what follows from its approved audits, in the order of their visits.

It is rebuilt whole, so that a late approval or a voiding leaves exactly what the remaining audits say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from audits.models import Answer, Audit, Requirement, Result, Status, Violation
from schools.models import School


@dataclass
class Episode:
    """A requirement not met without a break: found by, last seen by, and fixed by when an audit confirmed it."""

    requirement: Requirement
    found_by: Audit
    seen_by: Audit
    fixed_by: Audit | None = None


def episodes(answers: Iterable[Answer]) -> list[Episode]:
    """Episodes told by answers that come in the order of their audits. What is not assessed changes nothing."""
    running: dict[str, Episode] = {}
    told: list[Episode] = []
    for answer in answers:
        code = answer.requirement.code
        if answer.result == Result.NOT_MET and code in running:
            running[code].seen_by = answer.audit
        elif answer.result == Result.NOT_MET:
            running[code] = Episode(answer.requirement, found_by=answer.audit, seen_by=answer.audit)
            told.append(running[code])
        elif answer.result in {Result.MET, Result.NOT_APPLICABLE} and code in running:
            running.pop(code).fixed_by = answer.audit
    return told


def rebuild(school: School) -> None:
    """Make the violations of the school agree with its approved audits. The caller holds the lock of the school."""
    answers = (
        Answer.objects.filter(audit__school=school, audit__status=Status.APPROVED)
        .exclude(result="")
        .select_related("audit", "requirement")
        .order_by("audit__visited_on", "audit__approved_at", "audit_id", "requirement__position")
    )
    told = {(episode.found_by.pk, episode.requirement.code): episode for episode in episodes(answers)}
    known = {(violation.found_by_id, violation.code): violation for violation in school.violations.all()}
    # Ends first: at no moment may a requirement have two open violations.
    for key, violation in known.items():
        if key not in told:
            _annul(violation)
    for key, episode in sorted(told.items(), key=lambda item: item[1].fixed_by is None):
        _write(known.get(key) or Violation(school=school, found_by=episode.found_by), episode)


def _annul(violation: Violation) -> None:
    violation.state = Violation.State.ANNULLED
    violation.fixed_by = None
    violation.save(update_fields=["state", "fixed_by"])


def _write(violation: Violation, episode: Episode) -> None:
    violation.code = episode.requirement.code
    violation.requirement = episode.requirement
    violation.severity = episode.requirement.severity_for(violation.school)
    violation.seen_by = episode.seen_by
    violation.fixed_by = episode.fixed_by
    violation.state = Violation.State.FIXED if episode.fixed_by else Violation.State.OPEN
    violation.save()
