"""Reforms of areas: what was done, and doing one in two steps with a look at it before."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from core.errors import Refused
from core.paging import PAGE_SIZE
from schools.forms.reform import ChoiceOfDistrictsForm, PartForm, ReformForm
from schools.models import District, Reform, Region
from schools.permissions import can_reform, is_of_the_department
from schools.reform import Plan, Takeover, read_plan, reform, weigh


@require_safe
@login_required
def reform_list(request: SignedInRequest) -> HttpResponse:
    reforms = Reform.objects.visible_to(request.user).newest_first()
    context = {
        "page": Paginator(reforms, PAGE_SIZE).get_page(request.GET.get("page")),
        "regions": [region for region in _regions_of(request) if can_reform(request.user, [region])],
    }
    return render(request, "schools/reform_list.html", context)


@require_safe
@login_required
def reform_page(request: SignedInRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(Reform.objects.visible_to(request.user).select_related("by"), pk=pk)
    plan = read_plan(done.plan)
    slugs = {slug for part in plan.parts for slug in (part.slug, part.predecessor)}
    districts = {d.slug: d for d in District.objects.filter(slug__in=slugs).select_related("region")}
    moves = [
        {"part": part, "district": districts.get(part.slug), "predecessor": districts.get(part.predecessor)}
        for part in plan.parts
    ]
    return render(request, "schools/reform_page.html", {"reform": done, "moves": moves})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reform_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose the districts, describe what becomes of them, look at what would happen, carry it out."""
    region = get_object_or_404(Region.objects.visible_to(request.user), slug=slug)
    if not can_reform(request.user, [region]):
        raise PermissionDenied
    today = timezone.localdate()
    districts = list(District.objects.existing_on(today).filter(region=region).sorted_by_name())
    choice = ChoiceOfDistrictsForm(request.GET if "parts" in request.GET else None, districts=districts)
    if not choice.is_valid():
        context = {"region": region, "form": choice}
        return render(request, "schools/reform_start.html", context, status=422 if choice.errors else 200)
    said = request.POST if request.method == "POST" else None
    form = ReformForm(
        said, region=region, regions=_regions_of(request), parts=_part_forms(said, choice.cleaned_data, districts)
    )
    takeovers = None
    if said is not None and form.is_whole():
        try:
            if "carry_out" in request.POST:
                return _carried_out(request, form.plan)
            takeovers = _weighed(request, form.plan, timezone.now())
        except Refused as refused:
            form.add_error(None, list(refused.problems))
    is_faulty = any(one.errors for one in form.all_forms)
    context = {"region": region, "form": form, "takeovers": takeovers}
    return render(request, "schools/reform_form.html", context, status=422 if is_faulty else 200)


def _regions_of(request: SignedInRequest) -> list[Region]:
    if not is_of_the_department(request.user):
        return []
    return list(Region.objects.existing_on(timezone.localdate()).visible_to(request.user).sorted_by_name())


def _part_forms(said: Any, chosen: dict[str, Any], districts: list[District]) -> list[PartForm]:
    whole: list[District | None] = [district for district in districts if district.slug in chosen["whole"]]
    rows = whole + [None] * (chosen["parts"] or 0)
    return [
        PartForm(said, districts=districts, whole=district, number=number)
        for number, district in enumerate(rows, start=1)
    ]


@transaction.atomic
def _weighed(request: SignedInRequest, plan: Plan, at: datetime) -> list[Takeover]:
    return weigh(plan=plan, by=request.user, at=at)


def _carried_out(request: SignedInRequest, plan: Plan) -> HttpResponse:
    done = reform(plan=plan, by=request.user, at=timezone.now())
    messages.success(request, _("The reform is recorded: schools that move: %(schools)s.") % {"schools": done.schools})
    return redirect("schools:reform_page", done.pk)
