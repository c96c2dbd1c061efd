"""Empty tables to fill in, in the language of the person, with a word on every column."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bulk import cells
from bulk.kinds import Column, ImportKind
from bulk.reading.sheets import HINTS
from core.exports import csv_lines

# What Excel shows beside a cell, and what it takes for a list to choose from.
LONGEST_TITLE, LONGEST_MESSAGE, LONGEST_LIST = 32, 255, 255
PREPARED_ROWS = 20_000
NARROWEST, WIDEST = 12, 40


def hints_of(kind: ImportKind) -> list[dict[str, Any]]:
    """What a person must know of each column: {label, required, how, example}."""
    return [
        {"label": column.label, "required": column.required, "how": _how(column), "example": column.example}
        for column in kind.columns
    ]


def blank_csv(kind: ImportKind) -> Iterator[str]:
    """The hints above an empty line, then the heading. The hints may stay: the heading is found below them."""
    caption = [(column.label, " ".join(_parts(column))) for column in kind.columns]
    return csv_lines(caption=caption, heading=[column.label for column in kind.columns], rows=[])


def blank_xlsx(kind: ImportKind) -> bytes:
    """A sheet with the heading alone, whose cells help while they are filled in; and a sheet of hints."""
    file = io.BytesIO()
    with Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": str(kind.label), "company": "Nazar"})
        # Excel takes at most 31 characters, and none of []:*?/\ in the name of a sheet.
        sheet = book.add_worksheet(Truncator(str(kind.label)).chars(31).translate(str.maketrans("[]:*?/\\", "       ")))
        _prepare(sheet, book, kind.columns)
        _explain(book.add_worksheet(str(HINTS)), book, kind)
    return file.getvalue()


def _prepare(sheet: Worksheet, book: Workbook, columns: Sequence[Column]) -> None:
    """Codes stay text and days look like days; each cell shows what is expected, and its choices."""
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    needed = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#FFF1C9"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd.mm.yyyy"})
    for place, column in enumerate(columns):
        label = str(column.label)
        sheet.write_string(0, place, label, needed if column.required else heading)
        sheet.set_column(place, place, min(max(len(label) + 2, NARROWEST), WIDEST), _format_of(column, text, day))
        sheet.data_validation(1, place, PREPARED_ROWS, place, _help(column))
    sheet.freeze_panes(1, 1)


def _explain(sheet: Worksheet, book: Workbook, kind: ImportKind) -> None:
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 3, 60)
    sheet.merge_range(0, 0, 0, 3, str(kind.about), plain)
    sheet.set_row(0, 60)
    for place, title in enumerate((_("Column"), _("Required"), _("How to fill in"), _("Example"))):
        sheet.write_string(2, place, title, bold)
    for row, hint in enumerate(hints_of(kind), start=3):
        sheet.write_string(row, 0, str(hint["label"]), bold)
        sheet.write_string(row, 1, _("Yes") if hint["required"] else "", plain)
        sheet.write_string(row, 2, hint["how"], plain)
        sheet.write_string(row, 3, str(hint["example"]), plain)


def _format_of(column: Column, text: Format, day: Format) -> Format | None:
    if isinstance(column.parse, cells.Text):
        return text
    return day if isinstance(column.parse, cells.Day) else None


def _help(column: Column) -> dict[str, Any]:
    shown = {
        "input_title": Truncator(str(column.label)).chars(LONGEST_TITLE),
        "input_message": Truncator(" ".join(_parts(column))).chars(LONGEST_MESSAGE),
        "error_type": "warning",
    }
    words = [str(word) for word in getattr(column.parse, "words", ())]
    # Excel divides the list at commas and has no way to write one.
    if words and len(",".join(words)) <= LONGEST_LIST and not any("," in word for word in words):
        return {"validate": "list", "source": words, **shown}
    return {"validate": "any", **shown}


def _how(column: Column) -> str:
    """What may stand in the cell, and what the kind adds to it."""
    expects = column.parse.expects
    sentence = f"{expects[:1].upper()}{expects[1:]}."
    return f"{sentence} {column.hint}" if column.hint else sentence


def _parts(column: Column) -> Iterator[str]:
    if column.required:
        yield _("Required.")
    yield _how(column)
    if column.example != "":
        yield _("Example: %(example)s.") % {"example": column.example}
