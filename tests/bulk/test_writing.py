"""Tables as .xlsx and .csv: what goes in comes out, and nothing in it is calculated."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bulk import writing
from bulk.writing import Table, lines_of, write_xlsx
from core.exports import unguarded

# What a column of text can hold in PostgreSQL and an .xlsx file can say: not NUL, no halves of characters.
TEXTS = st.text(st.characters(exclude_characters="\x00\ufffe\uffff", exclude_categories=["Cs"]), max_size=40)


def table(*rows, heading=("Code", "Name"), caption=()):
    return Table("Schools", caption, heading, rows, author="Zeinep")


def file_of(of):
    file = io.BytesIO()
    write_xlsx(of, file)
    file.seek(0)
    return file


def cells_of(of):
    """The cells of the sheet as another program reads them."""
    return CalamineWorkbook.from_filelike(file_of(of)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def part_of(of, name):
    """A part of the file as text."""
    return ZipFile(file_of(of)).read(name).decode()


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_any_text_comes_back_from_both_files_as_it_was(rows):
    # A reader takes blank rows at the end for no rows.
    written = table(*rows, ("S1", "Nur"))

    assert [tuple(row) for row in cells_of(written)[2:-1]] == rows
    with override("en"):
        lines = csv.reader(io.StringIO("".join(lines_of(written)), newline=""))
    assert [tuple(map(unguarded, row)) for row in lines][2:-1] == rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 705", "-1", "@SUM(A1)", "{=1}", "https://nazar.example", "12", "<r>1</r>"]
)
def test_no_text_becomes_a_formula_a_link_a_number_or_markup(text):
    written = table([text, "x"])

    assert cells_of(written)[2] == [text, "x"]
    sheet = part_of(written, "xl/worksheets/sheet1.xml")
    assert 't="inlineStr"' in sheet
    assert not {"<f>", "<hyperlink", "<r>"} & set(sheet.replace("><", ">\n<").split())


def test_numbers_and_days_are_numbers_and_days():
    moment = timezone.make_aware(datetime(2021, 8, 25, 23, 30))
    row = [7, 82.5, Decimal("900000.10"), date(2021, 8, 25), moment, True, None]

    cells = cells_of(table(row, heading=["a", "b", "c", "d", "e", "f", "g"]))[2]

    assert cells == [7.0, 82.5, 900000.1, date(2021, 8, 25), datetime(2021, 8, 25, 23, 30), True, ""]


def test_an_amount_shows_its_two_places():
    assert 'formatCode="#,##0.00"' in part_of(table(["A", Decimal("900000.00")]), "xl/styles.xml")


@pytest.mark.parametrize("cell", [date(1899, 12, 31), date(1900, 2, 28), 10**15, 1234567890123456])
def test_what_a_spreadsheet_would_falsify_goes_in_as_text(cell):
    assert cells_of(table(["A", cell]))[2] == ["A", str(cell)]


def test_the_first_day_that_excel_counts_rightly_is_a_day():
    assert cells_of(table(["A", date(1900, 3, 1)]))[2] == ["A", date(1900, 3, 1)]


def test_the_caption_stands_above_an_empty_line_and_the_heading():
    cells = cells_of(table(["S1", "Nur"], caption=[("Total", 1), ("Area", "=Ridder")]))

    assert cells == [["Total", 1.0], ["Area", "=Ridder"], ["", ""], ["Code", "Name"], ["S1", "Nur"]]


def test_the_heading_stays_in_sight_filters_the_rows_and_is_printed_on_each_page():
    written = table(["S1", "Nur"], ["S2", "Nur"], caption=[("Total", 2)])

    sheet = part_of(written, "xl/worksheets/sheet1.xml")
    assert '<pane ySplit="3" topLeftCell="A4"' in sheet
    assert '<autoFilter ref="A3:B5"/>' in sheet
    assert "Print_Titles" in part_of(written, "xl/workbook.xml")


def test_columns_are_as_wide_as_their_cells_within_bounds():
    sheet = part_of(table(["S1", "x" * 30, "y" * 500], heading=["A", "B", "C"]), "xl/worksheets/sheet1.xml")

    widths = [float(part.split('"')[0]) for part in sheet.split('width="')[1:4]]
    assert [round(width) for width in widths] == [9, 33, 61]


def test_the_file_says_who_made_it():
    assert "<dc:creator>Zeinep</dc:creator>" in part_of(table(), "docProps/core.xml")


def test_a_sheet_that_is_full_is_refused_and_never_cut(monkeypatch):
    monkeypatch.setattr(writing, "LONGEST_SHEET", 4)

    assert len(cells_of(table(["S1", "Nur"], ["S2", "Nur"]))) == 4
    with pytest.raises(OverflowError):
        file_of(table(["S1", "Nur"], ["S2", "Nur"], ["S3", "Nur"]))


def test_a_file_of_csv_is_read_by_excel_of_its_language():
    written = table([Decimal("12.50"), date(2021, 8, 25)], [82.5, timezone.make_aware(datetime(2021, 8, 25, 23, 30))])

    with override("ru"):
        assert "".join(lines_of(written)).splitlines()[2:] == ["12,50;2021-08-25", "82,5;2021-08-25 23:30"]
