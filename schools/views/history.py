"""All that happened to a school and its equipment, newest first."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.errors import Invalid
from core.keyset import KeysetPage, page_of
from schools.history import narrated
from schools.models import Change, School
from schools.permissions import can_read_record

PAGE_SIZE = 25
# The key, not the moment: what was written later comes first even if both happened within one second.
ORDER = ("-pk",)
PARTS = {"record": [Change.Subject.SCHOOL], "equipment": [Change.Subject.SYSTEM, Change.Subject.CAMERA]}


@require_safe
@login_required
def history(request: SignedInRequest, code: str) -> HttpResponse:
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not can_read_record(request.user, school):
        raise PermissionDenied
    changes = Change.objects.visible_to(request.user).filter(school=school).select_related("by", "bulk_import")
    part = request.GET.get("part", "")
    if part in PARTS:
        changes = changes.filter(subject__in=PARTS[part])
    problem = ""
    try:
        page = page_of(changes, order=ORDER, cursor=request.GET.get("cursor", ""), size=PAGE_SIZE)
    except Invalid as refused:
        page, problem = KeysetPage([]), refused.problems[0]
    context = {
        "school": school,
        "part": part,
        "page": page,
        "entries": narrated(page.rows),
        "total": changes.count(),
        "problem": problem,
    }
    return render(request, "schools/history.html", context, status=422 if problem else 200)
