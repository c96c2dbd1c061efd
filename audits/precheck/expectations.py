"""The expectations of an edition for one inventory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import cached_property

from audits.models import Edition, Requirement
from audits.precheck import wording
from audits.precheck.case import Case, Grounds, Outcome
from audits.precheck.inventory import Inventory, inventory_of
from audits.precheck.rules import rule_for
from schools.models import School


@dataclass(frozen=True)
class Expected:
    """What the inventory lets expect of one requirement. `formula`, `cameras`, `caveats` are in the reader's language.

    Cameras are restricted information: whoever shows them asks with_open_inventory() before.
    """

    requirement: Requirement
    outcome: Outcome
    grounds: Grounds = field(repr=False)

    @cached_property
    def formula(self) -> str:
        return wording.formula_of(self.grounds, self.requirement)

    @cached_property
    def cameras(self) -> list[str]:
        return [wording.told_camera(kept) for kept in self.grounds.cameras]

    @cached_property
    def caveats(self) -> list[str]:
        return wording.caveats_of(self.grounds)

    @property
    def is_met(self) -> bool:
        return self.outcome == Outcome.MET

    @property
    def is_not_met(self) -> bool:
        return self.outcome == Outcome.NOT_MET


@dataclass
class Gap:
    """What is not recorded and keeps requirements unknown. `of`: the codes of the cameras or systems that lack it."""

    field: str
    of: list[str]
    requirements: list[str]

    @property
    def label(self) -> str:
        return wording.label_of(self.field)


@dataclass(frozen=True)
class Report:
    """The pre-check of a school on a day."""

    edition: Edition
    inventory: Inventory
    expected: Sequence[Expected]
    left_to_the_visit: Sequence[Requirement]

    @property
    def tally(self) -> dict[Outcome, int]:
        """How many of each outcome, what needs attention first."""
        turn = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)
        return {outcome: sum(each.outcome == outcome for each in self.expected) for outcome in turn}

    @property
    def gaps(self) -> list[Gap]:
        return gaps(self.expected)


def report(school: School, as_of: date) -> Report | None:
    """The pre-check against the edition that was in force on the day, None before the first. Four queries."""
    edition = Edition.objects.in_force(as_of).filter(standard__decides_standing=True).first()
    if edition is None:
        return None
    requirements = list(edition.requirements.order_by("position"))
    inventory = inventory_of(school, as_of)
    expected = expectations_of(inventory, requirements)
    told = {each.requirement.pk for each in expected}
    left = [row for row in requirements if row.applies_to_school(school) and row.pk not in told]
    return Report(edition, inventory, expected, left)


def expectations(school: School, edition: Edition, as_of: date) -> list[Expected]:
    """What each requirement of the edition that is asked of the school, and that a rule speaks for, would come to.

    From the inventory on the day; three queries. Requirements that only a visit can judge are left out.
    """
    return expectations_of(inventory_of(school, as_of), edition.requirements.order_by("position"))


def expectations_of(inventory: Inventory, requirements: Iterable[Requirement]) -> list[Expected]:
    """The same for an inventory at hand; the requirements are those of a whole edition. No query."""
    edition = list(requirements)
    thresholds = {row.code: row.threshold for row in edition if row.threshold is not None}
    return [
        Expected(requirement, *rule(Case(requirement, inventory, thresholds)))
        for requirement in edition
        if (rule := rule_for(requirement)) and requirement.applies_to_school(inventory.building)
    ]


def gaps(expected: Sequence[Expected]) -> list[Gap]:
    """What to record so that fewer outcomes are unknown; the most wanted first."""
    found: dict[str, Gap] = {}
    for each in expected:
        if each.outcome != Outcome.UNKNOWN:
            continue
        for name, codes in each.grounds.missing.items():
            gap = found.setdefault(name, Gap(name, [], []))
            gap.of += [code for code in codes if code not in gap.of]
            gap.requirements.append(each.requirement.code)
    return sorted(found.values(), key=lambda gap: (-len(gap.requirements), gap.field))
