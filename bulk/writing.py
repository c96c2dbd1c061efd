"""Tables as files: what they are about first, then an empty line, the heading and the rows.

What a person wrote stays the text it was and is never calculated; numbers and days are numbers and days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bulk.listing import Listing
from core.exports import csv_lines

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# What a sheet of Excel holds, the lines above the rows included.
LONGEST_SHEET = 1_048_576
# Excel counts days from 1900 and has a 29 February in it that never was: what lies before goes in as text.
FIRST_DAY = date(1900, 3, 1)
# A number with more digits loses the last of them in a spreadsheet.
FIRST_INEXACT = 10**15
NARROWEST, WIDEST = 8, 60
# Columns are as wide as the cells of so many rows need.
MEASURED = 500


@dataclass(frozen=True)
class Table:
    """A table on its way into a file. `caption` is labels and values; `rows` is read once."""

    title: str
    caption: Sequence[tuple[object, object]]
    heading: Sequence[object]
    rows: Iterable[Sequence[object]]
    author: str = ""


def table_of(listing: Listing, rows: Iterable[Sequence[object]], *, total: int, by: Any, at: datetime) -> Table:
    """The rows of a list, with a caption that says what they are, how many, for whom and of when."""
    caption = [
        (_("List"), listing.title),
        *listing.caption,
        (_("Total"), total),
        (_("Exported by"), by.name),
        (_("Exported at"), date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")),
        (_("Language"), dict(settings.LANGUAGES)[get_language() or settings.LANGUAGE_CODE]),
    ]
    return Table(str(listing.title), caption, listing.heading, rows, author=by.name)


def lines_of(table: Table) -> Iterator[str]:
    """The table as the lines of a CSV file."""
    return csv_lines(caption=table.caption, heading=table.heading, rows=table.rows)


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """The table as the one sheet of an .xlsx file. Written row by row: memory does not grow with it."""
    as_it_is = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # XlsxWriter leaves its scratch files behind when a row cannot be read.
    with (
        TemporaryDirectory() as scratch,
        Workbook(file, {"constant_memory": True, "tmpdir": scratch, **as_it_is}) as book,
    ):
        book.set_properties({"title": table.title, "author": table.author, "company": "Nazar"})
        sheet = _Sheet(book)
        for label, value in table.caption:
            sheet.add_caption(label, value)
        sheet.add(())
        sheet.add_heading(table.heading)
        for row in table.rows:
            sheet.add(row)
        sheet.finish()


class _PlainSheet(Worksheet):
    """Takes text that looks like the markup of a sheet for text. XlsxWriter would let `<r>…</r>` through as it is."""

    def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
        self._xml_inline_string(string, True, attributes)


class _Sheet:
    """Takes row after row, writes each cell by its type, and remembers how wide the columns must be."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.sheet = book.add_worksheet(worksheet_class=_PlainSheet)
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.aside = book.add_format({"align": "left"})
        self.styles: dict[str, Format] = {}
        self.widths: list[int] = []
        self.rows = self.heading = 0

    def add_caption(self, label: object, value: object) -> None:
        self.sheet.write_string(self.rows, 0, str(label), self.aside)
        if value is not None:
            self._write(1, value, self.aside)
        self.rows += 1

    def add_heading(self, cells: Sequence[object]) -> None:
        self.heading = self.rows
        for column, cell in enumerate(cells):
            self.sheet.write_string(self.rows, column, str(cell), self.bold)
        self.widths = [len(str(cell)) for cell in cells]
        self.rows += 1

    def add(self, cells: Sequence[object]) -> None:
        """OverflowError where Excel has no more rows: XlsxWriter would leave them out without a word."""
        if self.rows >= LONGEST_SHEET:
            raise OverflowError(f"{self.rows} rows do not fit a sheet")
        for column, cell in enumerate(cells):
            if cell is not None:
                self._write(column, cell, None)
        if self.rows <= self.heading + MEASURED:
            lengths = [0 if cell is None else len(str(cell)) for cell in cells]
            self.widths = [max(pair) for pair in zip(self.widths, lengths, strict=False)]
        self.rows += 1

    def finish(self) -> None:
        """The heading stays in sight and filters; columns are as wide as their cells; paper holds all columns."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        self.sheet.freeze_panes(self.heading + 1, 0)
        self.sheet.autofilter(self.heading, 0, self.rows - 1, len(self.widths) - 1)
        self.sheet.repeat_rows(self.heading)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)

    def _write(self, column: int, cell: Any, style: Format | None) -> None:
        row = self.rows
        if isinstance(cell, str):
            self.sheet.write_string(row, column, cell, style)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell, style)
        elif isinstance(cell, int | float | Decimal) and -FIRST_INEXACT < cell < FIRST_INEXACT:
            self.sheet.write_number(row, column, cell, style or self._style_of(cell))
        elif isinstance(cell, date) and (moment := _in_the_office(cell)) is not None:
            self.sheet.write_datetime(row, column, moment, self._style_of(cell))
        else:
            self.sheet.write_string(row, column, str(cell), style)

    def _style_of(self, cell: object) -> Format | None:
        if isinstance(cell, Decimal):
            places = max(0, -int(cell.as_tuple().exponent))
            return self._style(f"#,##0.{'0' * places}" if places else "#,##0")
        if isinstance(cell, datetime):
            return self._style("dd.mm.yyyy hh:mm")
        return self._style("dd.mm.yyyy") if isinstance(cell, date) else None

    def _style(self, number_format: str) -> Format:
        if number_format not in self.styles:
            self.styles[number_format] = self.book.add_format({"num_format": number_format})
        return self.styles[number_format]


def _in_the_office(cell: date) -> date | None:
    """The day, or the moment as the clock in the office shows it; None for what Excel cannot count."""
    if isinstance(cell, datetime):
        cell = timezone.make_naive(cell) if timezone.is_aware(cell) else cell
        return cell if cell.date() >= FIRST_DAY else None
    return cell if cell >= FIRST_DAY else None
