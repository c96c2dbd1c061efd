"""What the inventory of a school lets expect before a visit, and how often inspectors found it so."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from audits import permissions
from audits.filters import compared_query
from audits.forms.agreement import AgreementForm
from audits.models import Expectation, Requirement
from audits.precheck import Expected, agreement, report
from audits.precheck.agreement import Compared
from audits.precheck.optics import EDITION, LEVELS
from audits.views.links import as_of_suffix
from core.as_of import AsOfForm
from schools.areas import home_area
from schools.models import School


@require_safe
@login_required
def school_precheck(request: SignedInRequest, code: str) -> HttpResponse:
    """What the edition in force on the day would say of the school, from its inventory alone."""
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not permissions.can_see_findings(request.user, school):
        raise PermissionDenied
    asked = AsOfForm(request.GET, today=timezone.localdate())
    told = report(school, asked.day)
    context = {
        "school": school,
        "asked": asked,
        "today": asked.today,
        "report": told,
        "sections": _sections(told.expected) if told else [],
        "sees_inventory": permissions.can_see_inventory(request.user, school),
        "levels": LEVELS,
        "levels_edition": EDITION,
        "crumbs": [
            {"label": school.name, "url": reverse("audits:school_page", args=[code]) + as_of_suffix(asked.past_day)},
            {"label": _("Pre-check")},
        ],
    }
    return render(request, "audits/school_precheck.html", context, status=422 if asked.errors else 200)


def _sections(expected: Iterable[Expected]) -> list[tuple[str, list[Expected]]]:
    by_key: dict[str, list[Expected]] = {}
    for each in expected:
        by_key.setdefault(each.requirement.section, []).append(each)
    return [(str(Requirement.Section(key).label), rows) for key, rows in by_key.items()]


@require_safe
@login_required
def agreement_page(request: SignedInRequest) -> HttpResponse:
    """Per requirement, how often the pre-check and the inspectors said the same."""
    if not permissions.can_compare(request.user):
        raise PermissionDenied
    home = home_area(request.user)
    form = AgreementForm(request.GET, user=request.user, today=timezone.localdate(), home=home)
    area = form.asked_area if form.is_valid() else None
    if area is None:
        context = {"form": form, "crumbs": _crumbs(), "is_empty": not form.errors}
        return render(request, "audits/agreement_page.html", context, status=422 if form.errors else 200)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    counted = agreement.count(area, since, until)
    texts = _texts(counted)
    address = f"{reverse('audits:audit_list')}?{compared_query(area, since, until, mine='false')}"
    context = {
        "form": form,
        "area": area,
        "columns": Expectation.Agreement,
        "rows": [_row(code, texts.get(code), counts, address) for code, counts in counted.items()],
        "whole": agreement.whole(counted.values()),
        "is_empty": not counted,
        "crumbs": _crumbs(),
    }
    return render(request, "audits/agreement_page.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Audits"), "url": reverse("audits:audit_list")}, {"label": _("Pre-check and inspectors")}]


def _texts(codes: Iterable[str]) -> dict[str, Requirement]:
    """Each code in its newest published wording."""
    rows = Requirement.objects.filter(code__in=codes, edition__published_at__isnull=False)
    return {row.code: row for row in rows.order_by("edition__in_force_from")}


def _row(code: str, requirement: Requirement | None, counts: Compared, address: str) -> dict[str, Any]:
    cells = [
        {"kind": kind, "count": many, "url": f"{address}&{urlencode({'precheck': f'{code}:{kind}'}, safe=':')}"}
        for kind, many in counts.counts.items()
    ]
    return {"code": code, "requirement": requirement, "cells": cells, "counts": counts}
