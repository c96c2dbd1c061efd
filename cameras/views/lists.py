"""Cameras and systems of all schools the person serves. Restricted: not for viewers and statistics."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from cameras import downtime
from cameras.listings import CameraListing, InventoryListing, SystemListing
from cameras.models import Camera
from cameras.views.rows import row_of
from core import htmx
from schools.querysets import sees_cameras

# Asked for by few: folded away until one of them is set.
OF_CAMERAS = ("zone", "state", "kind", "digital", "connected", "outdoor")
OF_SYSTEMS = ("kind", "centre_link")


@require_safe
@login_required
def camera_list(request: SignedInRequest) -> HttpResponse:
    listing = CameraListing(user=request.user, query=request.GET)
    return _listed(request, listing, OF_CAMERAS, "camera")


@require_safe
@login_required
def system_list(request: SignedInRequest) -> HttpResponse:
    listing = SystemListing(user=request.user, query=request.GET)
    return _listed(request, listing, OF_SYSTEMS, "system")


def _listed(request: SignedInRequest, listing: InventoryListing, folded: tuple[str, ...], of: str) -> HttpResponse:
    if not sees_cameras(request.user):
        raise PermissionDenied
    page = listing.page_of_rows()
    context = {
        "listing": listing,
        "form": listing.form,
        "folded": [listing.form[name] for name in folded],
        "is_unfolded": any(request.GET.get(name) for name in folded),
        "page": page,
        "rows": _rows(listing, page.rows),
    }
    status = 200 if listing.is_valid else 422
    partial = f"cameras/_{of}_rows.html"
    return htmx.render(request, f"cameras/{of}_list.html", context | {"part": partial}, partial=partial, status=status)


def _rows(listing: InventoryListing, found: Any) -> list[Any]:
    """Cameras with the days they were out of order; systems as they are."""
    if not isinstance(listing, CameraListing):
        return list(found)
    today = timezone.localdate()
    times = downtime.of_cameras(Camera.objects.filter(pk__in=[camera.pk for camera in found]), day=today)
    return [row_of(camera, times.get(camera.pk), day=today) for camera in found]
