"""The problems of an import as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bulk.kinds import KINDS
from bulk.models import Import
from bulk.writing import Table


def problems_of(of: Import, stored: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each with the label of its column, in the language of the reader: {row, column, label, message}.

    The message is in the language of who sent the file.
    """
    kind = KINDS.get(of.kind)
    labels: dict[str, str | Promise] = {column.name: column.label for column in kind.columns} if kind else {}
    return [{**problem, "label": labels.get(problem["column"], problem["column"])} for problem in stored]


def table_of_problems(of: Import) -> Table:
    """All of them as a table to correct the file by."""
    caption = [(_("Import"), of.pk), (_("File"), of.filename), (_("Problems"), len(of.problems))]
    rows = ((each["row"], each["label"], each["message"]) for each in problems_of(of, of.problems))
    return Table(_("Problems"), caption, [_("Row"), _("Column"), _("Problem")], rows, author=of.by.name)
