"""Time out of order: on how many days a camera did not work, and what part of all days of all cameras that is.

A day is out of order if the camera was reported faulty or not powered on it or before, and not yet otherwise. Days are
those of the observations; of a past day is told what was known by its end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Self

from django.db.models import QuerySet

from cameras.models import Camera, Condition
from core.days import day_of
from core.figures import share
from schools.models import School

OUT_OF_ORDER = {Condition.State.FAULTY, Condition.State.NO_POWER}
MONTH, YEAR = 30, 365


@dataclass(frozen=True)
class Span:
    """Days from `first` until the day before `until`."""

    first: date
    until: date

    @classmethod
    def ending(cls, day: date, *, days: int) -> Self:
        """That many days, `day` the last of them."""
        return cls(day - timedelta(days=days - 1), day + timedelta(days=1))

    @property
    def days(self) -> int:
        return max(0, (self.until - self.first).days)

    def within(self, other: "Span") -> "Span":
        return Span(max(self.first, other.first), min(self.until, other.until))


@dataclass
class CameraTime:
    """The days on which a camera hung, and those of them on which it was out of order."""

    hung: Span
    out_of_order: list[Span] = field(default_factory=list)

    def days_out_of_order(self, window: Span) -> int:
        return sum(span.within(window).within(self.hung).days for span in self.out_of_order)

    def days_hung(self, window: Span) -> int:
        return self.hung.within(window).days


@dataclass(frozen=True)
class SchoolTime:
    """The time of all cameras of a school, {camera key: CameraTime}, those that were removed included."""

    day: date
    cameras: dict[int, CameraTime]

    def camera_days_out_of_order(self, days: int) -> int:
        window = Span.ending(self.day, days=days)
        return sum(camera.days_out_of_order(window) for camera in self.cameras.values())

    def camera_days(self, days: int) -> int:
        window = Span.ending(self.day, days=days)
        return sum(camera.days_hung(window) for camera in self.cameras.values())

    def share_out_of_order(self, days: int) -> Decimal | None:
        """Percent of the camera-days; None if no camera hung."""
        return share(self.camera_days_out_of_order(days), self.camera_days(days))

    @property
    def in_short(self) -> list[dict[str, Any]]:
        """Of the last month and the last year: days, camera-days out of order, of how many, and the share."""
        return [
            {
                "days": days,
                "out": self.camera_days_out_of_order(days),
                "of": self.camera_days(days),
                "share": self.share_out_of_order(days),
            }
            for days in (MONTH, YEAR)
        ]


def of_school(school: School, *, day: date) -> SchoolTime:
    """What was known by the end of `day`. One query."""
    return SchoolTime(day, of_cameras(Camera.objects.filter(system__school=school), day=day))


def of_cameras(cameras: QuerySet[Camera], *, day: date) -> dict[int, CameraTime]:
    """{camera key: CameraTime} of those of the cameras that were known by the end of `day`. One query."""
    rows = cameras.filter(counts_from__lte=day).order_by("pk", "conditions__recorded_at", "conditions__pk")
    columns = ("pk", "installed_on", "removed_on", "counts_until")
    told = ("conditions__state", "conditions__observed_on", "conditions__recorded_at")
    found: dict[int, CameraTime] = {}
    reports: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for pk, installed_on, removed_on, counts_until, state, observed_on, recorded_at in rows.values_list(
        *columns, *told
    ):
        is_gone = counts_until is not None and counts_until <= day
        found[pk] = CameraTime(Span(installed_on, removed_on if is_gone else day + timedelta(days=1)))
        if state and day_of(recorded_at) <= day:
            reports[pk].append((state, observed_on))
    for pk, time in found.items():
        time.out_of_order = list(_spans(reports[pk], until=time.hung.until))
    return found


def _spans(reports: Iterable[tuple[str, date]], *, until: date) -> Iterator[Span]:
    """Each report holds until the next one; the last one until the end."""
    known = [*reports, ("", until)]
    for (state, observed_on), (_next, end) in pairwise(known):
        if state in OUT_OF_ORDER:
            yield Span(observed_on, end)
