"""Workbooks that are not what they seem: huge once unpacked, spread over a whole sheet, with formulas that failed."""

import io
import re
import zipfile

import pytest
from django.utils.translation import override

from bulk.reading import packing
from bulk.reading.broken import Broken
from tests.bulk.files import xlsx_file

SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx_file([["slug", "kind"], ["abai", "region"]])


def with_sheet(change):
    """The workbook with the text of its sheet changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == SHEET else content)
    return file


def with_cell(cell):
    return with_sheet(lambda xml: xml.replace(b"</row></sheetData>", cell + b"</row></sheetData>"))


def why(file):
    with override("en"), pytest.raises(Broken) as refused:
        packing.inspect(file)
    return [(problem.row, problem.message) for problem in refused.value.problems]


def test_an_honest_workbook_is_read_from_its_beginning():
    file = io.BytesIO(BOOK)

    packing.inspect(file)

    assert file.tell() == 0


def test_a_workbook_that_needs_a_later_zip_than_there_is_is_said_to_be_damaged():
    # The version that is needed, in the list of parts at the end.
    later = re.sub(rb"(PK\x01\x02..)..", lambda found: found[1] + b"\xff\x00", BOOK, flags=re.DOTALL)

    assert why(io.BytesIO(later)) == [
        (None, "The file is damaged. Open it, save it again as .xlsx, and send the new one.")
    ]


def test_a_workbook_that_says_it_is_too_large_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(packing, "MOST_UNPACKED", 1000)
    monkeypatch.setattr(packing, "_unpacked", lambda *_part: pytest.fail("it was unpacked"))

    assert why(io.BytesIO(BOOK))[0][1].startswith("Unpacked, this workbook is too large.")


def test_a_workbook_that_lies_about_its_size_is_found_out(monkeypatch):
    bomb = with_sheet(lambda xml: xml + b" " * 50_000_000).getvalue()
    true_size = int.to_bytes(len(zipfile.ZipFile(io.BytesIO(bomb)).read(SHEET)), 4, "little")
    assert len(bomb) < 100_000
    assert bomb.count(true_size) == 2  # before the part, and in the list at the end
    monkeypatch.setattr(packing, "MOST_UNPACKED", 1_000_000)

    assert why(io.BytesIO(bomb.replace(true_size, int.to_bytes(1000, 4, "little"))))[0][1].startswith("Unpacked, this")


@pytest.mark.parametrize("cell", ["BA2", "XFD1048576", "A310000", "B1048576", "AAA1", "A400000"])
def test_a_cell_far_out_is_refused_before_room_is_made_for_the_square_up_to_it(cell):
    file = with_cell(b'<c r="%s"><v>1</v></c>' % cell.encode())

    assert f"The table reaches to {cell}. Up to 52 columns and 300,000 rows fit" in why(file)[0][1]


@pytest.mark.parametrize("cell", ["AZ2", "A300001", "C309999"])
def test_a_cell_at_the_edge_is_none_too_far(cell):
    packing.inspect(with_cell(b'<c r="%s"><v>1</v></c>' % cell.encode()))


def test_cells_without_addresses_are_refused():
    file = with_sheet(lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml))

    assert why(file)[0][1].startswith("The cells of this workbook have no addresses.")


@pytest.mark.parametrize(
    "cell",
    [
        b'<c\tr="AZ400000"><v>1</v></c>',
        b"<c\nr='AZ400000'><v>1</v></c>",
        b'<c r="az400000"><v>1</v></c>',
        b'<c r="AZ&#52;00000"><v>1</v></c>',
        b"<x:c r='AZ400000'><x:v>1</x:v></x:c>",
        b"<c/>",
    ],
)
def test_an_address_that_is_written_oddly_hides_no_cell_far_out(cell):
    assert why(with_cell(cell))[0][1].startswith("The cells of this workbook have no addresses.")


def test_cells_of_programs_that_prefix_their_markup_are_looked_at_as_well():
    assert "reaches to XFD9" in why(with_cell(b'<x:c r="XFD9"><x:v>1</x:v></x:c>'))[0][1]
    assert len(why(with_cell(b'<x:c r="C2" t="e"><x:v>#N/A</x:v></x:c>'))) == 1
    packing.inspect(with_cell(b'<x:c r="C2"><x:f>1+1</x:f><x:v>2</x:v></x:c>'))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="C2" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c>',
        b'<c r="C2" s="1" t="e"><v>#REF!</v></c>',
        b'<c r="C2"><f>1+1</f></c>',
        b'<c r="C2"><f>1+1</f><v></v></c>',
        b'<c r="C2" s="3"><f ca="1">1+1</f><v/></c>',
    ],
)
def test_a_formula_without_a_value_is_no_blank_cell(cell):
    assert why(with_cell(cell)) == [(2, "The formula in cell C2 has no value. Write the value itself.")]


@pytest.mark.parametrize(
    "cell", [b'<c r="C2"><f>1+1</f><v>2</v></c>', b'<c r="C2" t="str"><f>IF(A1="","")</f><v></v></c>']
)
def test_a_formula_with_a_value_is_its_value(cell):
    packing.inspect(with_cell(cell))


def test_the_ends_of_pieces_hide_nothing(monkeypatch):
    monkeypatch.setattr(packing, "PIECE", 7)

    assert "reaches to XFD9" in why(with_cell(b'<c r="XFD9"><v>1</v></c>'))[0][1]
    assert len(why(with_cell(b'<c r="C2" t="e"><v>#N/A</v></c>'))) == 1
