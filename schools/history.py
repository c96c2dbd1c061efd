"""The history of the register: every act on a school, a system or a camera, and what it changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from bulk.models import Import
from core.errors import Difference, Outdated
from schools.areas import Area
from schools.models import Change, District, Versioned

# What changes of a row without being a column of it.
OTHER_LABELS = {
    "district": gettext_lazy("district"),
    "state": gettext_lazy("condition"),
    "absorbed": gettext_lazy("took over"),
}


def record(
    row: Versioned,
    *,
    act: str,
    by: User | None,
    at: datetime,
    on: date,
    reason: str = "",
    fields: Mapping[str, tuple[Any, Any]] | None = None,
    bulk_import: Import | None = None,
) -> Change:
    """Keep that the act happened to the row. `fields`: {name: (was, became)}, of any type that stored() knows."""
    return Change.objects.create(
        school=row.register_school,
        subject=row.register_subject,
        subject_id=row.pk,
        subject_code=row.register_code,
        version=row.version,
        act=act,
        effective_on=on,
        at=at,
        by=by,
        reason=reason,
        fields={name: [stored(was), stored(became)] for name, (was, became) in (fields or {}).items()},
        bulk_import=bulk_import,
    )


def revise(row: Versioned, values: Mapping[str, Any], **act: Any) -> Change | None:
    """Give the columns these values, raise the version and keep what they were; None if nothing differs.

    The caller holds the lock of the row. `act` are the arguments of record().
    """
    changed = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return None
    for name, (_was, became) in changed.items():
        setattr(row, name, became)
    return touch(row, also=changed, fields=changed, **act)


def touch(row: Versioned, *, also: Iterable[str] = (), **act: Any) -> Change:
    """Raise the version of the row, save it with the columns of `also`, and record the act."""
    row.version += 1
    row.save(update_fields=["version", *also])
    return record(row, **act)


def guard_version(row: Versioned, expects: int | None) -> None:
    """Outdated, with the difference, if the row is no longer the version the person saw. None asks nothing.

    The caller holds the lock of the row.
    """
    if expects is not None and row.version != expects:
        problem = _("This record was changed meanwhile. Look at the difference and decide again.")
        raise Outdated(problem, version=row.version, differences=differences(row, since=expects))


def differences(row: Versioned, *, since: int) -> list[Difference]:
    """What the fields of the row were in version `since` and are now, by whom and when last changed."""
    later = Change.objects.filter(subject=row.register_subject, subject_id=row.pk, version__gt=since)
    changes = later.select_related("by").order_by("version", "pk")
    places = places_of(changes)
    found: dict[str, Difference] = {}
    for change in changes:
        for name, (was, became) in change.fields.items():
            first = found.get(name)
            found[name] = Difference(
                field=name,
                label=label_of(type(row), name),
                was=first.was if first else in_words(type(row), name, places.get(was, was)),
                became=in_words(type(row), name, places.get(became, became)),
                by=change.by.name if change.by else "",
                at=change.at,
            )
    return [found[name] for name in _in_order(type(row), found) if found[name].was != found[name].became]


def told(change: Change, places: Mapping[Any, str] | None = None) -> list[dict[str, str]]:
    """The fields of one change for people, in the order of the model: [{"field", "label", "was", "became"}].

    `places`, of places_of(), names districts.
    """
    model = next(m for m in apps.get_models() if issubclass(m, Versioned) and m.register_subject == change.subject)
    names = places or {}
    return [
        {
            "field": name,
            "label": label_of(model, name),
            "was": in_words(model, name, names.get(was, was)),
            "became": in_words(model, name, names.get(became, became)),
        }
        for name, (was, became) in ((name, change.fields[name]) for name in _in_order(model, change.fields))
    ]


def narrated(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Each change with its fields for people, [{"change", "fields"}], at the cost of one query at most."""
    changes = list(changes)
    places = places_of(changes)
    return [{"change": change, "fields": told(change, places)} for change in changes]


def places_of(changes: Iterable[Change]) -> dict[Any, str]:
    """The districts that the changes speak of: {key of the area: name of the district and its region}."""
    keys = {key for change in changes for key in change.fields.get("district", ()) if key}
    if not keys:
        return {}
    slugs = {key.partition("/")[2] for key in keys}
    districts = District.objects.filter(slug__in=slugs).select_related("region")
    named = {Area(district=each).key: f"{each.name}, {each.region.name}" for each in districts}
    return {key: named.get(key, key) for key in keys}


def _in_order(model: type[Model], names: Iterable[str]) -> list[str]:
    """JSON of the database keeps fields in an order of its own: shorter names first."""
    columns = [field.name for field in model._meta.get_fields()]
    return sorted(names, key=lambda name: columns.index(name) if name in columns else len(columns))


def stored(value: Any) -> Any:
    """The value as JSON keeps it. A row is kept by its `register_code`, or its key."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Versioned):
        return value.register_code
    if isinstance(value, Model):
        return value.pk
    return str(value) if isinstance(value, Decimal) else value


def label_of(model: type[Model], name: str) -> str:
    if name in OTHER_LABELS:
        return capfirst(str(OTHER_LABELS[name]))
    return capfirst(str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def in_words(model: type[Model], name: str, value: Any) -> str:
    """A stored value in the language of the reader; a dash for what is not known."""
    if value in (None, ""):
        return "\N{EM DASH}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = () if name in OTHER_LABELS else getattr(model._meta.get_field(name), "flatchoices", ())
    if value in dict(choices):
        return str(dict(choices)[value])
    day = parse_date(value) if isinstance(value, str) and name.endswith("_on") else None
    return date_format(day, "SHORT_DATE_FORMAT") if day else str(localize(value))
