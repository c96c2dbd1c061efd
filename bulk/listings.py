"""What is there now of a kind of rows, as a file to edit and send back."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulk.kinds import KINDS, ImportKind
from bulk.listing import Listing, register


@register
class PresentRows(Listing):
    """The rows that an import of `?kind=` would change, in its columns. Sent back unchanged, they change nothing."""

    name = "rows"
    title = gettext_lazy("Rows to edit and import")
    page = "bulk:import_new"

    @cached_property
    def kind(self) -> ImportKind | None:
        kind = KINDS.get(self.query.get("kind", ""))
        return kind if kind is not None and kind.is_open_to(self.user) else None

    @property
    def heading(self) -> Sequence[str | Promise]:  # type: ignore[override]
        return [column.label for column in self.kind.columns] if self.kind else []

    @property
    def filename(self) -> str:
        return f"{self.kind.name}-{super().filename}" if self.kind else super().filename

    @property
    def is_valid(self) -> bool:
        return self.kind is not None

    @property
    def caption(self) -> list[tuple[object, object]]:
        return [(_("Kind of rows"), self.kind.label)] if self.kind else []

    @cached_property
    def total(self) -> int:
        return self.kind.present_count(self.user) if self.kind else 0

    def rows(self) -> Iterator[Sequence[object]]:
        return self.kind.present(self.user) if self.kind else iter(())
