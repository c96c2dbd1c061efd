"""What the page of a school tells of its record: where it belonged, what it was called, who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from schools.confirmation import Confirmation
from schools.history import narrated
from schools.models import Change, School
from schools.permissions import NAMES, can_confirm, can_read_record
from schools.views.menu import acts_on

LATEST = 5


@dataclass(frozen=True)
class FormerName:
    """A name in the language of the reader, and the day from which it was another."""

    name: str
    until: date


def record_of(school: School, user: User) -> dict[str, Any]:
    """The record as it is now, whatever day the page speaks of."""
    today = timezone.localdate()
    placements = list(school.placements.with_places().order_by("valid_from"))
    coming = next((each for each in placements if each.valid_from > today), None)
    reads_record = can_read_record(user, school)
    changes = Change.objects.visible_to(user).filter(school=school).select_related("bulk_import").newest_first()
    return {
        "placements": placements,
        "coming": coming,
        "leaves": bool(school.closed_on and school.closed_on > today),
        "has_left": bool(school.closed_on and school.closed_on <= today),
        "absorbed": list(school.absorbed.sorted_by_name()),
        "former_names": former_names(school),
        "acts": acts_on(school, user, today=today, coming=coming),
        "reads_record": reads_record,
        "changes": narrated(changes[:LATEST]) if reads_record else [],
        **_confirmation(school, user, today),
    }


def former_names(school: School) -> list[FormerName]:
    """What the school was called before, the newest first."""
    renamings = school.changes.filter(act=Change.Act.RENAMED).order_by("-effective_on", "-pk")
    return _unwound(school, list(renamings))


def name_on(names: Sequence[FormerName], day: date) -> str:
    """What it was called on a day that is past; blank if it is called so still."""
    return next((each.name for each in reversed(names) if each.until > day), "")


def _unwound(school: School, renamings: Sequence[Change]) -> list[FormerName]:
    then = School(**{column: getattr(school, column) for column in NAMES})
    found = []
    for renaming in renamings:
        for column in NAMES:
            was, _became = renaming.fields.get(column, (getattr(then, column), None))
            setattr(then, column, was)
        found.append(FormerName(then.name, renaming.effective_on))
    return found


def _confirmation(school: School, user: User, today: date) -> dict[str, Any]:
    """How long the word of the school on its record holds, for those who read the record of a school that is open."""
    record = School.objects.open_on(today).with_confirmation(today).filter(pk=school.pk).first()
    if record is None or not can_read_record(user, school):
        return {"confirmation": None}
    asked: Any = record
    return {
        "confirmation": Confirmation(asked.confirmation),
        "confirmation_until": asked.confirmation_until,
        "can_confirm": can_confirm(user, school),
    }
