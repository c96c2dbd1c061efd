"""What schools did not meet, in all of an area: which requirements, which schools."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from audits.listings import ViolationListing
from core import htmx

# Asked for by few: folded away until one of them is set.
FOLDED = ("state", "severity", "code", "found_after", "found_before")


@require_safe
@login_required
def violation_list(request: SignedInRequest) -> HttpResponse:
    listing = ViolationListing(user=request.user, query=request.GET)
    page = listing.page_of_violations()
    context = {
        "listing": listing,
        "form": listing.form,
        "folded": [listing.form[name] for name in FOLDED],
        "is_unfolded": any(request.GET.get(name) for name in FOLDED),
        "page": page,
        "schools": listing.schools,
        "requirements": listing.by_requirement(),
    }
    status = 200 if listing.is_valid else 422
    return htmx.render(
        request, "audits/violation_list.html", context, partial="audits/_violation_table.html", status=status
    )
