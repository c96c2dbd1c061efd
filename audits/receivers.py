"""What the roll and the inventory say to the figures."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from audits import tasks
from cameras.signals import equipment_changed
from schools.areas import areas_of_districts, areas_of_school
from schools.signals import roll_changed


@receiver(roll_changed, dispatch_uid="recount_after_a_change_of_the_roll")
def recount_districts(district_ids: set[int], **_signal: Any) -> None:
    tasks.recompute_after_commit(areas_of_districts(district_ids))


@receiver(equipment_changed, dispatch_uid="recount_after_a_change_of_equipment")
def recount_school(school_id: int, **_signal: Any) -> None:
    tasks.recompute_after_commit(areas_of_school(school_id, timezone.localdate()))
