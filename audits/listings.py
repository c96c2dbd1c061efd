"""The lists of this app as they leave it: on a page, on the map and as files, always the same rows."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits import kept_facts
from audits.compliance import Connection, SchoolsWithStanding, Standing
from audits.filters import SchoolFilterSet
from audits.forms.areas import area_choices
from audits.forms.as_of import AsOfForm
from audits.models import Edition
from bulk.listing import Listing, register

CHUNK = 500


@register
class SchoolListing(Listing):
    """The roll of a day with what was true of each school, narrowed by SchoolFilterSet."""

    name = "schools"
    title = gettext_lazy("Schools")
    heading = (
        gettext_lazy("Code"),
        gettext_lazy("School"),
        gettext_lazy("Locality"),
        gettext_lazy("District"),
        gettext_lazy("Region"),
        gettext_lazy("Standing"),
        gettext_lazy("Equipped"),
        gettext_lazy("Operational"),
        gettext_lazy("Connection"),
        gettext_lazy("Last visit"),
        gettext_lazy("Edition"),
    )

    def __init__(self, *, user: Any, query: QueryDict) -> None:
        super().__init__(user=user, query=query)
        self.asked = AsOfForm(query, today=timezone.localdate())
        schools: Any = kept_facts.listed(self.asked.day)
        self.narrowed = SchoolFilterSet(query, queryset=schools.visible_to(user))

    @cached_property
    def form(self) -> forms.Form:
        """The filters as a form that offers what this person may choose."""
        form = self.narrowed.form
        form.fields["area"].widget.choices = area_choices(self.user, self.asked.day)
        editions = Edition.objects.order_by("in_force_from").values_list("code", flat=True)
        form.fields["edition"].widget.choices = [("", _("Any")), *((code, code) for code in editions)]
        return form

    @property
    def is_valid(self) -> bool:
        return self.asked.is_valid() and self.narrowed.is_valid()

    @property
    def schools(self) -> SchoolsWithStanding:
        """In the order of the Kazakh alphabet; none if the address asks for what cannot be."""
        schools = self.narrowed.qs if self.is_valid else self.narrowed.queryset.none()
        return schools.select_related("placed__district__region").sorted_by_name()

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters in words."""
        return in_words(self.form) if self.is_valid else []

    @property
    def caption(self) -> list[tuple[object, object]]:
        return [(_("As of"), date_format(self.asked.day, "SHORT_DATE_FORMAT")), *self.chosen]

    @cached_property
    def total(self) -> int:
        return self.schools.count()

    def rows(self) -> Iterator[Sequence[object]]:
        for row in with_words(self.schools.iterator(chunk_size=CHUNK)):
            school = row["school"]
            yield (
                school.code,
                school.name,
                school.locality,
                school.placed.district.name,
                school.placed.district.region.name,
                row["standing"].label,
                _("Yes") if school.is_equipped else _("No"),
                (_("No") if school.is_malfunctioning else _("Yes")) if school.is_equipped else None,
                row["connection"],
                school.visited_on,
                school.edition_code,
            )


def with_words(schools: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Each school with the words for what is true of it; connection and function only of the equipped."""
    for school in schools:
        yield {
            "school": school,
            "standing": Standing(school.standing),
            "connection": Connection(school.connection).label if school.is_equipped else None,
        }


def in_words(form: forms.Form) -> list[tuple[str, str]]:
    """What a filter form narrows by, as label and words: [("Standing", "Non-compliant, Not assessed")]."""
    words = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", []):
            continue
        labels = dict(flatten_choices(getattr(form.fields[name].widget, "choices", ())))
        values = value if isinstance(value, list) else [str(value).lower() if isinstance(value, bool) else value]
        words.append((str(form.fields[name].label), ", ".join(str(labels.get(one, one)) for one in values)))
    return words
