"""Tables as CSV: captioned, readable in Excel, harmless."""

import csv
import io

import pytest
from django.utils.translation import override

from core.exports import csv_lines, harmless, unguarded


def text_of(**table):
    return "".join(csv_lines(**{"caption": [], "heading": ["Code", "Name"], "rows": []} | table))


@pytest.mark.parametrize("cell", ["=1+1", "+7", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "\uff20x"])
def test_text_that_begins_like_a_formula_stays_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "kept"), [(-5, -5), (0, 0), (82.4, 82.4), (None, None), ("№ 12", "№ 12"), ("", "")])
def test_numbers_and_plain_text_stay_what_they_are(cell, kept):
    assert harmless(cell) == kept


def test_the_file_begins_with_a_byte_order_mark_so_that_excel_reads_cyrillic():
    assert text_of().encode().startswith(b"\xef\xbb\xbf")


def test_caption_comes_first_then_an_empty_line_then_heading_and_rows():
    with override("en"):
        text = text_of(caption=[("As of", "25 Aug 2021")], rows=[["EK-0001", 'Gymnasium "Nur", No. 1']])

    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines == [["As of", "25 Aug 2021"], [], ["Code", "Name"], ["EK-0001", 'Gymnasium "Nur", No. 1']]


@pytest.mark.parametrize(
    ("language", "line"), [("kk", "Code;Name\r\n"), ("ru", "Code;Name\r\n"), ("en", "Code,Name\r\n")]
)
def test_cells_are_divided_as_excel_of_that_language_divides_them(language, line):
    with override(language):
        assert line in text_of()


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "''", "'Nur'", "No. 1", "", "\t=", "+7 705"])
def test_a_guarded_text_can_be_read_back_as_it_was(text):
    assert unguarded(harmless(text)) == text
