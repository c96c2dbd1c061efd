"""What workers do. Ids in, one call; each safe to run twice."""

from collections.abc import Iterable, Sequence

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from audits import compliance, kept_facts
from audits.models import AreaFigures, StaleMark
from schools.areas import Area, all_areas
from schools.models import District, Region

# Named, not Exception: a database that is away deserves another try, a mistake in the code does not.
retried_task = shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)


@retried_task
def recompute_area(region_id: int | None, district_id: int | None) -> None:
    """Recount one area if it is due; neither id means the country."""
    region = Region.objects.get(pk=region_id) if region_id else None
    district = District.objects.select_related("region").get(pk=district_id) if district_id else None
    area = Area(region=region, district=district)
    compliance.recompute_if_due(area)
    if district:
        kept_facts.keep_missing(area)


@retried_task
def sweep_stale_areas() -> None:
    """Each minute: recount what a lost message left marked, and every area that has no figures of today yet."""
    today = timezone.localdate()
    counted = set(AreaFigures.objects.filter(as_of=today).values_list("region_id", "district_id"))
    due = [area for area in all_areas(today) if tuple(area.columns.values()) not in counted]
    # Not only areas of today: one that was abolished meanwhile keeps its mark until it is counted.
    due += [mark.area for mark in StaleMark.objects.select_related("region", "district__region")]
    _recompute_each(dict.fromkeys(due))
    kept_facts.keep_missing(Area())


@retried_task
def recompute_all_areas() -> None:
    """Each night, and after a change that marks cannot name."""
    _recompute_each(all_areas(timezone.localdate()))


def _recompute_each(areas: Iterable[Area]) -> None:
    """One area that cannot be counted must not keep the others from repair; it fails the task at the end."""
    faults = []
    for area in areas:
        try:
            compliance.recompute(area)
        except OperationalError:
            raise
        except Exception as fault:
            fault.add_note(f"while counting {area.key}")
            faults.append(fault)
    if faults:
        raise ExceptionGroup("areas that could not be counted", faults)


def recompute_after_commit(areas: Sequence[Area]) -> None:
    """Mark the areas stale now and ask for fresh figures once this transaction is safe.

    A broker that is away is logged and never undoes the act: the mark stays, and the sweep finds it.
    """
    compliance.mark_stale(areas)

    # A named function: the robust path of Django 5.2 logs its __qualname__, which a partial lacks (ticket 36487).
    def enqueue() -> None:
        for area in areas:
            recompute_area.delay(**area.columns)

    transaction.on_commit(enqueue, robust=True)
