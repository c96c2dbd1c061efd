"""Making the files of long lists, and putting away what is no longer needed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from bulk.listing import listing_of
from bulk.models import Export
from bulk.writing import lines_of, table_of, write_xlsx

FOLDER = "exports"
# How often a list that changes under the pen is begun again before we give up.
TRIES = 3
TOLD_EACH = 1000
# Whatever became of the worker: after this the person is told to ask again.
PATIENCE = timedelta(hours=1)
# Files of no row are young while they are being made.
YOUNG = timedelta(days=1)


class NotMade(Exception):
    """There is nothing to make, or no longer the right to it."""


def make(export_id: UUID) -> None:
    """Make the file, with the rights its person has now. Safe to run twice, late or beside itself.

    NotMade for a person without account, a list that is no more, or one that will not stand still.
    """
    export = _begun(export_id)
    if export is None:
        return
    with override(export.language), TemporaryFile() as file:
        for _try in range(TRIES):
            rows = _write(export, file)
            if rows is not None:
                _finish(export, file, rows)
                return
    raise NotMade(f"the list of export {export_id} changed {TRIES} times while it was written")


def give_up(export_id: UUID) -> None:
    """Tell the person to ask again."""
    Export.objects.unfinished().filter(pk=export_id).update(state=Export.State.FAILED)


def give_up_stuck(at: datetime) -> None:
    """Let no person wait for ever."""
    Export.objects.unfinished().filter(asked_at__lt=at - PATIENCE).update(state=Export.State.FAILED)


def delete_expired(at: datetime) -> int:
    """Delete exports whose link has expired, and files that belong to none; how many links expired."""
    expired = Export.objects.expired(at)
    names = [name for name in expired.values_list("file", flat=True) if name]
    deleted, _by_model = expired.delete()
    for name in (*names, *_strays(at)):
        default_storage.delete(name)
    return deleted


@transaction.atomic
def _begun(export_id: UUID) -> Export | None:
    export = Export.objects.select_for_update(of=("self",)).select_related("by").filter(pk=export_id).first()
    if export is None or export.state not in {Export.State.WAITING, Export.State.WORKING}:
        return None
    if not export.by.is_active:
        raise NotMade(f"the person who asked for export {export_id} has left")
    # Working already: the worker that had it is gone, or will find it done.
    export.state = Export.State.WORKING
    export.rows_done = 0
    export.save(update_fields=["state", "rows_done"])
    return export


def _write(export: Export, file: IO[bytes]) -> int | None:
    """How many rows were written; None if they were not as many as the caption says."""
    listing = listing_of(export.listing, user=export.by, query=export.query)
    if listing is None or not listing.is_valid:
        raise NotMade(f"there is no list {export.listing}?{export.query}")
    file.seek(0)
    file.truncate()
    total = listing.total
    told = Export.objects.filter(pk=export.pk)
    told.update(rows_total=total)
    rows = _Told(listing.rows(), told)
    table = table_of(listing, rows, total=total, by=export.by, at=timezone.now())
    if export.format == Export.Format.CSV:
        file.writelines(line.encode() for line in lines_of(table))
    else:
        write_xlsx(table, file)
    return total if rows.done == total else None


class _Told:
    """Hands the rows on and says now and then how many they were."""

    def __init__(self, rows: Iterator[Sequence[object]], to: QuerySet[Export]) -> None:
        self.rows = rows
        self.to = to
        self.done = 0

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self.rows:
            yield row
            self.done += 1
            if self.done % TOLD_EACH == 0:
                self.to.update(rows_done=self.done)


def _finish(export: Export, file: IO[bytes], rows: int) -> None:
    file.seek(0)
    name = default_storage.save(f"{FOLDER}/{export.pk}.{export.format}", File(file))
    ready = {"state": Export.State.READY, "file": name, "ready_at": timezone.now(), "rows_done": rows}
    if not Export.objects.filter(pk=export.pk, state=Export.State.WORKING).update(**ready):
        # Another worker was faster, or the person was told to ask again.
        default_storage.delete(name)


def _strays(at: datetime) -> Iterator[str]:
    """Files of workers that died before they could say where they had put them."""
    if not default_storage.exists(FOLDER):
        return
    known = set(Export.objects.values_list("file", flat=True))
    for name in (f"{FOLDER}/{file}" for file in default_storage.listdir(FOLDER)[1]):
        if name not in known and default_storage.get_modified_time(name) < at - YOUNG:
            yield name
