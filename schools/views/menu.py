"""Which acts on a school a person may begin where it stands now."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from schools.models import Placement, School
from schools.permissions import can_keep_the_roll
from schools.views import acts


class Entry(NamedTuple):
    label: str
    url: str


def acts_on(school: School, user: User, *, today: date, coming: Placement | None) -> list[Entry]:
    """The menu of the page of a school; none for those who only read. `coming`: its placement that has not begun."""
    if not can_keep_the_roll(user, school):
        return [_entry("edit", acts.CORRECT, school)] if acts.CORRECT.may(user, school) else []
    if school.closed_on and school.closed_on <= today:
        return [_entry("edit", acts.CORRECT, school), _entry("rename", acts.RENAME, school)]
    move = ("cancel_move", acts.CANCEL_MOVE) if coming else ("move", acts.MOVE)
    leave = [("cancel_closing", acts.CANCEL_CLOSING)] if school.closed_on else [("merge", acts.MERGE)]
    close = [] if school.closed_on else [("close", acts.CLOSE)]
    offered = [("edit", acts.CORRECT), ("rename", acts.RENAME), move, *leave, *close]
    return [_entry(name, act, school) for name, act in offered]


def _entry(name: str, act: acts.Act, school: School) -> Entry:
    return Entry(str(act.title), reverse(f"schools:{name}", args=[school.code]))
