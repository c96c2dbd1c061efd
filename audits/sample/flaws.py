"""Which requirements a school fails: how often each deficiency is met, after what inspections published.

What they found: storage too short, resolution too low, territory not covered, analogue cameras, not connected to the
operations centre, wrong places. The frequencies themselves are invented.
"""

from collections.abc import Iterable
from random import Random

from audits.models import Requirement
from audits.verdict import DECISIVE
from schools.models import School

# What hangs on the equipment: it stays as it is until the school gets a new system.
OF_THE_EQUIPMENT = {
    "COV-01": 0.15,
    "COV-03": 0.16,
    "COV-04": 0.06,
    "COV-05": 0.14,
    "COV-06": 0.10,
    "COV-09": 0.18,
    "COV-10": 0.30,
    "COV-11": 0.35,
    "SYS-05": 0.45,
    "SYS-06": 0.38,
    "ARC-01": 0.52,
    "IMG-01": 0.46,
    "IMG-02": 0.15,
    "IMG-03": 0.28,
    "IMG-04": 0.24,
    "IMG-05": 0.10,
    "IMG-06": 0.20,
    "NET-01": 0.34,
    "NET-03": 0.40,
}
# What people keep in order or let slip between one visit and the next.
OF_THE_UPKEEP = {
    "COV-07": 0.08,
    "COV-08": 0.36,
    "PRV-01": 0.005,
    "PRV-02": 0.01,
    "PRV-03": 0.25,
    "PRV-04": 0.07,
    "SYS-01": 0.10,
    "SYS-02": 0.05,
    "SYS-07": 0.12,
    "SYS-08": 0.10,
    "ARC-03": 0.14,
    "ARC-04": 0.12,
    "NET-02": 0.55,
    "ORG-01": 0.30,
}
RARER_IN_A_CITY = {"NET-01", "NET-02", "SYS-06", "COV-11"}
# What a school fails that must fail something of the kind and drew nothing: the commonest deficiencies.
COMMONEST = {"equipment": ["ARC-01", "IMG-01"], "upkeep": ["COV-08", "ARC-03", "SYS-07"]}


class Draw:
    """Draws flaws of schools out of the requirements that apply to them."""

    def __init__(self, requirements: Iterable[Requirement], random: Random) -> None:
        self.requirements = list(requirements)
        self.random = random

    def decisive(self, school: School) -> set[str]:
        """Codes that make this school non-compliant when they are not met."""
        return {
            requirement.code
            for requirement in self.requirements
            if requirement.applies_to_school(school) and requirement.severity_for(school) in DECISIVE
        }

    def harmless(self, school: School, frequencies: dict[str, float]) -> frozenset[str]:
        """Flaws that only earn notes."""
        return self._drawn(school, frequencies) - self.decisive(school)

    def any(self, school: School, frequencies: dict[str, float]) -> frozenset[str]:
        return self._drawn(school, frequencies)

    def grave(self, school: School, frequencies: dict[str, float]) -> frozenset[str]:
        """Flaws of which one at least is decisive."""
        drawn = self._drawn(school, frequencies)
        if drawn & self.decisive(school):
            return drawn
        commonest = COMMONEST["equipment" if frequencies is OF_THE_EQUIPMENT else "upkeep"]
        return drawn | {self.random.choice(commonest)}

    def _drawn(self, school: School, frequencies: dict[str, float]) -> frozenset[str]:
        applicable = {r.code for r in self.requirements if r.applies_to_school(school)}
        return frozenset(
            code
            for code, frequency in frequencies.items()
            if self.random.random() < self._frequency(code, frequency, school) and code in applicable
        )

    def _frequency(self, code: str, frequency: float, school: School) -> float:
        is_rarer = school.setting == School.Setting.CITY and code in RARER_IN_A_CITY
        return frequency / 3 if is_rarer else frequency
