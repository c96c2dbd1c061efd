"""Taking an import back, as long as nothing was built on it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Max, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from bulk.models import Import
from core.copying import copy_over
from core.days import day_of
from core.errors import Conflict
from schools.imports.entries import Entry, record_all
from schools.models import Change, School, Versioned

NAMED = 10


@dataclass(frozen=True)
class Undone:
    """What an import did to the rows of one model. `counts` says of a change that figures of its days tell of it;
    `since`, what was built on it that neither the history nor a row that refers to it tells."""

    model: type[Versioned]
    made: str  # the act that made new rows
    belongs: tuple[type[Model], ...]  # rows that come and go with a row of the model
    counts: Callable[[Change], bool]
    since: Callable[[Import], Iterable[str]] = lambda done: ()

    def changes(self, done: Import) -> QuerySet[Change]:
        return Change.objects.filter(bulk_import=done, subject=self.model.register_subject)

    def made_keys(self, done: Import) -> QuerySet:
        return self.changes(done).filter(act=self.made).values("subject_id")

    def altered(self, done: Import) -> QuerySet[Change]:
        """Changes of rows that were there before, the last first."""
        return self.changes(done).exclude(act=self.made).order_by("-pk")


def hold(done: Import, *, by: User) -> set[int]:
    """Keys of the schools that the import touched, now held. Conflict if one is no longer the person's."""
    touched = set(Change.objects.filter(bulk_import=done).values_list("school", flat=True).distinct())
    held = School.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk")
    held_keys = set(held.values_list("pk", flat=True))
    served = School.objects.served_by(by, timezone.localdate()).filter(pk__in=held_keys)
    if lost := len(held_keys) - served.count():
        raise Conflict(_("Schools of this import that you no longer serve: %(count)s.") % {"count": lost})
    return held_keys


def guard(done: Import, undone: Collection[Undone], *, at: datetime) -> None:
    """Conflict, naming the first ten and how many in all, if anything was built on the import."""
    blockers = [blocker for one in undone for blocker in _blockers(done, one, at)]
    if blockers:
        said = _("This import cannot be undone any more. What was built on it: %(count)s.") % {"count": len(blockers)}
        raise Conflict(said, *blockers[:NAMED])


def take_back(done: Import, one: Undone, *, by: User, at: datetime) -> None:
    """Restore the columns of rows that the import changed; delete the rows it made, and what belongs to them."""
    columns = {field.name for field in one.model._meta.concrete_fields}
    was: dict[int, dict[str, Any]] = {}
    undone: list[Change] = []
    for change in one.altered(done):
        before = {name: pair[0] for name, pair in change.fields.items() if name in columns}
        was[change.subject_id] = was.get(change.subject_id, {}) | before
        undone.append(change)
    names = sorted({name for before in was.values() for name in before})
    present = one.model._default_manager.filter(pk__in=was).values("pk", "version", *names)
    rows = {row["pk"]: row | was[row["pk"]] for row in present}
    if rows:
        written = ((key, row["version"] + 1, *(row[name] for name in names)) for key, row in rows.items())
        copy_over(one.model, ("version", *names), written)
    record_all(_entries(undone, rows, at), to=done, by=by, at=at)
    _delete_made(done, one)


def _entries(undone: list[Change], rows: dict[int, dict[str, Any]], at: datetime) -> Iterator[Entry]:
    """One change for each row, from what the import made of it back to what it was."""
    fields: dict[int, dict[str, tuple[Any, Any]]] = {}
    for change in undone:
        of_row = fields.setdefault(change.subject_id, {})
        for name, (before, became) in change.fields.items():
            of_row[name] = (of_row[name][0] if name in of_row else became, before)
    for change in {change.subject_id: change for change in undone}.values():
        version = rows[change.subject_id]["version"] + 1
        told = (change.school_id, change.subject, change.subject_id, change.subject_code)
        different = {name: pair for name, pair in fields[change.subject_id].items() if pair[0] != pair[1]}
        yield Entry(*told, version, Change.Act.IMPORT_UNDONE, day_of(at), different)


def _delete_made(done: Import, one: Undone) -> None:
    keys = one.made_keys(done)
    for relation in _relations(one.model):
        if relation.one_to_one or relation.related_model in one.belongs:
            _raw_delete(relation.related_model.objects.filter(**{f"{relation.field.name}__in": keys}))
    _raw_delete(one.model._default_manager.filter(pk__in=keys))
    # All of its history, that of imports undone before as well. The account of it stays with the imports.
    _raw_delete(Change.objects.filter(subject=one.model.register_subject, subject_id__in=keys))


def _raw_delete(rows: QuerySet) -> None:
    """In one statement: what belongs to the rows was named and goes by statements of its own."""
    rows._raw_delete(rows.db)


def _relations(model: type[Model]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            yield relation


def _blockers(done: Import, one: Undone, at: datetime) -> Iterator[str]:
    yield from _changed_since(done, one)
    yield from _built_on(done, one)
    yield from one.since(done)
    yield from _told_already(done, one, day_of(at))


def _changed_since(done: Import, one: Undone) -> Iterator[str]:
    mine = one.changes(done)
    # The import held the schools: whoever came to its rows came when all of its changes were there.
    last = mine.aggregate(last=Max("pk"))["last"] or 0
    same = {"subject": one.model.register_subject, "subject_id__in": mine.values("subject_id")}
    later = Change.objects.filter(pk__gt=last, **same).exclude(bulk_import=done)
    for change in later.exclude(bulk_import__state=Import.State.UNDONE).select_related("school", "by").order_by("pk"):
        who = change.by.name if change.by else ""
        yield f"{_code(change)}: {change.get_act_display()}, {date_format(day_of(change.at))} {who}".rstrip()


def _built_on(done: Import, one: Undone) -> Iterator[str]:
    """Rows of any app that refer to a row the import made. A copy of a row, one to one, is not built on it."""
    keys = one.made_keys(done)
    made = one.changes(done).filter(act=one.made)
    for relation in _relations(one.model):
        if relation.one_to_one or relation.related_model in (Change, *one.belongs):
            continue
        name = relation.field.name
        referring = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
        of_rows = list(referring.order_by("pk").values_list(relation.field.attname, flat=True))
        codes = {row.subject_id: _code(row) for row in islice(_of(made, of_rows[:NAMED]), NAMED)}
        what = capfirst(str(relation.related_model._meta.verbose_name))
        yield from (f"{codes.get(key, '')}: {what}" for key in of_rows)


def _told_already(done: Import, one: Undone, today: date) -> Iterator[str]:
    """The figures of a past day keep telling what they told."""
    if day_of(done.applied_at or timezone.now()) == today:
        return
    for change in one.changes(done).select_related("school").order_by("pk").iterator(chunk_size=2000):
        since = max(change.effective_on, day_of(change.at)) if change.subject == "school" else day_of(change.at)
        if since < today and one.counts(change):
            yield _("%(code)s: counted in the figures since %(day)s") % {
                "code": _code(change),
                "day": date_format(since),
            }


def _of(made: QuerySet[Change], keys: list[int]) -> Iterator[Change]:
    return made.filter(subject_id__in=keys).select_related("school").iterator(chunk_size=NAMED)


def _code(change: Change) -> str:
    return change.school.code if change.subject == "school" else f"{change.school.code} {change.subject_code}"
