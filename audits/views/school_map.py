"""The schools of a list on a map, and a table that says the same."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from audits.compliance import Standing
from audits.listings import SchoolListing
from audits.listings.places import Row, by_area, centres, points
from audits.views.schools import filters_of
from core import htmx
from core.filtering import filters_asked


@require_safe
@login_required
def school_map(request: SignedInRequest) -> HttpResponse:
    listing = SchoolListing(user=request.user, query=request.GET)
    rows = by_area(listing) if listing.is_valid else []
    asked = filters_asked(request.GET)
    context: dict[str, Any] = {
        "listing": listing,
        **filters_of(listing),
        **_table(rows, asked),
        "standings": Standing,
        "total": sum(row.total for row in rows),
        "asked_filters": asked,
        "on_map": json.dumps(_on_map(rows), ensure_ascii=False),
    }
    status = 200 if listing.is_valid else 422
    return htmx.render(request, "audits/school_map.html", context, partial="audits/_school_map.html", status=status)


@gzip_page
@require_safe
@login_required
def map_points(request: SignedInRequest) -> HttpResponse:
    """`{"points": [[latitude, longitude, standing, code, name], …]}`; the standing is a place in Standing.values."""
    listing = SchoolListing(user=request.user, query=request.GET)
    if not listing.is_valid:
        return JsonResponse({"points": []}, status=422)
    return JsonResponse({"points": list(points(listing))}, json_dumps_params={"separators": (",", ":")})


def _on_map(rows: list[Row]) -> dict[str, Any]:
    """What the map shows and says besides the schools; they follow by themselves."""
    return {
        "standings": Standing.values,
        "centres": centres(rows),
        "school": reverse("audits:school_page", args=["CODE"]),
        "tiles": settings.MAP_TILES_URL,
        "attribution": settings.MAP_TILES_ATTRIBUTION,
        "words": {
            "map": _("Map of the schools"),
            "km": _("km"),
            "m": _("m"),
            "zoomIn": _("Zoom in"),
            "zoomOut": _("Zoom out"),
            "schools": _("schools"),
            "failed": _("The schools could not be loaded. The table below says the same."),
        },
    }


def _table(rows: list[Row], asked: str) -> dict[str, Any]:
    """The rows with the list behind each count, and their sums."""
    return {
        "rows": [
            {
                "name": row.area.name,
                "cells": _cells([row], asked, area=row.area.key),
                "url": _list_url(asked, area=row.area.key),
            }
            for row in rows
        ],
        "sums": _cells(rows, asked),
        "unlocated": sum(row.unlocated for row in rows),
        "by_region": any(row.area.region for row in rows),
    }


def _cells(rows: Iterable[Row], asked: str, **also: str) -> list[dict[str, Any]]:
    rows = list(rows)
    shown = QueryDict(asked).getlist("standing")
    cells = [
        {
            "count": sum(row.standings[standing] for row in rows),
            "url": _list_url(asked, **also, standing=standing),
            "label": label,
        }
        for standing, label in Standing.choices
        if not shown or standing in shown
    ]
    unlocated = sum(row.unlocated for row in rows)
    return [
        *cells,
        {"count": sum(row.total for row in rows), "url": _list_url(asked, **also), "label": _("Together")},
        {"count": unlocated, "url": _list_url(asked, **also, located="false"), "label": _("Not on the map")},
    ]


def _list_url(asked: str, **instead: str) -> str:
    query = QueryDict(asked, mutable=True)
    for name, value in instead.items():
        query[name] = value
    return f"{reverse('audits:school_list')}?{query.urlencode(safe='/')}"
