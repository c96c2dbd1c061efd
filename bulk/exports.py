"""Asking for the file of a list: a short one is made at once, a long one by a worker."""

from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from bulk.listing import Listing
from bulk.models import LONGEST_QUERY, Export
from bulk.tasks import make_export_after_commit
from bulk.writing import LONGEST_SHEET, lines_of, table_of, write_xlsx
from core.errors import Conflict, Invalid

# As many rows are written while the person waits: well under a second.
AT_ONCE = 2000
UNFINISHED_AT_MOST = 5
KEPT_FOR = timedelta(days=7)
# What stands above the rows of a sheet.
ABOVE_THE_ROWS = 100


def file_of(*, listing: Listing, format: str, by: User, at: datetime) -> BytesIO:
    """The file of a list of up to AT_ONCE rows, in the active language."""
    rows = list(listing.rows())
    table = table_of(listing, rows, total=len(rows), by=by, at=at)
    if format == Export.Format.CSV:
        return BytesIO("".join(lines_of(table)).encode())
    file = BytesIO()
    write_xlsx(table, file)
    file.seek(0)
    return file


@transaction.atomic
def ask(*, listing: Listing, format: str, by: User, at: datetime) -> Export:
    """Have a worker make the file, in the active language; its link lives for KEPT_FOR.

    Invalid for a list that cannot be or does not fit the format; Conflict while UNFINISHED_AT_MOST files of the
    person are.
    """
    if problems := _problems(listing, format):
        raise Invalid(*problems)
    # Held, so that two requests at once do not both find the fourth file unfinished.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Export.objects.visible_to(by).unfinished().count() >= UNFINISHED_AT_MOST:
        raise Conflict(_("Five of your files are being made. Ask again when one of them is ready."))
    export = Export.objects.create(
        by=by,
        language=get_language(),
        listing=listing.name,
        query=listing.query.urlencode(),
        format=format,
        filename=f"{listing.filename}.{format}",
        rows_total=listing.total,
        asked_at=at,
        expires_at=at + KEPT_FOR,
    )
    make_export_after_commit(export.pk)
    return export


def _problems(listing: Listing, format: str) -> list[str]:
    if not listing.is_valid:
        return [_("There is no such list: correct its filters first.")]
    if len(listing.query.urlencode()) > LONGEST_QUERY:
        return [_("The filters are too long. Choose fewer of them.")]
    if format == Export.Format.XLSX and listing.total > LONGEST_SHEET - ABOVE_THE_ROWS:
        return [_("The list is longer than a sheet of Excel. Ask for CSV, or narrow the list.")]
    return []
