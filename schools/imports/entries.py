"""The history of many changes at once."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from accounts.models import User
from bulk.models import Import
from core.copying import copy_in
from schools.history import stored
from schools.models import Change

COLUMNS = (
    *("school", "subject", "subject_id", "subject_code", "version", "act", "effective_on", "fields"),
    *("at", "by", "reason", "bulk_import"),
)

# What changed: {column: (was, became)}.
Fields = Mapping[str, tuple[Any, Any]]


class Entry(NamedTuple):
    """One change: of what, the version it became, what happened, from when on."""

    school_id: int
    subject: str
    subject_id: int
    subject_code: str
    version: int
    act: str
    effective_on: date
    fields: Fields


def record_all(entries: Iterable[Entry], *, to: Import, by: User, at: datetime) -> None:
    """schools.history.record() for all of them; the reason is that of the import."""
    rest = (at, by.pk, to.reason, to.pk)
    copy_in(Change, COLUMNS, ((*entry[:7], _written(entry.fields), *rest) for entry in entries))


def becoming(names: Iterable[str], fields: Fields, present: Mapping[str, Any]) -> list[Any]:
    """The values of the columns after the change."""
    return [fields[name][1] if name in fields else present[name] for name in names]


def said(values: Mapping[str, Any]) -> Fields:
    """What a new row says of itself, as the fields of its first change."""
    return {name: (None, value) for name, value in values.items() if value not in (None, "")}


# As schools.history.record() has them stored.
_written = json.JSONEncoder(default=stored, ensure_ascii=False).encode
