"""Tables that leave the portal as CSV: readable in Excel, captioned, and harmless when opened."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.formats import get_format

# Without it Excel takes UTF-8 for the code page of the machine, and Cyrillic turns to rubbish.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What makes a spreadsheet read a cell as a formula (OWASP, CSV injection), full-width forms included.
BEGINNINGS_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class _Echo:
    """Hands the writer its line back instead of keeping it, so that a table of any length can be streamed."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: Any) -> Any:
    """The cell as text that no spreadsheet will calculate; numbers stay numbers, None is an empty cell."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if _would_be_calculated(text) else text


def unguarded(text: str) -> str:
    """The text that harmless() was given."""
    return text[1:] if text.startswith("'") and _would_be_calculated(text) else text


def _would_be_calculated(text: str) -> bool:
    # A text of ours that already begins like a guarded one is guarded once more, or it would lose its own apostrophe.
    return text.lstrip("'").startswith(BEGINNINGS_OF_A_FORMULA)


def csv_lines(
    *, caption: Sequence[tuple[object, object]], heading: Sequence[object], rows: Iterable[Sequence[object]]
) -> Iterator[str]:
    """The lines of a table: what it is about (label and value), an empty line, the heading, the rows."""
    sign = get_format("DECIMAL_SEPARATOR")
    # Excel splits at semicolons where the comma is the decimal sign.
    writer = csv.writer(_Echo(), delimiter=";" if sign == "," else ",")
    yield BYTE_ORDER_MARK
    for row in chain((*caption, (), heading), rows):
        yield writer.writerow([_cell(cell, sign) for cell in row])


def _cell(cell: Any, sign: str) -> Any:
    """As harmless(); fractions with the decimal sign of the language, or Excel takes 12.5 for the 12th of May."""
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", sign)
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    return harmless(cell)
