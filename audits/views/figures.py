"""The pages of figures: the country, a region, a district. And the way home for everybody."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import Role
from audits import figures
from audits.views import counts
from audits.views.links import area_url, crumbs_to
from core import htmx
from core.as_of import AsOfForm
from schools.areas import Area, home_area
from schools.models import District, Region, School


@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """To where the person's work begins."""
    role = request.user.role
    if role == Role.INSPECTOR:
        return redirect("audits:audit_list")
    if role == Role.SCHOOL_ADMINISTRATOR and (school := School.objects.visible_to(request.user).order_by("pk").first()):
        return redirect("audits:school_page", school.code)
    area = home_area(request.user)
    return redirect(area_url(area)) if area else redirect("audits:school_list")


@require_safe
@login_required
def country_page(request: SignedInRequest) -> HttpResponse:
    return _area_page(request, Area())


@require_safe
@login_required
def region_page(request: SignedInRequest, slug: str) -> HttpResponse:
    return _area_page(request, Area(region=get_object_or_404(Region, slug=slug)))


@require_safe
@login_required
def district_page(request: SignedInRequest, slug: str) -> HttpResponse:
    return _area_page(request, Area(district=get_object_or_404(District.objects.select_related("region"), slug=slug)))


def _area_page(request: SignedInRequest, area: Area) -> HttpResponse:
    if not area.is_visible_to(request.user):
        raise Http404
    today = timezone.localdate()
    asked = AsOfForm(request.GET, today=today)
    found = figures.read(area, asked.past_day)
    parts = figures.read_parts(area, asked.past_day)
    is_stale = any(part.is_stale for part in (found, *parts))
    if is_stale and htmx.wants_partial(request):
        # Nothing to swap yet; the notice of the page asks again.
        return HttpResponse(status=204)
    context = {
        "area": area,
        "asked": asked,
        "is_stale": is_stale,
        "today": today,
        "crumbs": crumbs_to(area, request.user, counts.past(found, today)),
        **counts.of_area(found, today),
        **counts.of_parts(parts, today),
        "months": counts.of_months(figures.trend(area, asked.day)),
    }
    status = 422 if asked.errors else 200
    return htmx.render(request, "audits/area_page.html", context, "audits/_area_figures.html", status=status)
