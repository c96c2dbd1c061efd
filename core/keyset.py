"""Pages by where the last one ended: as fast at the end of a list as at its start, and no row twice or missed while
others write.

Every order has columns without nulls, the last of them a key: `("name_sort", "pk")`, `("-pupils", "name_sort", "pk")`.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.errors import Invalid

Order = tuple[str, ...]

ONWARDS, BACK = "n", "p"


@dataclass(frozen=True)
class KeysetPage:
    """Rows in their order. `next`, `previous` and `last` are cursors, blank where there is nothing more that way.

    The first page needs no cursor. The last page is as full as the others: it is read from the end.
    """

    rows: Sequence[Any]
    next: str = ""
    previous: str = ""
    last: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet[Any], *, order: Order, cursor: str, size: int) -> KeysetPage:
    """The page that the cursor leads to; the first without one. Invalid for a cursor that is none of this order.

    `rows` has the columns of the order, annotated or its own, and no order yet.
    """
    way, position = _read(cursor, order) if cursor else (ONWARDS, None)
    directed = [(column.lstrip("-"), column.startswith("-") is (way == ONWARDS)) for column in order]
    ordered = rows.order_by(*(f"-{name}" if down else name for name, down in directed))
    if position is not None:
        try:
            ordered = ordered.filter(_beyond(directed, position))
        except (ValidationError, TypeError, ValueError) as error:
            raise _broken() from error
    # Places first and rows after: sorted with all that a row carries, a long list takes ten times as long.
    places = list(ordered.values_list(*{"pk": None, **dict(directed)}, named=True)[: size + 1])
    more, places = len(places) > size, places[:size]
    page = _page(places[:: 1 if way == ONWARDS else -1], order, way, more=more, from_an_end=position is None)
    there = {row.pk: row for row in rows.filter(pk__in=[place.pk for place in places])} if places else {}
    return replace(page, rows=[there[place.pk] for place in page.rows if place.pk in there])


def _page(found: Sequence[Any], order: Order, way: str, *, more: bool, from_an_end: bool) -> KeysetPage:
    after = more if way == ONWARDS else not from_an_end
    before = more if way == BACK else not from_an_end
    if not found:
        # All that lay this way is gone meanwhile: what is left is found from the other end.
        return KeysetPage(
            [], next=_write(ONWARDS, order) if after else "", previous=_write(BACK, order) if before else ""
        )
    return KeysetPage(
        found,
        next=_write(ONWARDS, order, found[-1]) if after else "",
        previous=_write(BACK, order, found[0]) if before else "",
        last=_write(BACK, order) if after else "",
    )


def _beyond(directed: Sequence[tuple[str, bool]], position: Sequence[Any]) -> Q:
    (name, down), value = directed[0], position[0]
    strictly = Q(**{f"{name}__{'lt' if down else 'gt'}": value})
    if len(directed) == 1:
        return strictly
    # The loose bound alone lets an index start at the right place; an OR of all columns would read from the beginning.
    loosely = Q(**{f"{name}__{'lte' if down else 'gte'}": value})
    return loosely & (strictly | _beyond(directed[1:], position[1:]))


def _write(way: str, order: Order, row: Any = None) -> str:
    """The cursor of what lies this way of the row; without one, from the end of the list."""
    position = None if row is None else [getattr(row, column.lstrip("-")) for column in order]
    said = json.dumps([way, order, position], cls=_Exact)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond: cut to the millisecond, as Django does, they would leave out rows of the same one."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _read(cursor: str, order: Order) -> tuple[str, Sequence[Any] | None]:
    try:
        way, asked, position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise _broken() from error
    if way not in (ONWARDS, BACK) or asked != list(order) or not _is_position(position, order):
        raise _broken()
    return way, position


def _is_position(position: Any, order: Order) -> bool:
    if position is None:
        return True
    return isinstance(position, list) and len(position) == len(order) and all(_is_storable(one) for one in position)


def _is_storable(value: Any) -> bool:
    """PostgreSQL takes neither a NUL nor half of a surrogate pair in a text."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return isinstance(value, int)


def _broken() -> Invalid:
    return Invalid(_("This page address is broken. Begin at the first page."))
