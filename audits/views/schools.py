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
from audits.listings import SchoolListing, with_words
from audits.views.links import as_of_suffix
from core import htmx
from core.exports import csv_response
from core.paging import PAGE_SIZE

FACTS = ("standing", "connection", "equipped", "malfunctioning", "edition")


@require_safe
@login_required
def school_list(request: SignedInRequest) -> HttpResponse:
    listing = SchoolListing(user=request.user, query=request.GET)
    page = Paginator(listing.schools, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "listing": listing,
        "form": listing.form,
        "asked": listing.asked,
        "day_suffix": as_of_suffix(listing.asked.past_day),
        "uses_facts": any(listing.query.get(name) for name in FACTS),
        "page": page,
        "rows": with_words(page),
    }
    return htmx.render(
        request,
        "audits/school_list.html",
        context,
        partial="audits/_school_table.html",
        status=200 if listing.is_valid else 422,
    )


@require_safe
@login_required
def school_list_csv(request: SignedInRequest) -> HttpResponseBase:
    listing = SchoolListing(user=request.user, query=request.GET)
    if not listing.is_valid:
        return school_list(request)
    caption = [
        *listing.caption,
        (_("Schools"), listing.total),
        (_("Exported by"), request.user.name),
        (_("Exported at"), date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT")),
    ]
    filename = f"schools-{listing.asked.day.isoformat()}.csv"
    return csv_response(filename, caption=caption, heading=SchoolListing.heading, rows=listing.rows())
