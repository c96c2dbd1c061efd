"""In which orders schools can be listed: one vocabulary for page and API."""

from datetime import date
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audits.compliance import SchoolsWithStanding
from core.keyset import Order

# Before any visit: keyset pages need a column without nulls.
NEVER = date(1, 1, 1)

DEFAULT = "name"
# {what the address says: (what it is called, its columns)}
ORDERS: dict[str, tuple[str | Promise, Order]] = {
    "name": (_("Name, from А"), ("name_sort", "pk")),
    "-name": (_("Name, from Я"), ("-name_sort", "-pk")),
    "district": (_("District, from А"), ("district_sort", "name_sort", "pk")),
    "-district": (_("District, from Я"), ("-district_sort", "name_sort", "pk")),
    "pupils": (_("Fewest pupils first"), ("pupils", "name_sort", "pk")),
    "-pupils": (_("Most pupils first"), ("-pupils", "name_sort", "pk")),
    "visited": (_("Longest unvisited first"), ("visited_sort", "name_sort", "pk")),
    "-visited": (_("Latest visit first"), ("-visited_sort", "name_sort", "pk")),
    "violations": (_("Fewest open violations first"), ("open_violations", "name_sort", "pk")),
    "-violations": (_("Most open violations first"), ("-open_violations", "name_sort", "pk")),
}
COLUMNS: dict[str, Any] = {
    "district_sort": F("placed__district__name_sort"),
    "visited_sort": Coalesce(F("visited_on"), Value(NEVER)),
}


def needs_violations(name: str) -> bool:
    """Only rows that say how many open violations there are can be put in this order."""
    return name.lstrip("-") == "violations"


def order_choices(*, with_violations: bool = True) -> list[tuple[str, str | Promise]]:
    """What a person may choose from."""
    return [
        (name, label) for name, (label, _columns) in ORDERS.items() if with_violations or not needs_violations(name)
    ]


def with_columns_of(schools: SchoolsWithStanding, order: Order) -> SchoolsWithStanding:
    """The schools with the columns of the order that are not their own."""
    named = {column.lstrip("-") for column in order}
    return schools.annotate(**{name: column for name, column in COLUMNS.items() if name in named})
