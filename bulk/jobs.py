"""The work of an import: checked, applied, undone. Each is one transaction, safe to run twice, late or beside itself.

Who works on an import holds the lock of its row. A row that a worker has begun and nobody holds was left by a worker
that died: another takes it up, and after the last attempt the person is told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bulk.kinds import KINDS, Comparison, ImportKind, Problem
from bulk.models import Import
from bulk.progress import Told
from bulk.reading.broken import Broken, broken
from bulk.reading.tables import Reading, read
from core.errors import Refused

State = Import.State

LAST_ATTEMPT = 3
# A message is on its way for a moment; one that takes longer is sent again.
ON_ITS_WAY = timedelta(seconds=60)
# Where an import falls that cannot be worked on. What cannot be undone is still applied.
FALLS_TO = {State.CHECKING: State.FAILED, State.APPLYING: State.FAILED, State.UNDOING: State.APPLIED}


def carry_on(import_id: int) -> None:
    """Do what the state of the import asks for, if nobody is at it. Nothing is written but the whole.

    OperationalError leaves it to another attempt; any other fault ends the import, is told to the person, and raised.
    """
    doing = _begun(import_id)
    if doing is None:
        return
    told = Told(import_id)
    try:
        with transaction.atomic():
            held = _locked(import_id, [doing])
            if held is not None:
                with override(held.language):
                    WORK[doing](held, told, timezone.now())
    except OperationalError:
        raise
    except Exception:
        _give_up(import_id, doing)
        raise


def left_alone(at: datetime) -> list[int]:
    """Imports that wait for a worker longer than a message is on its way, and that none works on."""
    with transaction.atomic():
        return list(Import.objects.waiting_since(at - ON_ITS_WAY, Import.AT_WORK).values_list("pk", flat=True))


@transaction.atomic
def _begun(import_id: int) -> State | None:
    """What is to be done, counted as an attempt; None if there is nothing, or somebody is at it."""
    found = _locked(import_id, Import.AT_WORK)
    if found is None:
        return None
    doing = State.CHECKING if found.state == State.UPLOADED else State(found.state)
    if found.attempts >= LAST_ATTEMPT:
        with override(found.language):
            why = _("The work on this file was begun three times and never finished. Divide the file, or ask for help.")
            _settle(found, FALLS_TO[doing], [Problem(None, "", why)])
        return None
    found.state, found.moved_at = doing, timezone.now()
    found.attempts += 1
    found.save(update_fields=["state", "moved_at", "attempts"])
    return doing


@transaction.atomic
def _give_up(import_id: int, doing: State) -> None:
    held = _locked(import_id, [doing])
    if held is not None:
        with override(held.language):
            why = _("A fault of the portal stopped the work, and nothing of it was kept. Try again later.")
            _settle(held, FALLS_TO[doing], [Problem(None, "", why)])


def _locked(import_id: int, states: Iterable[str]) -> Import | None:
    """The import, held until the transaction ends; None if it is in no such state, or in other hands."""
    rows = Import.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).select_related("by")
    return rows.filter(pk=import_id, state__in=states).first()


def _check(held: Import, told: Told, at: datetime) -> None:
    try:
        kind = _kind_of(held)
        reading = _read(held, kind, told)
        found = Comparison()
        if reading.has_its_columns:
            found = kind.compare(reading.rows, by=held.by, at=at, progress=told)
        problems = reading.problems + found.problems
    except (Broken, Refused) as why:
        problems, found, reading = _problems_of(why), Comparison(), Reading()
    state = State.REFUSED if problems else State.READY
    _settle(held, state, problems, checked_at=at, **_numbers(found, reading))


def _apply(held: Import, told: Told, at: datetime) -> None:
    """The world may have moved since the check: the kind looks at it again, with its rows locked."""
    try:
        with transaction.atomic():
            kind = _kind_of(held)
            reading = _read(held, kind, told)
            if reading.problems:
                raise Broken(*reading.problems)
            done = kind.apply(reading.rows, to=held, by=held.by, at=at, progress=told)
            if done.problems:
                raise Broken(*done.problems)
    except (Broken, Refused) as why:
        _settle(held, State.REFUSED, _problems_of(why))
    else:
        _settle(held, State.APPLIED, [], applied_at=at, **_numbers(done, reading))


def _undo(held: Import, told: Told, at: datetime) -> None:
    try:
        with transaction.atomic():
            _kind_of(held).undo(held, by=held.by, at=at, progress=told)
    except (Broken, Refused) as why:
        _settle(held, State.APPLIED, _problems_of(why))
    else:
        _settle(held, State.UNDONE, [], undone_at=at)


WORK = {State.CHECKING: _check, State.APPLYING: _apply, State.UNDOING: _undo}


def _kind_of(held: Import) -> ImportKind:
    """Broken if the person may no longer import such rows."""
    kind = KINDS.get(held.kind)
    if kind is None or not held.by.is_active or not kind.is_open_to(held.by):
        raise broken(_("You may not import rows of this kind any more."))
    return kind


def _read(held: Import, kind: ImportKind, told: Told) -> Reading:
    with held.file.open("rb") as file:
        reading = read(file, kind, told)
    told.of = len(reading.rows)
    return reading


def _numbers(found: Comparison, reading: Reading) -> dict[str, int]:
    rows = len(reading.rows)
    return {
        "created": found.created,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "rows_done": rows,
        "rows_total": rows,
    }


def _problems_of(why: Broken | Refused) -> list[Problem]:
    if isinstance(why, Broken):
        return why.problems
    return [Problem(None, "", problem) for problem in why.problems]


def _settle(held: Import, state: State, problems: Sequence[Problem], **fields: Any) -> None:
    """The import as it is now, the problems in the order of the rows."""
    in_order = sorted(problems, key=lambda problem: problem.row or 0)
    said = [{"row": problem.row, "column": problem.column, "message": problem.message} for problem in in_order]
    fields |= {"state": state, "problems": said, "moved_at": timezone.now(), "attempts": 0}
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=list(fields))
