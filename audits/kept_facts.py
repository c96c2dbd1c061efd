"""A copy of the facts of each school as they are now, so that a list of the country need not work them out.

The copy is forgotten in the transaction that changes something, and made anew by the recount that follows. A school
without a copy is worked out from truth where it is read: whatever happens to a worker, a list is right, at most slow.
Equipment and audits count from the day they are recorded on, never from one to come: a copy does not age overnight.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, OuterRef, PositiveSmallIntegerField, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from audits.compliance import STANDING, SchoolsWithStanding, facts, in_area, roll_of, schools_with_standing
from audits.models import SchoolFacts, Violation
from schools.areas import Area
from schools.models import School

BATCH = 1000


def listed(as_of: date) -> SchoolsWithStanding:
    """schools_with_standing(as_of) for lists: the same rows and annotations, and with_confirmation(as_of).

    Today, `open_violations` as well.
    """
    is_today = as_of == timezone.localdate()
    schools: Any = with_kept_facts(roll_of(as_of)) if is_today else schools_with_standing(as_of)
    return schools.with_confirmation(as_of)


def with_kept_facts(schools: QuerySet[Any]) -> SchoolsWithStanding:
    """The schools annotated with their facts of now, from the copy where there is one."""
    truth = _truth()
    kept = {name: Case(When(facts__isnull=True, then=truth[name]), default=F(f"facts__{name}")) for name in truth}
    return schools.annotate(**kept).annotate(
        standing=Case(When(facts__isnull=True, then=STANDING), default=F("facts__standing"))
    )


def knows_violations(schools: QuerySet[Any]) -> bool:
    """Whether the rows say how many open violations there are, as with_kept_facts() does."""
    return "open_violations" in schools.query.annotations


def having(schools: SchoolsWithStanding, **facts: Any) -> SchoolsWithStanding:
    """`schools.filter(**facts)` for facts alone, the same rows.

    Of the copies PostgreSQL knows how many have which value, of the annotations nothing: it would read the whole
    country where the first page is found in sixty rows.
    """
    if not knows_violations(schools):
        return schools.filter(**facts)
    of_copies = Q(facts__isnull=False, **{f"facts__{lookup}": value for lookup, value in facts.items()})
    return schools.filter(of_copies | Q(facts__isnull=True, **facts))


def forget(school_ids: Iterable[int]) -> None:
    """Say that the copies are no longer true. The caller holds the locks of these schools."""
    SchoolFacts.objects.filter(school__in=set(school_ids)).delete()


def keep_missing(area: Area) -> int:
    """Copy the facts of the schools of the area that have no copy; how many that were."""
    missing = in_area(roll_of(timezone.localdate()), area).filter(facts__isnull=True)
    ids = sorted(set(missing.values_list("pk", flat=True)))
    for start in range(0, len(ids), BATCH):
        keep(ids[start : start + BATCH])
    return len(ids)


@transaction.atomic
def keep(school_ids: Iterable[int]) -> None:
    """Copy the facts of these schools as they are now. Safe to run twice, late or beside itself."""
    # Held first: whoever changes a school holds it as well, so that no copy is older than the last change.
    held = list(
        School.objects.select_for_update(no_key=True).filter(pk__in=school_ids).order_by("pk").values_list("pk")
    )
    schools = School.objects.filter(pk__in=[pk for (pk,) in held]).annotate(**_truth()).annotate(standing=STANDING)
    names = (*_truth(), "standing")
    SchoolFacts.objects.bulk_create(
        [SchoolFacts(school_id=row.pop("pk"), **row) for row in schools.values("pk", *names)],
        update_conflicts=True,
        unique_fields=["school"],
        update_fields=names,
    )


def _truth() -> dict[str, Any]:
    open_violations = (
        Violation.objects.open().filter(school=OuterRef("pk")).order_by().values("school").annotate(n=Count("pk"))
    )
    return {
        **facts(timezone.localdate()),
        "open_violations": Coalesce(Subquery(open_violations.values("n")), 0, output_field=PositiveSmallIntegerField()),
    }
