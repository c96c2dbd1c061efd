"""One requirement put to one inventory, and what a rule has to say about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any

from audits.models import Expectation, Requirement
from audits.precheck.inventory import Hanging, Inventory

Outcome = Expectation.Outcome


@dataclass(frozen=True)
class Grounds:
    """Why: the sentence of precheck/wording.py by its key, and all that goes into it. Survives as JSON.

    `cameras` are those that fail. `missing` is what would have to be recorded to know: {field: codes of cameras or
    systems}.
    """

    rule: str
    numbers: dict[str, Any] = field(default_factory=dict)
    cameras: list[dict[str, Any]] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)
    caveats: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """`thresholds`: those of the whole edition, {code: threshold}, for a rule that depends on another."""

    requirement: Requirement
    inventory: Inventory
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)

    def between(self, low: Decimal, high: Decimal | None) -> Outcome:
        """What follows for a value of which only the bounds are known; None: no upper bound."""
        highest = Decimal("Infinity") if high is None else high
        ends = {self.requirement.is_met_by(low), self.requirement.is_met_by(highest)}
        return Outcome.UNKNOWN if len(ends) > 1 else Outcome.MET if ends == {True} else Outcome.NOT_MET


Said = tuple[Outcome, Grounds]
Rule = Callable[[Case], Said]


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Not met if one is not; met only if all are, and there is one."""
    found = set(outcomes)
    if Outcome.NOT_MET in found:
        return Outcome.NOT_MET
    return Outcome.MET if found == {Outcome.MET} else Outcome.UNKNOWN


def note(hanging: Hanging, **numbers: Any) -> dict[str, Any]:
    """A camera as grounds keep it, so that it can be told after it is gone."""
    return {"camera": hanging.code, "zone": hanging.camera.zone, "floor": hanging.camera.floor, **numbers}


def shown(value: Decimal | int) -> float | int:
    """A number as it is kept and shown: two places, cut off, so that what falls short never looks as if it did not."""
    cut = Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    return int(cut) if cut == cut.to_integral_value() else float(cut)
