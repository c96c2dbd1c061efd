"""Where inspectors and the pre-check differ, counted in one place for page and API."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count

from audits.models import Audit, Expectation, Result
from core.figures import share
from schools.areas import Area

Agreement = Expectation.Agreement
Outcome = Expectation.Outcome


def compare(outcome: str, result: str) -> Agreement:
    """How an answer stands to what was expected. The answer is right by definition: the inspector was there."""
    if outcome == Outcome.UNKNOWN:
        return Agreement.UNKNOWN
    if result not in {Result.MET, Result.NOT_MET}:
        return Agreement.UNANSWERED
    if (outcome == Outcome.MET) == (result == Result.MET):
        return Agreement.AGREED
    return Agreement.STRICTER if result == Result.NOT_MET else Agreement.MILDER


def differs(outcome: str, result: str) -> bool:
    return compare(outcome, result) in {Agreement.STRICTER, Agreement.MILDER}


@dataclass
class Compared:
    """Counts of comparisons, of one requirement or of many. They sum to `total`."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Agreement.values, 0))

    def add(self, agreement: str, many: int = 1) -> None:
        self.counts[agreement] += many

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def differing(self) -> int:
        return self.counts[Agreement.STRICTER] + self.counts[Agreement.MILDER]

    @property
    def comparable(self) -> int:
        """Where both said met or not met: what `differing` is counted of."""
        return self.differing + self.counts[Agreement.AGREED]

    @property
    def agreed_share(self) -> Decimal | None:
        """Percent of what can be compared."""
        return share(self.counts[Agreement.AGREED], self.comparable)


def compared(agreements: Iterable[str]) -> Compared:
    """The counts of one audit: “differs in 3 of 17”."""
    counted = Compared()
    for agreement in agreements:
        counted.add(agreement)
    return counted


def whole(parts: Iterable[Compared]) -> Compared:
    """The counts of several requirements together."""
    counted = Compared()
    for part in parts:
        for agreement, many in part.counts.items():
            counted.add(agreement, many)
    return counted


def count(area: Area, since: date | None = None, until: date | None = None) -> dict[str, Compared]:
    """{code of a requirement: counts} over the approved audits of visits in the area and the period, codes in order.

    A school counts where it was placed on the day of the visit. One query.
    """
    audits = Audit.objects.approved().placed_in(area).visited(since, until)
    rows = (
        Expectation.objects.filter(audit__in=audits)
        .values("requirement__code", "agreement")
        .annotate(many=Count("pk"))
        .order_by("requirement__code")
    )
    counted: dict[str, Compared] = {}
    for row in rows:
        counted.setdefault(row["requirement__code"], Compared()).add(row["agreement"], row["many"])
    return counted
