"""Medians, and the tables they are told in."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

RUNS = 7


@dataclass(frozen=True)
class Measured:
    """What took how long, beside plain SQL of the same question, in milliseconds."""

    what: str
    took: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.took / self.plain


@dataclass(frozen=True)
class Section:
    title: str
    rows: Sequence[Measured]

    def __str__(self) -> str:
        """As a table in Markdown, which is a table on a terminal as well."""
        widest = max(len(row.what) for row in self.rows)
        lines = [f"### {self.title}", "", f"| {'':{widest}} |       ms | plain SQL |  ratio |"]
        lines.append(f"|{'-' * (widest + 2)}|---------:|----------:|-------:|")
        lines += [
            f"| {row.what:{widest}} | {row.took:8.1f} | {row.plain:9.1f} | {row.ratio:6.1f} |" for row in self.rows
        ]
        return "\n".join([*lines, ""])


def median_ms(act: Callable[[], Any], runs: int = RUNS) -> float:
    """Median of the runs after one to warm up, in milliseconds."""
    act()
    return statistics.median(seconds(act) for _run in range(runs)) * 1000


def seconds(act: Callable[[], Any]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def sql(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows that the statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
