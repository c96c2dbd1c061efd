"""What the roll and the inventory say to the figures."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from audits import kept_facts, tasks
from cameras.signals import equipment_changed
from schools.areas import areas_of_districts, areas_of_schools
from schools.signals import roll_changed


@receiver(roll_changed, dispatch_uid="recount_after_a_change_of_the_roll")
def recount_districts(district_ids: set[int], **_signal: Any) -> None:
    tasks.recompute_after_commit(areas_of_districts(district_ids))


@receiver(equipment_changed, dispatch_uid="recount_after_a_change_of_equipment")
def recount_schools(school_ids: set[int], **_signal: Any) -> None:
    kept_facts.forget(school_ids)
    tasks.recompute_after_commit(areas_of_schools(school_ids, timezone.localdate()))
