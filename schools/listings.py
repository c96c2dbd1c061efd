"""Lists that are narrowed by a set of filters and by nothing else."""

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bulk.listing import Listing
from core.filtering import PLACES, in_words
from schools.forms.areas import area_choices
from schools.models import District, Placement

CHUNK = 500


class NarrowedListing(Listing):
    """What the filters leave of `everything`. A filter nobody knows is an error: a slip must not list everything."""

    filterset_class: ClassVar[Any]

    def __init__(self, *, user: Any, query: QueryDict) -> None:
        super().__init__(user=user, query=query)
        self.narrowed = self.filterset_class(query, queryset=self.everything(), **self.reader)

    @property
    def reader(self) -> dict[str, Any]:
        """What the filters must know of the person."""
        return {}

    @abstractmethod
    def everything(self) -> QuerySet[Any]:
        """All rows the person may read."""

    @cached_property
    def form(self) -> forms.Form:
        """The filters as a form that offers what this person may choose, and says what is wrong with them."""
        form = self.narrowed.form
        if "area" in form.fields:
            form.fields["area"].widget.choices = area_choices(self.user, timezone.localdate())
        for name in self.query:
            if name not in {*form.fields, *PLACES}:
                form.add_error(None, _("There is no filter “%(name)s”.") % {"name": name})
        return form

    @property
    def is_valid(self) -> bool:
        return self.form.is_valid()

    @property
    def found(self) -> QuerySet[Any]:
        """Without an order; none if the address asks for what cannot be."""
        return self.narrowed.qs if self.is_valid else self.narrowed.queryset.none()

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters in words."""
        return in_words(self.form) if self.is_valid else []

    @property
    def caption(self) -> list[tuple[object, object]]:
        return [(_("As of"), date_format(timezone.localdate(), "SHORT_DATE_FORMAT")), *self.chosen]

    @cached_property
    def total(self) -> int:
        return self.found.count()


def with_district(rows: QuerySet[Any], *, school: str = "school") -> QuerySet[Any]:
    """Rows about a school with `district_id`: where the school is placed today, None where it is closed."""
    placed = Placement.objects.on(timezone.localdate()).filter(school=OuterRef(school))
    return rows.annotate(district_id=Subquery(placed.values("district")[:1]))


def districts() -> Mapping[int | None, District]:
    """Every district with its region, by key."""
    return {district.pk: district for district in District.objects.select_related("region")}
