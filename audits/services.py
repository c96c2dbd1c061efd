"""The acts on an audit, each one transaction: permission, lock, guard, write, history.

Locks are taken school first, then audit, so that no two acts wait for each other crosswise.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audits import kept_facts, ledger, permissions, precheck
from audits.answers import Finding, result_of
from audits.models import TRANSITIONS, Answer, Audit, AuditEvent, Edition, Standard, Status
from audits.tasks import recompute_after_commit
from audits.verdict import judge_audit
from core import reasons
from core.days import day_of
from core.errors import Conflict, Invalid
from schools.areas import areas_of_schools
from schools.models import School

# What of the school is pinned to the audit when the visit begins.
BUILDING = ("setting", "floors", "has_outdoor_toilet")


class NotAllowedFrom(Conflict):
    """The audit is not in a state that allows this step (any more)."""


@transaction.atomic
def plan(*, school: School, inspector: User, planned_for: date, kind: str, body: str, by: User, at: datetime) -> Audit:
    """Plan a visit by the inspector. Invalid if the school is closed by then or the inspector does not serve it."""
    if not permissions.can_plan(by, school):
        raise PermissionDenied
    problems = []
    if not permissions.can_be_assigned(inspector, school):
        problems.append(_("%(name)s is not an inspector of this school.") % {"name": inspector.name})
    if not School.objects.open_on(planned_for).filter(pk=school.pk).exists():
        problems.append(_("The school is not open on that day."))
    if planned_for < day_of(at):
        problems.append(_("The day of the visit lies in the past."))
    if kind not in Audit.Kind.values or body not in Audit.Body.values:
        problems.append(_("Choose the kind of audit and the auditing body."))
    if problems:
        raise Invalid(*problems)
    audit = Audit.objects.create(
        school=school,
        standard=Standard.objects.get(decides_standing=True),
        inspector=inspector,
        planned_for=planned_for,
        kind=kind,
        body=body,
    )
    AuditEvent.objects.create(audit=audit, became=Status.PLANNED, by=by, at=at)
    return audit


@transaction.atomic
def start(*, audit: Audit, visited_on: date, by: User, at: datetime) -> Audit:
    """Begin the visit; the audit is pinned for ever to the edition in force on `visited_on`.

    Invalid for a day to come, one on which the school was not open, and one without an edition.
    """
    audit = _locked(audit)
    if not permissions.can_start(by, audit):
        raise PermissionDenied
    _guard(audit, Status.IN_PROGRESS, was=Status.PLANNED)
    edition = Edition.objects.in_force(visited_on).filter(standard=audit.standard).first()
    problems = []
    if visited_on > day_of(at):
        problems.append(_("The day of the visit lies in the future."))
    if not School.objects.open_on(visited_on).filter(pk=audit.school_id).exists():
        problems.append(_("The school is not open on that day."))
    if edition is None:
        problems.append(_("No edition of the standard was in force on that day."))
    if problems:
        raise Invalid(*problems)
    audit.edition = edition
    audit.visited_on = visited_on
    for name in BUILDING:
        setattr(audit, name, getattr(audit.school, name))
    return _move(audit, Status.IN_PROGRESS, by=by, at=at, also=["edition", "visited_on", *BUILDING])


@transaction.atomic
def answer(*, audit: Audit, findings: Sequence[Finding], by: User, at: datetime) -> list[Answer]:
    """Keep the findings, all or none. A finding with nothing in it makes its requirement `not assessed` again.

    Raises Invalid with every problem at once, NotAllowedFrom unless the audit is in progress.
    """
    audit = _locked(audit)
    if not permissions.can_conduct(by, audit):
        raise PermissionDenied
    if not audit.is_open_for_answers or audit.edition is None:
        raise NotAllowedFrom(_("Answers can be changed only while the audit is in progress."))
    return Answer.objects.bulk_create(
        _answers(audit, findings, by=by, at=at),
        update_conflicts=True,
        unique_fields=["audit", "requirement"],
        update_fields=["result", "value", "choice", "note", "answered_at", "answered_by"],
    )


def _answers(audit: Audit, findings: Sequence[Finding], *, by: User, at: datetime) -> list[Answer]:
    """The findings as answers to what is asked of the school; Invalid with every problem at once."""
    assert audit.edition is not None
    asked = {row.code: row for row in audit.edition.requirements.all() if row.applies_to_school(audit.building)}
    answers, problems = [], []
    for finding in findings:
        # Taken out: two findings for one requirement have no order that could decide between them.
        requirement = asked.pop(finding.code, None)
        if requirement is None:
            problems.append(_("%(code)s is not asked of this school, or was answered twice.") % {"code": finding.code})
            continue
        result, found = result_of(finding, requirement)
        problems += found
        given = {"value": finding.value, "choice": finding.choice, "note": finding.note}
        answers.append(
            Answer(audit=audit, requirement=requirement, result=result, answered_at=at, answered_by=by, **given)
        )
    if problems:
        raise Invalid(*problems)
    return answers


@transaction.atomic
def submit(*, audit: Audit, by: User, at: datetime) -> Audit:
    """Hand the audit in for review with the verdict its answers give. Invalid while a decisive one is missing.

    What the inventory let expect is kept beside the answers and never changes them.
    """
    audit = _locked(audit)
    if not permissions.can_conduct(by, audit):
        raise PermissionDenied
    _guard(audit, Status.SUBMITTED)
    judgement = judge_audit(audit)
    if judgement.verdict is None:
        codes = ", ".join(requirement.code for requirement in judgement.missing)
        raise Invalid(_("Critical and major requirements without an answer: %(codes)s.") % {"codes": codes})
    precheck.freeze(audit)
    audit.verdict = judgement.verdict
    audit.submitted_at = at
    audit.submitted_by = by
    return _move(audit, Status.SUBMITTED, by=by, at=at, also=["verdict", "submitted_at", "submitted_by"])


@transaction.atomic
def return_(*, audit: Audit, reason: str, by: User, at: datetime) -> Audit:
    """Give the audit back to its inspector with a reason."""
    audit = _locked(audit)
    if not permissions.can_review(by, audit):
        raise PermissionDenied
    return _move(audit, Status.RETURNED, by=by, at=at, reason=reasons.given(reason))


@transaction.atomic
def resume(*, audit: Audit, by: User, at: datetime) -> Audit:
    """Open a returned audit for answers again; the verdict is taken off until it is submitted anew."""
    audit = _locked(audit)
    if not permissions.can_conduct(by, audit):
        raise PermissionDenied
    _guard(audit, Status.IN_PROGRESS, was=Status.RETURNED)
    audit.verdict = ""
    audit.submitted_at = audit.submitted_by = None
    return _move(audit, Status.IN_PROGRESS, by=by, at=at, also=["verdict", "submitted_at", "submitted_by"])


@transaction.atomic
def approve(*, audit: Audit, by: User, at: datetime) -> Audit:
    """Let the verdict count: violations follow, and the figures of its areas are recounted after the commit."""
    audit = _locked(audit)
    if not permissions.can_review(by, audit):
        raise PermissionDenied
    audit.approved_at = at
    audit.approved_by = by
    audit = _move(audit, Status.APPROVED, by=by, at=at, also=["approved_at", "approved_by"])
    _publish(audit, at)
    return audit


@transaction.atomic
def void(*, audit: Audit, reason: str, by: User, at: datetime) -> Audit:
    """Take an approved audit out of every figure from today on; it is kept, with the reason."""
    audit = _locked(audit)
    if not permissions.can_void(by, audit):
        raise PermissionDenied
    audit.voided_at = at
    audit = _move(audit, Status.VOIDED, by=by, at=at, reason=reasons.given(reason), also=["voided_at"])
    _publish(audit, at)
    return audit


def _publish(audit: Audit, at: datetime) -> None:
    """What an audit changes beyond itself once it counts, or no longer does."""
    ledger.rebuild(audit.school)
    kept_facts.forget([audit.school_id])
    recompute_after_commit(areas_of_schools([audit.school_id], day_of(at)))


def _locked(audit: Audit) -> Audit:
    """The audit as it is now, with its school held first: the ledger of a school is written by one act at a time."""
    School.objects.select_for_update(no_key=True).get(pk=audit.school_id)
    locked = Audit.objects.select_for_update(of=["self"], no_key=True)
    return locked.select_related("school", "standard", "edition").get(pk=audit.pk)


def _guard(audit: Audit, to: Status, *, was: Status | None = None) -> None:
    allowed = to in TRANSITIONS.get(Status(audit.status), ()) and was in {None, audit.status}
    if not allowed:
        label = {"status": audit.get_status_display(), "to": to.label}
        raise NotAllowedFrom(_("The audit is “%(status)s” and cannot become “%(to)s”.") % label)


def _move(audit: Audit, to: Status, *, by: User, at: datetime, reason: str = "", also: Sequence[str] = ()) -> Audit:
    """Take one allowed step and write it in the history. Every change of status passes here."""
    _guard(audit, to)
    AuditEvent.objects.create(audit=audit, was=audit.status, became=to, by=by, at=at, reason=reason)
    audit.status = to
    audit.save(update_fields=["status", *also])
    return audit
