"""The page of one school: what is true of it and why, what is installed, what was found there."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from audits import permissions, services
from audits.compliance import Connection, Standing, schools_with_standing
from audits.forms.plan_audit import PlanAuditForm
from audits.models import Audit, Requirement, Result, Violation
from audits.views.links import crumbs_to
from audits.views.school_record import name_on, record_of
from cameras import downtime
from cameras.models import Camera, CameraSystem, Condition
from cameras.permissions import can_report_condition, can_see_cameras
from core.as_of import AsOfForm
from core.errors import Refused
from schools.areas import Area
from schools.models import School


@require_safe
@login_required
def school_page(request: SignedInRequest, code: str) -> HttpResponse:
    schools = School.objects.visible_to(request.user).select_related("confirmed_by", "merged_into")
    school = get_object_or_404(schools, code=code)
    asked = AsOfForm(request.GET, today=timezone.localdate())
    is_today = asked.past_day is None
    context: dict[str, Any] = {
        "school": school,
        "asked": asked,
        "today": asked.today,
        "is_today": is_today,
        "crumbs": _crumbs(school, request.user, asked),
        **record_of(school, request.user),
        **_facts(school, request.user, asked.day),
        **_equipment(school, request.user, asked.day),
        **_findings(school, request.user),
        "sees_details": permissions.can_see_findings(request.user, school),
        "sees_cameras": can_see_cameras(request.user, school),
        "can_report": is_today and can_report_condition(request.user, school),
        "can_plan": is_today and permissions.can_plan(request.user, school),
    }
    context["then_called"] = name_on(context["former_names"], asked.day)
    return render(request, "audits/school_page.html", context, status=422 if asked.errors else 200)


def _crumbs(school: School, user: User, asked: AsOfForm) -> list[dict[str, str]]:
    placement = school.placements.on(asked.day).with_places().first()
    above = crumbs_to(Area(district=placement.district), user, asked.past_day) if placement else []
    return [*above, {"label": school.name, "url": ""}]


def _facts(school: School, user: User, day: date) -> dict[str, Any]:
    """The four facts of the day; `record` is None for a school that was not on the roll."""
    record = schools_with_standing(day).filter(pk=school.pk).first()
    if record is None:
        return {"record": None}
    return {
        "record": record,
        "standing": Standing(record.standing),
        "connection": Connection(record.connection),
        **_reason(record, user),
    }


def _reason(record: Any, user: User) -> dict[str, Any]:
    """The audit behind the standing, and which critical and major requirements it found not met."""
    audit = Audit.objects.visible_to(user).for_list().filter(pk=record.newest_audit_id).first()
    if audit is None:
        return {"deciding_audit": None}
    failed = (
        audit.answers.filter(result=Result.NOT_MET).exclude(requirement__severity=Requirement.Severity.MINOR).in_order()
    )
    return {"deciding_audit": audit, "failed": [answer.requirement.code for answer in failed]}


def _equipment(school: School, user: User, day: date) -> dict[str, Any]:
    """Systems and cameras of the day, for those who may know where a school looks and where it does not."""
    systems = CameraSystem.objects.visible_to(user).filter(school=school).in_service(day).order_by("commissioned_on")
    cameras = Camera.objects.visible_to(user).filter(system__school=school).installed(day).with_state(day)
    rows = [
        {"camera": camera, "state": Condition.State(camera.state) if camera.state else None}
        for camera in cameras.order_by("system_id", "number")
    ]
    return {
        "systems": systems,
        "cameras": rows,
        "zones": Counter(row["camera"].get_zone_display() for row in rows).most_common(),
        "time": downtime.of_school(school, day=day).in_short if rows else [],
        "cameras_not_working": [row for row in rows if row["state"] not in {None, Condition.State.WORKING}],
        "last_report": max((row["camera"].observed_on for row in rows if row["state"]), default=None),
        "cameras_connected": sum(row["camera"].is_connected for row in rows),
    }


def _findings(school: School, user: User) -> dict[str, Any]:
    violations = list(Violation.objects.visible_to(user).filter(school=school).in_order())
    return {
        "open_violations": [one for one in violations if one.state == Violation.State.OPEN],
        "fixed_violations": [one for one in violations if one.state == Violation.State.FIXED],
        "audits": Audit.objects.visible_to(user).filter(school=school).for_list().newest_first(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan_audit(request: SignedInRequest, code: str) -> HttpResponse:
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not permissions.can_plan(request.user, school):
        raise PermissionDenied
    form = PlanAuditForm(request.POST or None, school=school, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            audit = services.plan(school=school, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, list(refused.problems))
        else:
            words = {"day": date_format(audit.planned_for), "name": audit.inspector.name}
            messages.success(request, _("The audit is planned for %(day)s, by %(name)s.") % words)
            return redirect("audits:school_page", school.code)
    context = {"school": school, "form": form}
    return render(request, "audits/plan_audit.html", context, status=422 if form.errors else 200)
