"""Many rows at once, by COPY: an import of the country would take an hour row by row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, Model

BATCH, PIECE = 20_000, 1 << 18


def new_keys(model: type[Model], count: int) -> list[int]:
    """Primary keys that no other row of the model has or will be given."""
    statement = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [model._meta.db_table, _key(model).column, count])
        return [key for (key,) in cursor.fetchall()]


def copy_in(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert the rows, values in the order of `names`. Every column without a default in the database must be named.

    Values are of Python, JSON already written. The constraints of the table hold: IntegrityError.
    """
    _copy(_quoted(model._meta.db_table), _fields(model, names), rows)


def copy_over(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Give rows that exist new values of `names`; the first value of each is its primary key."""
    table, temporary = _quoted(model._meta.db_table), _quoted(f"{model._meta.db_table}_changed")
    key, fields = _key(model), _fields(model, names)
    columns = ", ".join(_quoted(field.column) for field in (key, *fields))
    assigned = ", ".join(f"{_quoted(field.column)} = n.{_quoted(field.column)}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {temporary} AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608
        _copy(temporary, [key, *fields], rows)
        cursor.execute(f"ANALYZE {temporary}")
        joined = f"o.{_quoted(key.column)} = n.{_quoted(key.column)}"
        cursor.execute(f"UPDATE {table} o SET {assigned} FROM {temporary} n WHERE {joined}")  # noqa: S608
        cursor.execute(f"DROP TABLE {temporary}")


def _copy(table: str, fields: Sequence[Field], rows: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(_quoted(field.column) for field in fields)
    # CSV writes None and the empty text alike: what may not be null is the empty text.
    texts = ", ".join(_quoted(f.column) for f in fields if not f.null and f.get_internal_type() in TEXTS)
    options = f"FORMAT csv, FORCE_NOT_NULL ({texts})" if texts else "FORMAT csv"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        for batch in _batches(rows):
            lines = StringIO(newline="")
            csv.writer(lines, lineterminator="\n").writerows(batch)
            lines.seek(0)
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN WITH ({options})", lines, PIECE)


TEXTS = {"CharField", "EmailField", "TextField", "FileField"}


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _fields(model: type[Model], names: Sequence[str]) -> list[Field]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]


def _key(model: type[Model]) -> Field:
    assert model._meta.pk is not None
    return model._meta.pk


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
