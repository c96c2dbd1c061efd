"""The list behind every number, on a page and as a file."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import SavedFilter
from audits.filters import OF_VIOLATIONS
from audits.listings import SchoolListing, with_words
from audits.querysets import reads_findings
from audits.views.links import as_of_suffix
from core import htmx
from core.filtering import filters_asked
from schools.permissions import is_of_the_department

# Asked for by few: folded away until one of them is set. Rows of columns of fields.
BEHIND_THE_FOLD = (
    (("kind",), ("ownership", "setting"), ("pupils_min", "pupils_max"), ("confirmation", "located")),
    (("standing",), ("connection",), ("equipped", "malfunctioning")),
    (("edition", "visited"), ("visited_after", "visited_before"), OF_VIOLATIONS),
)
# What a column is called, and the order its heading leads to first, and its class.
COLUMNS = (
    (gettext_lazy("School"), "name", ""),
    (gettext_lazy("District"), "district", ""),
    (gettext_lazy("Pupils"), "-pupils", "num"),
    (gettext_lazy("Standing"), "", ""),
    (gettext_lazy("Equipment"), "", ""),
    (gettext_lazy("Connection"), "", ""),
    (gettext_lazy("Open violations"), "-violations", "num"),
    (gettext_lazy("Last visit"), "-visited", ""),
)


@require_safe
@login_required
def school_list(request: SignedInRequest) -> HttpResponse:
    listing = SchoolListing(user=request.user, query=request.GET)
    page = listing.page_of_schools()
    context: dict[str, Any] = {
        "listing": listing,
        **filters_of(listing),
        "page": page,
        "rows": with_words(page),
        "columns": list(_columns(listing)),
        "can_register": is_of_the_department(request.user),
        **kept_addresses(request),
    }
    return htmx.render(
        request,
        "audits/school_list.html",
        context,
        partial="audits/_school_list_part.html",
        status=200 if listing.is_valid else 422,
    )


def kept_addresses(request: SignedInRequest) -> dict[str, Any]:
    """What the person saved of this page, and the filters that are on, to be saved or sent."""
    asked = filters_asked(request.GET)
    saved = SavedFilter.objects.visible_to(request.user).of_list(request.path)
    return {
        "asked_filters": asked,
        "saved": [{"name": one.name, "address": one.address, "is_on": one.query == asked} for one in saved],
    }


def filters_of(listing: SchoolListing) -> dict[str, Any]:
    """What the form of the filters needs, on the list and on the map."""
    form = listing.form
    groups = [
        [[form[name] for name in column] for column in row if column != OF_VIOLATIONS or reads_findings(listing.user)]
        for row in BEHIND_THE_FOLD
    ]
    return {
        "form": form,
        "asked": listing.asked,
        "day_suffix": as_of_suffix(listing.asked.past_day),
        "groups": groups,
        "is_unfolded": any(listing.query.get(field.name) for row in groups for column in row for field in column),
    }


def _columns(listing: SchoolListing) -> Any:
    """Each column as {label, order its heading leads to, aria-sort of now, css}."""
    now = listing.ordering
    for label, first, css in COLUMNS:
        if first == "-violations" and not listing.shows_violations:
            continue
        other = first[1:] if first.startswith("-") else f"-{first}"
        is_sorted = bool(first) and now in {first, other}
        state = ("descending" if now.startswith("-") else "ascending") if is_sorted else ""
        yield {"label": label, "order": other if now == first else first, "state": state, "css": css}
