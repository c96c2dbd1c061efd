"""The list of schools: on a page, on the map and as a file, always the same rows."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits import kept_facts
from audits.compliance import Connection, SchoolsWithStanding, Standing
from audits.filters import SchoolFilterSet
from audits.forms.listed import ListedForm
from audits.listings.orders import DEFAULT, ORDERS, needs_violations, order_choices, with_columns_of
from audits.models import Edition
from audits.querysets import reads_findings
from bulk.listing import Listing, register
from core.errors import Invalid
from core.filtering import in_words
from core.keyset import KeysetPage, Order, page_of
from core.paging import PAGE_SIZE
from schools.forms.areas import Choices, area_choices

CHUNK = 500


@register
class SchoolListing(Listing):
    """The roll of a day with what was true of each school, narrowed by SchoolFilterSet."""

    name = "schools"
    page = "audits:school_list"
    title = gettext_lazy("Schools")
    heading = (
        gettext_lazy("Code"),
        gettext_lazy("School"),
        gettext_lazy("Kind of school"),
        gettext_lazy("Ownership"),
        gettext_lazy("City or village"),
        gettext_lazy("Locality"),
        gettext_lazy("District"),
        gettext_lazy("Region"),
        gettext_lazy("Pupils"),
        gettext_lazy("Standing"),
        gettext_lazy("Equipped"),
        gettext_lazy("Operational"),
        gettext_lazy("Connection"),
        gettext_lazy("Open violations"),
        gettext_lazy("Last visit"),
        gettext_lazy("Edition"),
    )

    def __init__(self, *, user: Any, query: QueryDict) -> None:
        super().__init__(user=user, query=query)
        known = (*SchoolFilterSet.base_filters, "cursor")
        self.asked = ListedForm(query, today=timezone.localdate(), orders=order_choices(), known=known)
        schools: Any = kept_facts.listed(self.asked.day)
        self.narrowed = SchoolFilterSet(query, queryset=schools.visible_to(user), user=user)
        self.shows_violations = kept_facts.knows_violations(schools) and reads_findings(user)
        if not self.shows_violations:
            self._leave_out_violations()

    def _leave_out_violations(self) -> None:
        if needs_violations(self.asked.cleaned_data.get("ordering", "")):
            self.asked.add_error("ordering", _("Open violations are known for today only, and not to everybody."))
        self.asked.offer(order_choices(with_violations=False))

    @cached_property
    def form(self) -> forms.Form:
        """The filters as a form that offers what this person may choose."""
        form = self.narrowed.form
        # Read when they are shown: the rows alone need neither.
        form.fields["area"].widget.choices = lambda: self.areas
        form.fields["edition"].widget.choices = _edition_choices
        return form

    @cached_property
    def areas(self) -> Choices:
        """Those the person may choose from; none for who serves only schools."""
        return area_choices(self.user, self.asked.day)

    @property
    def is_valid(self) -> bool:
        return self.asked.is_valid() and self.narrowed.is_valid()

    @property
    def found(self) -> SchoolsWithStanding:
        """Without an order; none if the address asks for what cannot be."""
        return self.narrowed.qs if self.is_valid else self.narrowed.queryset.none()

    @property
    def ordering(self) -> str:
        """The name of its order, one of ORDERS."""
        return (self.asked.is_valid() and self.asked.cleaned_data["ordering"]) or DEFAULT

    @property
    def order(self) -> Order:
        return ORDERS[self.ordering][1]

    def page_of_schools(self) -> KeysetPage:
        """The page that the address asks for, with placements. A broken cursor makes the listing invalid."""
        schools = self._with_places()
        try:
            return page_of(schools, order=self.order, cursor=self.query.get("cursor", ""), size=PAGE_SIZE)
        except Invalid as broken:
            self.asked.add_error(None, [*broken.problems])
            return KeysetPage([])

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters in words."""
        return in_words(self.form) if self.is_valid else []

    @property
    def caption(self) -> list[tuple[object, object]]:
        return [(_("As of"), date_format(self.asked.day, "SHORT_DATE_FORMAT")), *self.chosen]

    @property
    def filename(self) -> str:
        return f"{self.name}-{self.asked.day.isoformat()}"

    @cached_property
    def total(self) -> int:
        return self.found.count()

    def rows(self) -> Iterator[Sequence[object]]:
        schools = self._with_places().order_by(*self.order)
        for row in with_words(schools.iterator(chunk_size=CHUNK)):
            school = row["school"]
            yield (
                school.code,
                school.name,
                school.get_kind_display(),
                school.get_ownership_display(),
                school.get_setting_display(),
                school.locality,
                school.placed.district.name,
                school.placed.district.region.name,
                school.pupils,
                row["standing"].label,
                _("Yes") if school.is_equipped else _("No"),
                (_("No") if school.is_malfunctioning else _("Yes")) if school.is_equipped else None,
                row["connection"],
                school.open_violations if self.shows_violations else None,
                school.visited_on,
                school.edition_code,
            )

    def _with_places(self) -> SchoolsWithStanding:
        return with_columns_of(self.found, self.order).select_related("placed__district__region")


def _edition_choices() -> list[tuple[str, str]]:
    editions = Edition.objects.order_by("in_force_from").values_list("code", flat=True)
    return [("", _("Any")), *((code, code) for code in editions)]


def with_words(schools: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Each school with the words for what is true of it; connection and function only of the equipped."""
    for school in schools:
        yield {
            "school": school,
            "standing": Standing(school.standing),
            "connection": Connection(school.connection).label if school.is_equipped else None,
        }
