"""Figures of areas, for machines: the same numbers as on the pages, read through the same functions."""

import hashlib
from datetime import date

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import SignedInApiRequest
from accounts.models import User
from audits import figures
from audits.figures import Figures
from audits.filters import BEHIND, query_behind
from audits.serializers.figures import (
    AreaQuery,
    FiguresQuery,
    FiguresSerializer,
    FiguresWithPartsSerializer,
    TrendSerializer,
)
from core.requests import Asked
from schools.areas import Area, home_area


class FiguresView(Asked):
    """Figures of one area on one day, with `parts=true` also of the areas just below."""

    query_class = FiguresQuery

    @extend_schema(operation_id="figures", parameters=[FiguresQuery], responses=FiguresWithPartsSerializer)
    def get(self, request: SignedInApiRequest) -> HttpResponseBase:
        area, as_of = readable_area(request.user, self.asked["area"]), self.asked["as_of"]
        context = {"request": request, "links": _Links(request)}
        document = dict(FiguresSerializer(figures.read(area, as_of), context=context).data)
        if self.asked["parts"]:
            parts = figures.read_parts(area, as_of)
            document["parts"] = FiguresSerializer(parts, many=True, context=context).data
        return _unless_unchanged(request, document)


class TrendView(Asked):
    """Figures of one area at the end of each month up to the day, oldest first."""

    query_class = AreaQuery

    @extend_schema(operation_id="figures_trend", parameters=[AreaQuery], responses=TrendSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        area = readable_area(request.user, self.asked["area"])
        points = figures.trend(area, self.asked["as_of"])
        return Response(TrendSerializer({"area": area, "points": points}).data)


class _Links:
    """Addresses of the lists behind the counts."""

    def __init__(self, request: Request) -> None:
        self.schools = request.build_absolute_uri(reverse("api-schools-list"))

    def __call__(self, figures: Figures) -> dict[str, str]:
        as_of = figures.as_of.isoformat()
        return {count: f"{self.schools}?{query_behind(count, figures.area, as_of=as_of)}" for count in BEHIND}


def readable_area(user: User, key: str) -> Area:
    """The area asked for, or the widest the person serves. One it does not serve is not there for it."""
    area = Area.from_key(key) if key else home_area(user)
    if area is None or not area.is_visible_to(user):
        raise NotFound(_("You serve no such area."))
    return area


def _unless_unchanged(request: Request, document: dict) -> HttpResponseBase:
    """304 for who holds this document already."""
    response = Response(document)
    response["ETag"] = _tag(document, timezone.localdate())
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _tag(document: dict, today: date) -> str:
    # A past day is counted anew on each request and gives the same figures for ever: only then the moment is left out.
    is_past = document["as_of"] < today.isoformat()
    told = _without_moments(document) if is_past else document
    return f'W/"{hashlib.sha256(JSONRenderer().render(told)).hexdigest()[:32]}"'


def _without_moments(document: dict) -> dict:
    parts = [_without_moments(part) for part in document.get("parts", [])]
    return {name: value for name, value in document.items() if name != "computed_at"} | {"parts": parts}
