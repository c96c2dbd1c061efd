"""Audits of the sample with their answers, history and violations, written in the order the database insists on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random

from accounts.models import User
from audits import ledger
from audits.models import Answer, Audit, AuditEvent, Edition, Expectation, Status, Violation
from audits.precheck import expectations_of
from audits.precheck.frozen import expectation
from audits.sample.answer_sheets import fill_in
from audits.sample.courses import Course, Visit
from audits.sample.equipment import Inventory, moment
from audits.sample.people import POLICE, inspectors_by_district
from audits.verdict import judge
from schools.models import School

SHARE_OF_THE_POLICE = 0.12
PLANNED_AHEAD = timedelta(days=10)
RETURNED_BECAUSE = "Талап орындалмаған жерде нақты не анықталғанын жазыңыз."


@dataclass
class Conducted:
    """An audit beside the visit it came from, the answers it holds, and what the inventory had let expect."""

    audit: Audit
    visit: Visit
    answers: list[Answer]
    expectations: list[Expectation]


class Office:
    """Who plans, conducts and reviews, and against which edition."""

    def __init__(self, people: dict[str, User], edition: Edition, random: Random) -> None:
        self.people = people
        self.edition = edition
        self.requirements = list(edition.requirements.order_by("position"))
        self.random = random
        self.inspector_of = inspectors_by_district()

    def conduct(self, course: Course, visit: Visit, inventory: Inventory) -> Conducted:
        """The unsaved audit, in progress, with its full answer sheet."""
        audit = self._begun(course, visit)
        findings = fill_in(self.requirements, course.school, inventory, visit, self.random)
        answers = [
            Answer(
                audit=audit,
                requirement=requirement,
                result=finding.result,
                value=finding.value,
                choice=finding.choice,
                note=finding.note,
                answered_at=moment(visit.on, 11) + timedelta(minutes=2 * requirement.position),
                answered_by=audit.inspector,
            )
            for requirement, finding in findings
        ]
        return Conducted(audit, visit, answers, self._expectations(audit, visit, inventory, answers))

    def _expectations(
        self, audit: Audit, visit: Visit, inventory: Inventory, answers: list[Answer]
    ) -> list[Expectation]:
        results = {answer.requirement_id: answer.result for answer in answers}
        expected = expectations_of(inventory.as_recorded(audit, visit.on), self.requirements)
        return [expectation(audit, each, results.get(each.requirement.pk, "")) for each in expected]

    def plan(self, school: School, day: date) -> tuple[Audit, AuditEvent]:
        """An unsaved audit that the inspector account has before it."""
        audit = self._audit(school, "inspector", day)
        at = moment(day - PLANNED_AHEAD, 10)
        return audit, AuditEvent(audit=audit, became=Status.PLANNED, by=self.people["officer"], at=at)

    def decide(self, conducted: Conducted) -> list[AuditEvent]:
        """Submit the audit with the verdict its answers amount to and let the head decide; the steps that took."""
        audit, visit = conducted.audit, conducted.visit
        results = {answer.requirement_id: answer.result for answer in conducted.answers}
        judgement = judge(requirements=self.requirements, results=results, school=audit.school)
        assert judgement.verdict is not None
        audit.verdict = judgement.verdict
        audit.status = visit.ends_as
        audit.submitted_at, audit.submitted_by = moment(visit.on, 17, self.random.randint(0, 59)), audit.inspector
        decided_at = self._some_days_after(visit.on)
        steps = [
            AuditEvent(audit=audit, was=was, became=became, by=by, at=at)
            for was, became, by, at in [
                ("", Status.PLANNED, self.people["officer"], moment(visit.on - PLANNED_AHEAD, 10)),
                (Status.PLANNED, Status.IN_PROGRESS, audit.inspector, moment(visit.on, 10)),
                (Status.IN_PROGRESS, Status.SUBMITTED, audit.inspector, audit.submitted_at),
                (Status.SUBMITTED, visit.ends_as, self.people["head"], decided_at),
            ]
            if was != became
        ]
        if visit.ends_as == Status.RETURNED:
            steps[-1].reason = RETURNED_BECAUSE
        if visit.ends_as == Status.APPROVED:
            audit.approved_at, audit.approved_by = decided_at, self.people["head"]
        return steps

    def _begun(self, course: Course, visit: Visit) -> Audit:
        is_police = self.random.random() < SHARE_OF_THE_POLICE
        account = POLICE if is_police else self.inspector_of[course.district.slug]
        audit = self._audit(course.school, account if visit.ends_as == Status.APPROVED else "inspector", visit.on)
        audit.edition = self.edition
        audit.visited_on = visit.on
        audit.status = Status.IN_PROGRESS
        school = course.school
        audit.setting, audit.floors, audit.has_outdoor_toilet = school.setting, school.floors, school.has_outdoor_toilet
        return audit

    def _audit(self, school: School, account: str, day: date) -> Audit:
        is_police = account == POLICE
        return Audit(
            school=school,
            standard=self.edition.standard,
            kind=Audit.Kind.INSPECTION if is_police else Audit.Kind.MONITORING,
            body=Audit.Body.POLICE if is_police else Audit.Body.QUALITY_DEPARTMENT,
            inspector=self.people[account],
            planned_for=day,
        )

    def _some_days_after(self, day: date) -> datetime:
        """In office hours of a working day."""
        day += timedelta(days=self.random.randint(1, 5))
        if day.weekday() > 4:
            day += timedelta(days=7 - day.weekday())
        return moment(day, self.random.randint(9, 16), self.random.randint(0, 59))


def write(conducted: list[Conducted], office: Office) -> None:
    """Keep the audits in the order of their visits, then what they hold, then what became of them."""
    conducted.sort(key=lambda each: (each.visit.on, each.audit.school.code))
    audits = [each.audit for each in conducted]
    Audit.objects.bulk_create(audits)
    Answer.objects.bulk_create(chain.from_iterable(each.answers for each in conducted), batch_size=2000)
    Expectation.objects.bulk_create(chain.from_iterable(each.expectations for each in conducted), batch_size=2000)
    steps = list(chain.from_iterable(office.decide(each) for each in conducted))
    decided = ["status", "verdict", "submitted_at", "submitted_by", "approved_at", "approved_by"]
    Audit.objects.bulk_update(audits, decided, batch_size=200)
    AuditEvent.objects.bulk_create(steps, batch_size=2000)
    Violation.objects.bulk_create(_violations(conducted), batch_size=2000)


def write_planned(planned: Iterable[tuple[Audit, AuditEvent]]) -> None:
    planned = list(planned)
    Audit.objects.bulk_create(audit for audit, _step in planned)
    AuditEvent.objects.bulk_create(step for _audit, step in planned)


def _violations(conducted: Iterable[Conducted]) -> list[Violation]:
    """What the approved audits, which come in the order of their visits, say of each school."""
    answers: dict[School, list[Answer]] = {}
    for each in conducted:
        if each.audit.status == Status.APPROVED:
            answers.setdefault(each.audit.school, []).extend(each.answers)
    return [_violation(school, episode) for school in answers for episode in ledger.episodes(answers[school])]


def _violation(school: School, episode: ledger.Episode) -> Violation:
    return Violation(
        school=school,
        code=episode.requirement.code,
        requirement=episode.requirement,
        severity=episode.requirement.severity_for(school),
        state=Violation.State.FIXED if episode.fixed_by else Violation.State.OPEN,
        found_by=episode.found_by,
        seen_by=episode.seen_by,
        fixed_by=episode.fixed_by,
    )
