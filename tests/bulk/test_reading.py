"""From a file to rows: whatever program wrote it, and with everything that is wrong with it at once."""

import io
import itertools
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from bulk import cells
from bulk.kinds import Column
from bulk.reading import packing, tables
from bulk.reading.broken import Broken
from core.exports import csv_lines, unguarded
from tests.bulk.files import csv_file, xlsx_file
from tests.bulk.regions import ABAI, HEADING, ULYTAU, RegionKind


class Things(RegionKind):
    """A column of each kind of cell."""

    columns = [
        Column("code", "Code", cells.Text(300), required=True),
        Column("name", "Name", cells.Text(300)),
        Column("count", "Count", cells.Whole(-(10**6), 10**6)),
        Column("day", "Day", cells.Day()),
        Column("works", "Works", cells.YesNo()),
    ]


def read(content, kind=None):
    with override("en"):
        return tables.read(io.BytesIO(content), kind or RegionKind(), lambda rows: None)


def values(content, kind=None):
    reading = read(content, kind)
    assert reading.problems == []
    return [list(row.values.values()) for row in reading.rows]


def why_broken(content):
    with pytest.raises(Broken) as refused:
        read(content)
    return [(problem.row, problem.message) for problem in refused.value.problems]


# --- Programs ---


@pytest.mark.parametrize(("delimiter", "encoding"), list(itertools.product(";,\t", ["utf-8", "utf-8-sig", "cp1251"])))
def test_text_is_read_in_each_encoding_and_with_each_delimiter(delimiter, encoding):
    rows = [["pavlodar", 'Павлодар, "облысы"; жаңа'.replace("ң", "н"), "две\nстроки", "region"], ABAI]

    assert values(csv_file([HEADING, *rows], delimiter=delimiter, encoding=encoding)) == rows


@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_kazakh_letters_come_whole(write):
    assert values(write([HEADING, ULYTAU])) == [ULYTAU]


def test_letters_that_were_lost_when_a_file_was_saved_are_noticed():
    lost = csv_file([HEADING, ["ulytau", "?лытау", "", "region"]], encoding="cp1251")

    # A text of Latin letters alone is the same in both encodings.
    assert "question marks" in why_broken(lost + "я".encode("cp1251"))[0][1]


def texts():
    visible = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\u2028\u2029\x85")
    return st.text(visible, max_size=30).map(plain)


def plain(text):
    """Without space around it, and without an apostrophe that guards: tables come from Excel with those of our CSV."""
    text = text.strip()
    return text if unguarded(text) == text else plain(unguarded(text))


things = st.tuples(
    texts().filter(bool),
    texts(),
    st.none() | st.integers(-(10**6), 10**6),
    st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.none() | st.booleans(),
)


@settings(deadline=None, derandomize=True)
@given(st.lists(things, min_size=1, max_size=8))
def test_any_table_reads_back_the_same_from_every_format(rows):
    table = [[column.name for column in Things.columns], *rows]
    expected = [list(row) for row in rows]

    assert values(xlsx_file(table), Things()) == expected
    for delimiter in ";,\t":
        assert values(csv_file(table, delimiter=delimiter), Things()) == expected


cyrillic = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВ;,\t\"'\n12-№«»", max_size=30).map(plain)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(cyrillic.filter(bool), cyrillic, st.none(), st.none(), st.none()), min_size=1, max_size=8))
def test_any_russian_table_reads_back_the_same_from_windows_1251(rows):
    # A caption in Russian, as in our own files: a few letters alone may be UTF-8 by chance.
    table = [["Список", "Школы"], [], [column.name for column in Things.columns], *rows]

    for delimiter in ";,\t":
        content = csv_file(table, delimiter=delimiter, encoding="cp1251")
        assert values(content, Things()) == [list(row) for row in rows]


def test_numbers_days_and_truths_of_a_workbook_are_what_they_are():
    row = ["12", "№ 5", 300, date(2021, 9, 1), True]

    assert values(xlsx_file([[c.name for c in Things.columns], [12, *row[1:]]]), Things()) == [row]


def test_what_our_own_files_guard_is_read_as_it_was():
    rows = [["=1+1", "+7 705", "", ""], ["-5", "@x", "'quoted'", ""]]
    lines = csv_lines(caption=[("List", "Regions"), ("Total", 2)], heading=HEADING, rows=rows)

    assert values("".join(lines).encode()) == rows


# --- Where the table is ---


