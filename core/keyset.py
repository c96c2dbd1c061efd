"""Pages by where the last one ended: as fast at the end of a list as at its start, and no row twice or missed while
others write.

Every order has two columns without nulls, the second of them a key: `("name_sort", "pk")`, `("-pupils", "pk")`.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.errors import Invalid

Order = tuple[str, str]


@dataclass(frozen=True)
class KeysetPage:
    """Rows in their order. `next` and `previous` are cursors, blank where there is nothing more that way."""

    rows: Sequence[Any]
    next: str = ""
    previous: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet[Any], *, order: Order, cursor: str, size: int) -> KeysetPage:
    """The page that the cursor leads to; the first without one. Invalid for a cursor that is none of this order.

    `rows` has the columns of the order, annotated or its own, and no order yet.
    """
    backwards, position = _read(cursor, order) if cursor else (False, None)
    directions = [column.startswith("-") is not backwards for column in order]
    names = [column.lstrip("-") for column in order]
    ordered = rows.order_by(*(f"-{name}" if down else name for name, down in zip(names, directions, strict=True)))
    if position is not None:
        try:
            ordered = ordered.filter(_beyond(names, directions, position))
        except (ValidationError, TypeError, ValueError) as error:
            raise _broken() from error
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return KeysetPage([])
    after, before = _write(found[-1], names, order, "n"), _write(found[0], names, order, "p")
    if backwards:
        return KeysetPage(found, next=after, previous=before if more else "")
    return KeysetPage(found, next=after if more else "", previous=before if position is not None else "")


def _beyond(names: Sequence[str], down: Sequence[bool], position: Sequence[Any]) -> Q:
    (first, second), (a, b) = names, position
    strictly, loosely = ("lt", "lte") if down[0] else ("gt", "gte")
    # The loose bound alone lets an index start at the right place; an OR of both columns would read from the beginning.
    within = Q(**{f"{first}__{strictly}": a}) | Q(**{f"{second}__{'lt' if down[1] else 'gt'}": b})
    return Q(**{f"{first}__{loosely}": a}) & within


def _write(row: Any, names: Sequence[str], order: Order, way: str) -> str:
    said = json.dumps([way, *order, *(getattr(row, name) for name in names)], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> tuple[bool, list[Any]]:
    try:
        way, *rest = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        position = rest[2:]
    except (ValueError, TypeError) as error:
        raise _broken() from error
    scalars = all(isinstance(value, str | int | float) for value in position)
    if way not in {"n", "p"} or tuple(rest[:2]) != order or len(position) != 2 or not scalars:
        raise _broken()
    return way == "p", position


def _broken() -> Invalid:
    return Invalid(_("This page address is broken. Begin at the first page."))
