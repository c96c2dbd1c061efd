"""The answer sheet of an audit: what is asked of its school, section by section, and what was found so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from audits.answers import choices_of
from audits.models import Answer, Audit, Requirement, Result
from audits.precheck import Expected
from audits.precheck.agreement import Compared, compare, compared, differs
from audits.verdict import DECISIVE, Judgement, judge


@dataclass(frozen=True)
class Row:
    """A requirement as it is put to one school. `answer` is blank and unsaved while nobody has said anything."""

    requirement: Requirement
    severity: Requirement.Severity
    answer: Answer
    expected: Expected | None = None  # what the inventory let expect; a hint beside the answer

    @property
    def is_unlike_expected(self) -> bool:
        """The inspector found other than what was expected."""
        return self.expected is not None and differs(self.expected.outcome, self.answer.result)

    @property
    def is_decisive(self) -> bool:
        return self.severity in DECISIVE

    @property
    def is_missing(self) -> bool:
        """The audit cannot be submitted without it."""
        return self.is_decisive and not self.answer.result

    @property
    def is_not_met(self) -> bool:
        return self.answer.result == Result.NOT_MET

    @property
    def meeting_choices(self) -> list[str]:
        return [option["value"] for option in self.requirement.choices if option["meets"]]

    @property
    def choice_label(self) -> str:
        return dict(choices_of(self.requirement)).get(self.answer.choice, "")


@dataclass(frozen=True)
class Section:
    """A part of the sheet that fits one screen."""

    key: str
    rows: list[Row]

    @property
    def label(self) -> str:
        return str(Requirement.Section(self.key).label)

    @property
    def answered(self) -> int:
        return sum(bool(row.answer.result) for row in self.rows)

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.is_missing]


@dataclass(frozen=True)
class Sheet:
    """Only what applies to the school is on it. `judgement` is what the answers amount to now."""

    sections: list[Section]
    judgement: Judgement = field(repr=False)

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @property
    def compared(self) -> Compared:
        """How the answers stand to what the inventory let expect."""
        return compared(
            compare(row.expected.outcome, row.answer.result) for row in self.rows if row.expected is not None
        )

    @property
    def failed(self) -> list[Row]:
        """Why the verdict is `non-compliant`: critical ones before major ones."""
        failed = [row for row in self.rows if row.is_not_met and row.is_decisive]
        return sorted(failed, key=lambda row: row.severity != Requirement.Severity.CRITICAL)

    @property
    def noted(self) -> list[Row]:
        """Minor ones that are not met: they never decide."""
        return [row for row in self.rows if row.is_not_met and not row.is_decisive]

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.is_missing]

    @property
    def left_blank(self) -> list[Row]:
        """Minor ones without an answer: they may stay so."""
        return [row for row in self.rows if not row.answer.result and not row.is_decisive]

    @property
    def next_section(self) -> Section:
        """Where the work goes on: the first section that misses something, else one with a blank, else the first."""
        missing = [section for section in self.sections if section.missing]
        blank = [section for section in self.sections if section.answered < len(section.rows)]
        return (missing or blank or self.sections)[0]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def after(self, section: Section) -> Section | None:
        """The section that follows, None after the last."""
        following = self.sections[self.sections.index(section) + 1 :]
        return following[0] if following else None

    def row(self, code: str) -> Row | None:
        return next((row for row in self.rows if row.requirement.code == code), None)


def sheet_of(audit: Audit, expected: Iterable[Expected] = ()) -> Sheet:
    """The sheet of an audit that has begun, with what was expected of it beside the answers. Two queries."""
    assert audit.edition is not None
    hints = {each.requirement.pk: each for each in expected}
    requirements = list(audit.edition.requirements.order_by("position"))
    answers = {answer.requirement_id: answer for answer in audit.answers.all()}
    results = {pk: answer.result for pk, answer in answers.items()}
    rows = [
        Row(
            requirement=requirement,
            severity=Requirement.Severity(requirement.severity_for(audit.building)),
            answer=answers.get(requirement.pk) or Answer(audit=audit, requirement=requirement),
            expected=hints.get(requirement.pk),
        )
        for requirement in requirements
        if requirement.applies_to_school(audit.building)
    ]
    judgement = judge(requirements=requirements, results=results, school=audit.building)
    return Sheet(sections=_sections(rows), judgement=judgement)


def _sections(rows: Iterable[Row]) -> list[Section]:
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.requirement.section, []).append(row)
    return [Section(key, of_section) for key, of_section in by_key.items()]
