"""Whether a workbook is what it seems, found out before anything of it is kept.

An .xlsx is a zip file, which may hold a thousand times its size, and two cells in opposite corners make the library
that reads it set aside the whole square between them. It also takes a formula that failed, or was never calculated, for
an empty cell: that would quietly wipe out what the register knows.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bulk.kinds import Problem
from bulk.reading.broken import Broken, broken

# The widest kind has half of these columns; 300,000 rows of it are 400 MB once unpacked.
MOST_UNPACKED = 600_000_000
MOST_COLUMNS, MOST_ROWS = 52, 300_000
MOST_NAMED = 10
PIECE = 1 << 20
DEFLATED = -zlib.MAX_WBITS

# A cell right of column AZ, or below row 309,999.
OUTSIDE = re.compile(rb' r="(?:(?:[A-Z]{3,}|[B-Z][A-Z])\d+|[A-Z]*(?:\d{7,}|[4-9]\d{5}|3[1-9]\d{4}))"')
FAILED = re.compile(rb'<c r="([A-Z]+\d+)"[^>]* t="e"')
# An address as no program writes one: the library reads it all the same.
ODD = re.compile(rb'<c r="(?![A-Z]{1,3}\d{1,7}")')
# Some programs write <x:c …> for <c …>.
PREFIXED = re.compile(rb"<[\w.-]+:c[\s/>]")
PREFIX = re.compile(rb"(</?)[\w.-]+:")
BEGINNINGS_OF_A_CELL = tuple(b"<c" + end for end in (b" ", b">", b"/", b"\t", b"\r", b"\n"))
NOT_CALCULATED = re.compile(rb'<c r="([A-Z]+\d+)"(?![^>]* t="str")[^>]*><f[^>]*>[^<]*</f>(?:<v ?/>|<v></v>)?</c>')


def inspect(file: IO[bytes]) -> None:
    """Broken if the workbook must not be read. Leaves the file at its beginning."""
    failed: list[bytes] = []
    try:
        with zipfile.ZipFile(file) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise broken(_("This is not an Excel workbook. Save the table as .xlsx or as .csv."))
            _inspect_sizes(packed)
            for part in packed.infolist():
                for piece in _xml_of(file, part):
                    failed += _inspect_cells(piece)
    # RuntimeError: a part says that it needs a later zip than there is.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError) as fault:
        raise broken(_("The file is damaged. Open it, save it again as .xlsx, and send the new one.")) from fault
    if failed:
        raise Broken(*(_failed_formula(cell.decode()) for cell in failed[:MOST_NAMED]))
    file.seek(0)


def _inspect_sizes(packed: zipfile.ZipFile) -> None:
    """By what the file says of itself; _xml_of counts what truly comes out."""
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        raise _too_large()


def _xml_of(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is packed there, in pieces that end with a whole tag. Broken once it is more than the file may hold."""
    unpacked, rest = 0, b""
    for piece in _unpacked(file, part):
        unpacked += len(piece)
        if unpacked > MOST_UNPACKED:
            raise _too_large()
        whole, bracket, rest = (rest + piece).rpartition(b">")
        yield whole + bracket
    yield rest


def _unpacked(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    # Not ZipFile.open(): it stops at the size that the file says, and the library that reads the cells does not.
    file.seek(part.header_offset + 26)
    name, extra = (int.from_bytes(file.read(2), "little") for _length in range(2))
    file.seek(part.header_offset + 30 + name + extra)
    left = part.compress_size
    inflate = zlib.decompressobj(DEFLATED) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := file.read(min(left, PIECE))):
        left -= len(packed)
        while packed:
            yield inflate.decompress(packed, PIECE) if inflate else packed
            packed = inflate.unconsumed_tail if inflate else b""


def _inspect_cells(xml: bytes) -> list[bytes]:
    """The cells whose formula failed or was never calculated. Broken if a cell lies too far out, or nowhere."""
    if b":c" in xml and PREFIXED.search(xml):
        xml = PREFIX.sub(rb"\1", xml)
    if far := OUTSIDE.search(xml):
        where = far.group().split(b'"')[1].decode()
        raise broken(
            _("The table reaches to %(cell)s. Up to %(columns)s columns and %(rows)s rows fit: clear what lies beyond.")
            % {"cell": where, "columns": MOST_COLUMNS, "rows": number_format(MOST_ROWS, force_grouping=True)}
        )
    if sum(map(xml.count, BEGINNINGS_OF_A_CELL)) > xml.count(b'<c r="') or ODD.search(xml):
        raise broken(_("The cells of this workbook have no addresses. Open it in Excel, save it again, and send that."))
    failed = FAILED.findall(xml) if b' t="e"' in xml else []
    return failed + (NOT_CALCULATED.findall(xml) if b"</f>" in xml else [])


def _failed_formula(cell: str) -> Problem:
    row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return Problem(row, "", _("The formula in cell %(cell)s has no value. Write the value itself.") % {"cell": cell})


def _too_large() -> Broken:
    return broken(_("Unpacked, this workbook is too large. Divide the table into several files."))
