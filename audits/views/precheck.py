"""What the inventory of a school lets expect before a visit, and how often inspectors found it so."""

from collections.abc import Iterable
from datetime import date
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
from audits.forms.agreement import AgreementForm
from audits.models import Edition, Expectation, Requirement
from audits.precheck import Expected, agreement, expectations_of, gaps, inventory_of
from audits.precheck.agreement import Compared
from audits.precheck.optics import EDITION, LEVELS
from audits.views.links import as_of_suffix
from core.as_of import AsOfForm
from schools.areas import Area, home_area
from schools.models import School

Outcome = Expectation.Outcome
TURN = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


@require_safe
@login_required
def school_precheck(request: SignedInRequest, code: str) -> HttpResponse:
    """What the edition in force on the day would say of the school, from its inventory alone."""
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not permissions.can_see_findings(request.user, school):
        raise PermissionDenied
    asked = AsOfForm(request.GET, today=timezone.localdate())
    edition = Edition.objects.in_force(asked.day).filter(standard__decides_standing=True).first()
    context = {
        "school": school,
        "asked": asked,
        "today": asked.today,
        "edition": edition,
        "sees_inventory": permissions.can_see_inventory(request.user, school),
        "levels": LEVELS,
        "levels_edition": EDITION,
        "crumbs": [
            {"label": school.name, "url": reverse("audits:school_page", args=[code]) + as_of_suffix(asked.past_day)},
            {"label": _("Pre-check")},
        ],
        **(_expected(school, edition, asked.day) if edition else {}),
    }
    return render(request, "audits/school_precheck.html", context, status=422 if asked.errors else 200)


def _expected(school: School, edition: Edition, day: date) -> dict[str, Any]:
    inventory = inventory_of(school, day)
    asked = [row for row in edition.requirements.order_by("position") if row.applies_to_school(school)]
    expected = expectations_of(inventory, asked)
    told = {each.requirement.pk for each in expected}
    return {
        "inventory": inventory,
        "sections": _sections(expected),
        "tally": [(outcome, sum(each.outcome == outcome for each in expected)) for outcome in TURN],
        "gaps": gaps(expected),
        "left_to_the_visit": [row for row in asked if row.pk not in told],
    }


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
    context = {
        "form": form,
        "area": area,
        "columns": Expectation.Agreement,
        "rows": [_row(code, texts.get(code), counts, _address(area, since, until)) for code, counts in counted.items()],
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


def _address(area: Area, since: date | None, until: date | None) -> str:
    """The list of the audits that were compared."""
    asked = {"mine": "false", "status": "approved", "area": area.key}
    asked |= {name: day.isoformat() for name, day in (("visited_after", since), ("visited_before", until)) if day}
    return f"{reverse('audits:audit_list')}?{urlencode(asked, safe='/')}"
