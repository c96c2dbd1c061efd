"""The ledger of violations of a school: what follows from its approved audits, in the order of their visits.

It is rebuilt whole, so that a late approval or a voiding leaves exactly what the remaining audits say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audits.models import Answer, Audit, Requirement, Result, Status, Violation
from schools.models import School


@dataclass
class Episode:
    """A requirement not met without a break: found by, last seen by, and fixed by when an audit confirmed it."""

    requirement: Requirement
    found_by: Audit
    seen_by: Audit
    fixed_by: Audit | None = None
    # the keys of all audits that found it not met
    seen: set[int] = field(default_factory=set)

    @property
    def code(self) -> str:
        return self.requirement.code


def episodes(answers: Iterable[Answer]) -> list[Episode]:
    """Episodes told by answers that come in the order of their audits. What is not assessed changes nothing."""
    running: dict[str, Episode] = {}
    told: list[Episode] = []
    for answer in answers:
        code = answer.requirement.code
        if answer.result == Result.NOT_MET:
            if code not in running:
                running[code] = Episode(answer.requirement, found_by=answer.audit, seen_by=answer.audit)
                told.append(running[code])
            running[code].seen_by = answer.audit
            running[code].seen.add(answer.audit.pk)
        elif answer.result in {Result.MET, Result.NOT_APPLICABLE} and code in running:
            running.pop(code).fixed_by = answer.audit
    return told


def rebuild(school: School) -> None:
    """Make the violations of the school agree with its approved audits. The caller holds the lock of the school.

    Only audits of the standard that decides standing: another one may ask something else under the same code.
    """
    answers = (
        Answer.objects.filter(
            audit__school=school, audit__status=Status.APPROVED, audit__standard__decides_standing=True
        )
        .exclude(result="")
        .select_related("audit", "requirement")
        .order_by("audit__visited_on", "audit__approved_at", "audit_id", "requirement__position")
    )
    told = episodes(answers)
    known = list(school.violations.all())
    standing_for = _match(told, known)
    # Ends first: at no moment may a requirement have two open violations.
    for violation in known:
        if violation not in standing_for:
            _annul(violation)
    pairs = zip(told, standing_for, strict=True)
    for episode, same in sorted(pairs, key=lambda pair: pair[0].fixed_by is None):
        _write(same or Violation(school=school), episode)


def _match(told: Sequence[Episode], known: Iterable[Violation]) -> list[Violation | None]:
    """For each episode the violation that stands for it already, so that what refers to it goes on doing so.

    By the audit that found it; else by one that saw it, as when the finder is voided, or an earlier visit comes late.
    """
    free = {(violation.found_by_id, violation.code): violation for violation in known}
    matches = [free.pop((episode.found_by.pk, episode.code), None) for episode in told]
    for place, episode in enumerate(told):
        for key, violation in free.items():
            shared = episode.seen & {violation.found_by_id, violation.seen_by_id}
            if not matches[place] and violation.code == episode.code and shared:
                matches[place] = free.pop(key)
                break
    return matches


def _annul(violation: Violation) -> None:
    violation.state = Violation.State.ANNULLED
    violation.fixed_by = None
    violation.save(update_fields=["state", "fixed_by"])


def _write(violation: Violation, episode: Episode) -> None:
    violation.found_by = episode.found_by
    violation.code = episode.code
    violation.requirement = episode.requirement
    violation.severity = episode.requirement.severity_for(episode.seen_by.building)
    violation.seen_by = episode.seen_by
    violation.fixed_by = episode.fixed_by
    violation.state = Violation.State.FIXED if episode.fixed_by else Violation.State.OPEN
    violation.save()
