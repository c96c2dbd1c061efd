"""What "compliant" means, and every figure that follows from it.

Headline, list, export, API, nightly check and tests all read schools_with_standing(), or the copy of its facts that
kept_facts.py keeps for lists of today; nothing else defines a standing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.models import AreaFigures, Audit, StaleMark
from cameras.models import Camera, CameraSystem, Condition
from core.days import end_of
from core.figures import share
from schools.areas import Area
from schools.models import School

ADVISORY_LOCK_OF_FIGURES = 7302  # the first key of pg_advisory_xact_lock; the second is the area
LATE_COMMIT = timedelta(minutes=5)  # an approval given just before midnight may be committed after it


# Schools that carry the annotations of schools_with_standing(), which a type checker cannot see.
SchoolsWithStanding = QuerySet[Any]


class Standing(models.TextChoices):
    """Exactly one per school of the roll. The four sum to the roll, always."""

    NON_COMPLIANT = "non_compliant", _("Non-compliant")
    COMPLIANT = "compliant", _("Compliant")
    UNASSESSED = "unassessed", _("Not assessed")
    UNEQUIPPED = "unequipped", _("Not equipped")


class Connection(models.TextChoices):
    """How many cameras of an equipped school reach the police operations centre."""

    FULLY = "fully", _("Fully connected")
    PARTLY = "partly", _("Partly connected")
    NONE = "none", _("Not connected")


@dataclass(frozen=True)
class Counts:
    """Figures of one area on one day, as whole numbers."""

    compliant: int = 0
    non_compliant: int = 0
    unequipped: int = 0
    unassessed: int = 0
    malfunctioning: int = 0
    connected_fully: int = 0
    connected_partly: int = 0
    editions: dict[str, int] = field(default_factory=dict)

    @property
    def roll(self) -> int:
        return self.compliant + self.non_compliant + self.unequipped + self.unassessed

    @property
    def equipped(self) -> int:
        return self.roll - self.unequipped

    @property
    def operational(self) -> int:
        return self.equipped - self.malfunctioning

    @property
    def not_connected(self) -> int:
        return self.equipped - self.connected_fully - self.connected_partly

    @property
    def assessed(self) -> int:
        """Equipped schools with an approved audit: the coverage of the verdicts is this many of the roll."""
        return self.compliant + self.non_compliant

    @property
    def non_compliant_share(self) -> Decimal | None:
        """Percent of the whole roll, the denominator of the published figure."""
        return share(self.non_compliant, self.roll)

    @property
    def coverage(self) -> Decimal | None:
        return share(self.assessed, self.roll)

    def of_standing(self, standing: str) -> int:
        return getattr(self, Standing(standing).value)


def schools_with_standing(as_of: date) -> SchoolsWithStanding:
    """The roll of `as_of`, each school annotated with what was true of it at the end of that day.

    `placed` is its placement, the rest are the facts of with_facts().
    """
    return with_facts(roll_of(as_of), as_of)


def roll_of(as_of: date) -> SchoolsWithStanding:
    """Schools open and placed on the day, annotated with `placed`, their placement."""
    placed = FilteredRelation(
        "placements",
        condition=Q(placements__valid_from__lte=as_of)
        & (Q(placements__valid_to=None) | Q(placements__valid_to__gt=as_of)),
    )
    return School.objects.open_on(as_of).annotate(placed=placed).filter(placed__isnull=False)


def with_facts(schools: QuerySet[Any], as_of: date) -> SchoolsWithStanding:
    """The schools annotated with FACTS and `standing`, computed from truth."""
    return schools.annotate(**facts(as_of)).annotate(standing=STANDING)


# What is true of a school, each an annotation of that name.
FACTS = (
    *("is_equipped", "is_malfunctioning", "connection"),  # from the inventory alone
    *("newest_audit_id", "visited_on", "edition_code", "verdict"),  # from the newest audit that counted
)
STANDING = Case(
    When(is_equipped=False, then=Value(Standing.UNEQUIPPED.value)),
    default=Coalesce(F("verdict"), Value(Standing.UNASSESSED.value)),
)


def facts(as_of: date) -> dict[str, Any]:
    """The expressions behind FACTS, for any queryset of schools."""
    newest = Audit.objects.counting_on(as_of).filter(school=OuterRef("pk")).newest_first()
    return {
        **_equipment(as_of),
        "newest_audit_id": Subquery(newest.values("pk")[:1]),
        "visited_on": Subquery(newest.values("visited_on")[:1]),
        "edition_code": Subquery(newest.values("edition__code")[:1]),
        "verdict": Subquery(newest.values("verdict")[:1]),
    }


def _equipment(as_of: date) -> dict[str, Any]:
    hanging = Camera.objects.installed(as_of)
    installed = hanging.filter(system__school=OuterRef("pk"))
    failing = Condition.objects.in_effect(as_of).not_working().filter(camera__in=hanging)
    return {
        "is_equipped": Exists(CameraSystem.objects.in_service(as_of).filter(school=OuterRef("pk"))),
        "is_malfunctioning": Exists(failing.filter(camera__system__school=OuterRef("pk"))),
        "connection": Case(
            When(~Exists(installed.connected(as_of)), then=Value(Connection.NONE.value)),
            When(Exists(installed.not_connected(as_of)), then=Value(Connection.PARTLY.value)),
            default=Value(Connection.FULLY.value),
        ),
    }


def in_area(schools: SchoolsWithStanding, area: Area) -> SchoolsWithStanding:
    """Those of schools_with_standing() that were placed in the area."""
    if area.district:
        return schools.filter(placed__district=area.district)
    return schools.filter(placed__district__region=area.region) if area.region else schools


def count(area: Area, as_of: date) -> Counts:
    """Count the area from truth. The same for ever for a day that is past."""
    rows = _tally(in_area(schools_with_standing(as_of), area))
    return _fold(rows)


def count_by_district(area: Area, as_of: date) -> dict[int, Counts]:
    """The same count for each district of the area, {district id: counts}; districts without schools are left out."""
    rows = _tally(in_area(schools_with_standing(as_of), area), "placed__district")
    by_district: dict[int, list[dict]] = {}
    for row in rows:
        by_district.setdefault(row["placed__district"], []).append(row)
    return {district: _fold(rows) for district, rows in by_district.items()}


def _tally(schools: SchoolsWithStanding, *by: str) -> QuerySet:
    """Schools grouped by all that is counted, so that each subquery runs once per school."""
    facts = [*by, "standing", "is_equipped", "is_malfunctioning", "connection", "edition_code"]
    return schools.order_by().values(*facts).annotate(schools=Count("pk"))


def _fold(rows: Iterable[dict]) -> Counts:
    counted: Counter[str] = Counter()
    editions: Counter[str] = Counter()
    for row in rows:
        schools = row["schools"]
        counted[row["standing"]] += schools
        if row["is_equipped"]:
            counted["malfunctioning"] += schools * row["is_malfunctioning"]
            counted[f"connected_{row['connection']}"] += schools
        if row["standing"] in {Standing.COMPLIANT, Standing.NON_COMPLIANT}:
            editions[row["edition_code"]] += schools
    counted.pop("connected_none", None)
    return Counts(**counted, editions=dict(sorted(editions.items())))


def total(parts: Iterable[Counts]) -> Counts:
    """The figures of an area from those of its parts."""
    counted: Counter[str] = Counter()
    editions: Counter[str] = Counter()
    for part in parts:
        values = asdict(part)
        editions.update(values.pop("editions"))
        counted.update(values)
    return Counts(**counted, editions=dict(sorted(editions.items())))


def mark_stale(areas: Iterable[Area]) -> None:
    """Say that the figures of the areas are due, in the transaction of whatever changed them."""
    StaleMark.objects.bulk_create(StaleMark(**area.columns) for area in areas)


@transaction.atomic
def recompute(area: Area) -> AreaFigures:
    """Count the area afresh for today and keep the result. Safe to run twice, late or beside itself.

    Closes the last kept day as well, if it was counted before it was over: what was approved in its last minutes
    would be missing from its figures for ever.
    """
    _lock_and_unmark(area)
    return _recount(area)


@transaction.atomic
def recompute_if_due(area: Area) -> AreaFigures | None:
    """The same if the area is marked. Without a mark, a recount that began after the last change is stored already.

    Fifty approvals at once ask for fifty recounts of their region; the few that find a mark are enough.
    """
    return _recount(area) if _lock_and_unmark(area) else None


def _lock_and_unmark(area: Area) -> int:
    """How many marks were taken away. They return if the recount fails, and are gone only when it is stored."""
    # Lock before counting: the count that is stored last must be the count that was made last.
    key = -area.district.pk if area.district else area.region.pk if area.region else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ADVISORY_LOCK_OF_FIGURES, key])
    # Before the count: a change that commits after this statement keeps its mark.
    return StaleMark.objects.filter(**area.columns).delete()[0]


def _recount(area: Area) -> AreaFigures:
    today = timezone.localdate()
    if day := _unfinished_day(area, today):
        _keep(area, day, count(area, day))
    return _keep(area, today, count(area, today))


def _unfinished_day(area: Area, today: date) -> date | None:
    last = AreaFigures.objects.of(area).by_the_end_of(today - timedelta(days=1)).newest_first().first()
    return last.as_of if last and last.computed_at < end_of(last.as_of) + LATE_COMMIT else None


def _keep(area: Area, day: date, counts: Counts) -> AreaFigures:
    """A new row for a new day or a change; otherwise the newest row says when it was last confirmed."""
    newest = AreaFigures.objects.of(area).filter(as_of=day).newest_first().first()
    if newest and counts_of(newest) == counts:
        newest.computed_at = timezone.now()
        newest.save(update_fields=["computed_at"])
        return newest
    return AreaFigures.objects.create(**area.columns, as_of=day, computed_at=timezone.now(), **asdict(counts))


def counts_of(figures: AreaFigures) -> Counts:
    """What a stored row counted."""
    return Counts(**{name: getattr(figures, name) for name in Counts.__dataclass_fields__})
