"""A file as a sheet: rows of cells, counted from 1, whatever program wrote it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bulk.cells import folded, in_every_language
from bulk.reading import packing
from bulk.reading.broken import broken

Sheet = Iterator[Sequence[Any]]

BEGINS_ZIP = b"PK\x03\x04"
# Workbooks of Excel before 2007, and workbooks locked by a password.
BEGINS_OLE = b"\xd0\xcf\x11\xe0"
DELIMITERS = (";", ",", "\t")
# The sheet of our own empty tables that explains the columns; it is not read.
HINTS = gettext_lazy("How to fill in")
# What a program leaves of Kazakh where it saves in an alphabet that has no ә, ғ, қ, ң, ө, ұ, ү, һ, і: М?ктеп.
LOST_LETTER = re.compile(r"\?[А-Яа-яЁё]")


def sheets_of(file: IO[bytes]) -> list[Sheet]:
    """The sheet of an .xlsx; of text, the sheet as each delimiter divides it. Broken if it cannot be read."""
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    if not beginning:
        raise broken(_("The file is empty."))
    if beginning == BEGINS_OLE:
        raise broken(
            _("An old .xls, or a workbook with a password, cannot be read. Save it as .xlsx without password.")
        )
    if beginning == BEGINS_ZIP:
        return [_rows_of_workbook(file)]
    text = decoded(file.read())
    return [_rows_of_text(text, delimiter) for delimiter in DELIMITERS]


def decoded(content: bytes) -> str:
    """Text in UTF-8, with or without its mark, or in Windows-1251. Broken if it is no text, or lost letters."""
    if b"\x00" in content:
        raise broken(_("The file is neither .xlsx nor .csv. Save the table as one of the two."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    if LOST_LETTER.search(text):
        raise broken(_("Kazakh letters became question marks when this file was saved. Save it as CSV in UTF-8."))
    return text


def _rows_of_text(text: str, delimiter: str) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for row in reader:
            number += 1
            yield row
    except csv.Error as fault:
        raise broken(
            _("The quotation marks of this row do not match; nothing after it can be read."), number + 1
        ) from fault


def _rows_of_workbook(file: IO[bytes]) -> Sheet:
    packing.inspect(file)
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            yield from _the_sheet(workbook).iter_rows()
    except CalamineError as fault:
        raise broken(_("The file is damaged. Open it, save it again as .xlsx, and send the new one.")) from fault


def _the_sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    """The one sheet with something in it. Hidden ones hold lists to choose from, say, and are not for reading."""
    hints = {folded(name) for name in in_every_language(HINTS)}
    seen = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
        and sheet.visible == SheetVisibleEnum.Visible
        and folded(sheet.name) not in hints
    ]
    filled = [sheet for name in seen if (sheet := workbook.get_sheet_by_name(name)).height]
    if not filled:
        raise broken(_("The file is empty."))
    if len(filled) > 1:
        names = ", ".join(sheet.name for sheet in filled)
        raise broken(
            _("More than one sheet holds something: %(names)s. Leave only the one to import.") % {"names": names}
        )
    return filled[0]
