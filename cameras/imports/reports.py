"""Conditions of many cameras at once: what services.conditions writes of one."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from accounts.models import Role, User
from cameras.models import Condition
from cameras.services.conditions import SOURCES
from core.copying import copy_in, copy_over


class Present(NamedTuple):
    """What is known of a camera now."""

    key: int
    state: str
    observed_on: date
    recorded_at: datetime


class Report(NamedTuple):
    """What became known of a camera, and what that supersedes."""

    camera_id: int
    state: str
    on: date
    before: Present | None


def present_of(camera_ids: Iterable[int]) -> dict[int, Present]:
    """By camera; those that nobody has reported on are left out."""
    columns = ("camera", "pk", "state", "observed_on", "recorded_at")
    found = Condition.objects.filter(camera__in=camera_ids, superseded_at=None).values_list(*columns)
    return {camera: Present(*rest) for camera, *rest in found}


def write_reports(reports: Collection[Report], *, by: User, at: datetime) -> None:
    """A report is recorded when the import is, or with the one it supersedes, if that is from a moment to come."""
    superseded = [report for report in reports if report.before]
    if superseded:
        ends = ((report.before.key, _recorded(report, at)) for report in superseded if report.before)
        copy_over(Condition, ("superseded_at",), ends)
    source = SOURCES.get(Role(by.role), Condition.Source.DEPARTMENT)
    columns = ("camera", "state", "observed_on", "recorded_at", "recorded_by", "source", "note")
    rows = ((r.camera_id, r.state, r.on, _recorded(r, at), by.pk, source, "") for r in reports)
    copy_in(Condition, columns, rows)


def _recorded(report: Report, at: datetime) -> datetime:
    return max(at, report.before.recorded_at) if report.before else at
