"""Lists as files: a short one at once, a long one by a worker, and the pages where one waits for it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from bulk import exports
from bulk.http import file_response
from bulk.listing import Listing, listing_of
from bulk.models import Export
from core import htmx
from core.errors import Refused
from core.paging import PAGE_SIZE


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def export_listing(request: SignedInRequest, listing: str, format: str) -> HttpResponseBase:
    """The file of a short list; for a long one the question whether a worker shall make it. POST says yes."""
    found = listing_of(listing, user=request.user, query=request.GET.urlencode())
    if found is None or format not in Export.Format.values:
        raise Http404
    if not found.is_valid:
        # The page says what is wrong with the filters.
        return redirect(found.address)
    if request.method == "POST":
        return _asked(request, found, format)
    if found.total <= exports.AT_ONCE:
        return _download(request, found, format)
    return _question(request, found, format)


def _download(request: SignedInRequest, listing: Listing, format: str) -> FileResponse:
    file = exports.file_of(listing=listing, format=format, by=request.user, at=timezone.now())
    return file_response(file, f"{listing.filename}.{format}")


def _asked(request: SignedInRequest, listing: Listing, format: str) -> HttpResponse:
    try:
        export = exports.ask(listing=listing, format=format, by=request.user, at=timezone.now())
    except Refused as refused:
        return _question(request, listing, format, refused)
    return redirect("bulk:export_page", export.pk)


def _question(request: SignedInRequest, listing: Listing, format: str, refused: Refused | None = None) -> HttpResponse:
    context = {
        "listing": listing,
        "format": Export.Format(format),
        "refused": refused,
        "expires_at": timezone.now() + exports.KEPT_FOR,
        "back_url": listing.address,
    }
    return render(request, "bulk/export_question.html", context, status=409 if refused else 200)


@require_safe
@login_required
def export_list(request: SignedInRequest) -> HttpResponse:
    """The files the person asked for, the newest first."""
    found = Export.objects.visible_to(request.user).newest_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "bulk/export_list.html", {"page": page, "now": timezone.now()})


@require_safe
@login_required
def export_page(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How far the file is; then where it is, and until when."""
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    context = {
        "export": export,
        "listing": listing_of(export.listing, user=request.user, query=export.query),
        "is_expired": export.is_expired(timezone.now()),
        "crumbs": [{"label": _("My files"), "url": reverse("bulk:export_list")}, {"label": export.filename}],
    }
    return htmx.render(request, "bulk/export_page.html", context, partial="bulk/_export.html")


@require_safe
@login_required
def export_file(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    """The file itself, for its owner alone, until the link expires."""
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    if not export.is_open(timezone.now()):
        return redirect("bulk:export_page", export.pk)
    return file_response(export.file.open("rb"), export.filename)