@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_the_heading_is_found_below_a_caption_and_rows_keep_their_numbers(write):
    caption = [["List", "Regions"], ["Kind", "Region"], []]

    reading = read(write([*caption, HEADING, ABAI, [], ["", " "], ULYTAU]))

    assert [row.number for row in reading.rows] == [5, 8]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_columns_are_known_by_their_label_in_every_language_whatever_the_case_and_the_spaces(language):
    with override(language):
        heading = [f" {str(column.label).upper().replace(' ', '  ')} " for column in RegionKind.columns]

    assert values(csv_file([heading, ABAI])) == [ABAI]


def test_columns_come_in_any_order_and_those_left_out_are_left_alone():
    reading = read(csv_file([["kind", "slug"], ["region", "abai"]]))

    assert [row.values for row in reading.rows] == [{"kind": "region", "slug": "abai"}]


def test_a_blank_cell_clears_and_a_short_row_is_blank_at_its_end():
    reading = read(csv_file([HEADING, ["abai"]]))

    assert reading.rows[0].values == {"slug": "abai", "name_kk": "", "name_ru": "", "kind": ""}


def test_hidden_sheets_and_empty_ones_are_passed_over():
    content = xlsx_file([HEADING, ABAI], more_sheets=[("Lists", [["region"]], True), ("Sheet3", [], False)])

    assert values(content) == [ABAI]


# --- What is wrong ---


def test_every_problem_of_the_heading_is_told_at_once_and_the_cells_are_read_all_the_same():
    found = read(csv_file([["name_kk", "colour", "Name in Kazakh", "kind"], ["a", "red", "b", "village"]]))

    assert [(problem.row, problem.column, problem.message[:40]) for problem in found.problems] == [
        (1, "", "There is no column “colour”."),
        (1, "name_kk", "This column stands in the file twice."),
        (1, "slug", "This column is missing, and the rows nee"),
        (2, "kind", "“village” cannot be read here. Expected:"),
    ]
    assert not found.has_its_columns


def test_every_problem_of_the_cells_is_told_at_once_with_row_and_column():
    found = read(csv_file([HEADING, ["", "x" * 61, "", "village"], ABAI, ["abai", "", "", "", "more"]]))

    assert [(problem.row, problem.column) for problem in found.problems] == [
        (2, "slug"),
        (2, "name_kk"),
        (2, "kind"),
        (4, ""),
    ]
    assert found.problems[0].message == "This cell must be filled in."
    assert found.rows[0].unread == {"slug", "name_kk", "kind"}
    assert found.rows[0].values == {"name_ru": ""}
    assert found.has_its_columns


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (csv_file([[], [""]]), "No row names the columns."),
        (csv_file([["a", "b"], ["1", "2"]]), "No row names the columns. They are: Key; Name in Kazakh;"),
        (csv_file([HEADING]), "There is no row below the heading."),
        (b"\xd0\xcf\x11\xe0 and more", "An old .xls, or a workbook with a password, cannot be read."),
        (b"%PDF-1.7\x00\x01", "The file is neither .xlsx nor .csv."),
        (b"PK\x03\x04 and no zip", "The file is damaged."),
        (xlsx_file([]), "The file is empty."),
        (xlsx_file([HEADING, ABAI], more_sheets=[("More", [["x"]], False)]), "More than one sheet holds something: "),
        (xlsx_file([HEADING, ABAI])[:-200], "The file is damaged."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(content, message):
    [(row, said)] = why_broken(content)

    assert (row, said[: len(message)]) == (None, message)


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row():
    content = csv_file([HEADING, ABAI]) + '"ulytau;Ұлытау\nand all the rest'.encode()

    assert why_broken(content) == [(3, "The quotation marks of this row do not match; nothing after it can be read.")]


def test_another_zip_file_is_no_workbook():
    file = io.BytesIO()
    with packing.zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert why_broken(file.getvalue())[0][1].startswith("This is not an Excel workbook.")


def test_more_rows_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)

    assert values(csv_file([HEADING, *[ABAI] * 3])) == [ABAI] * 3
    assert "There are more than 3 rows." in why_broken(csv_file([HEADING, *[ABAI] * 4]))[0][1]


def test_reading_stops_at_more_problems_than_anybody_reads(monkeypatch):
    monkeypatch.setattr(tables, "MOST_PROBLEMS", 3)
    monkeypatch.setattr(tables, "BATCH", 2)

    found = read(csv_file([HEADING, *[["", "", "", "x"]] * 9]))

    assert len(found.problems) == 5
    assert (found.problems[-1].row, len(found.rows)) == (3, 2)
