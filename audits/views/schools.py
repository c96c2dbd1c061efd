"""The list behind every number, on a page and as a file."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from audits.compliance import SchoolsWithStanding, schools_with_standing
from audits.filters import SchoolFilterSet
from audits.forms.areas import area_choices
from audits.forms.as_of import AsOfForm
from audits.models import Edition
from audits.views.links import as_of_suffix
from audits.views.school_table import HEADING, chosen, file_rows, page_rows
from core import htmx
from core.exports import csv_response
from core.paging import PAGE_SIZE

FACTS = ("standing", "connection", "equipped", "malfunctioning", "edition")


class SchoolSearch:
    """What the address asks for: a day, filters, and the schools they leave. One meaning for the page and the file."""

    def __init__(self, request: SignedInRequest) -> None:
        self.asked = AsOfForm(request.GET, today=timezone.localdate())
        schools: Any = schools_with_standing(self.asked.day)
        self.narrowed = SchoolFilterSet(request.GET, queryset=schools.visible_to(request.user), request=request)
        fields = self.narrowed.form.fields
        fields["area"].widget.choices = area_choices(request.user, self.asked.day)
        editions = Edition.objects.order_by("in_force_from").values_list("code", flat=True)
        fields["edition"].widget.choices = [("", _("Any")), *((code, code) for code in editions)]
        self.is_valid = self.asked.is_valid() and self.narrowed.is_valid()

    @property
    def schools(self) -> SchoolsWithStanding:
        """In the order of the Kazakh alphabet; none if the address asks for what cannot be."""
        schools = self.narrowed.qs if self.is_valid else self.narrowed.queryset.none()
        return schools.select_related("placed__district__region").sorted_by_name()

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters in words."""
        return chosen(self.narrowed.form) if self.is_valid else []

    @property
    def uses_facts(self) -> bool:
        """It narrows by more than name and area."""
        return self.is_valid and any(
            value not in (None, "", []) for name, value in self.narrowed.form.cleaned_data.items() if name in FACTS
        )

    @property
    def day_suffix(self) -> str:
        """Keeps links of the list on its day."""
        return as_of_suffix(self.asked.past_day)


@require_safe
@login_required
def school_list(request: SignedInRequest) -> HttpResponse:
    search = SchoolSearch(request)
    page = Paginator(search.schools, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "search": search,
        "form": search.narrowed.form,
        "asked": search.asked,
        "page": page,
        "rows": page_rows(page),
    }
    return htmx.render(
        request,
        "audits/school_list.html",
        context,
        partial="audits/_school_table.html",
        status=200 if search.is_valid else 422,
    )


@require_safe
@login_required
def school_list_csv(request: SignedInRequest) -> HttpResponseBase:
    search = SchoolSearch(request)
    if not search.is_valid:
        return school_list(request)
    day = search.asked.day
    caption = [
        (_("As of"), date_format(day, "SHORT_DATE_FORMAT")),
        *search.chosen,
        (_("Schools"), search.schools.count()),
        (_("Exported by"), request.user.name),
        (_("Exported at"), date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT")),
    ]
    rows = file_rows(search.schools.iterator(chunk_size=500))
    return csv_response(f"schools-{day.isoformat()}.csv", caption=caption, heading=HEADING, rows=rows)
