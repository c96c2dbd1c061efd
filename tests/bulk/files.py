"""Files as the programs of people write them."""

import csv
import io

from xlsxwriter import Workbook


def csv_file(rows, *, delimiter=";", encoding="utf-8"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(rows, *, more_sheets=()):
    """`more_sheets`: (name, rows, is hidden)."""
    file = io.BytesIO()
    with Workbook(file, {"default_date_format": "dd.mm.yyyy", "strings_to_formulas": False}) as book:
        for name, lines, is_hidden in (("Schools", rows, False), *more_sheets):
            sheet = book.add_worksheet(name)
            if is_hidden:
                sheet.hide()
            for number, row in enumerate(lines):
                for place, cell in enumerate(row):
                    sheet.write(number, place, cell)
    return file.getvalue()
