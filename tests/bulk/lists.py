"""A list for tests: numbered lines, some of them only for superusers, as many as the address says."""

import csv
import io

from python_calamine import CalamineWorkbook

from bulk.listing import Listing


class Lines(Listing):
    """`?rows=3`; `?rows=none` is not valid."""

    name = "lines"
    title = "Lines"
    heading = ("Number", "Text")
    page = "bulk:export_list"

    @property
    def is_valid(self):
        return self.query.get("rows", "0").isdigit()

    @property
    def caption(self):
        return [("Lines wanted", self.total)]

    @property
    def total(self):
        wanted = int(self.query.get("rows", 0))
        return wanted if self.user.role == "department_head" else min(wanted, 1)

    def rows(self):
        return ((number, f"=line {number}") for number in range(self.total))


def csv_table(content):
    """The lines of a CSV file in English."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_table(content):
    """The rows of an .xlsx file."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def rows_of(table):
    """What stands below the heading; the heading follows the first empty line."""
    return table[next(place for place, line in enumerate(table) if not any(line)) + 2 :]
