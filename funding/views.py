"""Pages of upgrade requests: the list, one request, filing and withdrawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from core import htmx
from core.errors import Refused
from core.paging import PAGE_SIZE
from funding import permissions, services
from funding.forms import RequestForm, WithdrawalForm
from funding.listings import RequestListing
from funding.models import UpgradeRequest
from schools.models import School


@require_safe
@login_required
def request_list(request: SignedInRequest) -> HttpResponse:
    listing = RequestListing(user=request.user, query=request.GET)
    page = Paginator(listing.found, PAGE_SIZE).get_page(request.GET.get("page"))
    own = School.objects.filter(memberships__user=request.user).sorted_by_name().first()
    school = own if own and permissions.can_file(request.user, own) else None
    return render(request, "funding/request_list.html", {"page": page, "school": school})


@require_safe
@login_required
def school_requests(request: SignedInRequest, code: str) -> HttpResponse:
    """Requests of one school: a page of its own, or the part that the page of the school asks for."""
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    found = UpgradeRequest.objects.visible_to(request.user).filter(school=school).for_list()
    context = {"school": school, "requests": found, "can_file": permissions.can_file(request.user, school)}
    return htmx.render(request, "funding/school_requests.html", context, partial="funding/_school_requests.html")


@require_safe
@login_required
def request_page(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = UpgradeRequest.objects.visible_to(request.user).select_related("school", "filed_by", "withdrawn_by")
    found = get_object_or_404(visible, pk=pk)
    context = {
        "upgrade_request": found,
        "cured": found.violations.in_order(),
        "left": services.left_after(found),
        "can_withdraw": found.status == found.Status.SUBMITTED and permissions.can_withdraw(request.user, found),
    }
    return render(request, "funding/request_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def request_file(request: SignedInRequest, code: str) -> HttpResponse:
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not permissions.can_file(request.user, school):
        raise PermissionDenied
    form = RequestForm(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data | {"violations": [violation.pk for violation in form.cleaned_data["violations"]]}
        try:
            filed = services.file(school=school, by=request.user, at=timezone.now(), **asked)
        except Refused as refused:
            form.add_error(None, list(refused.problems))
        else:
            messages.success(request, _("Request № %(number)s is filed.") % {"number": filed.pk})
            return redirect("funding:request_page", filed.pk)
    context = {"school": school, "form": form}
    return render(request, "funding/request_file.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def request_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(UpgradeRequest.objects.visible_to(request.user).select_related("school"), pk=pk)
    if not permissions.can_withdraw(request.user, found):
        raise PermissionDenied
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(request=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, list(refused.problems))
        else:
            messages.success(request, _("Request № %(number)s is withdrawn.") % {"number": found.pk})
            return redirect("funding:request_page", found.pk)
    context = {
        "title": _("Withdraw request № %(number)s") % {"number": found.pk},
        "text": _("The department will no longer consider it. The request and your reason stay on record."),
        "form": form,
        "submit_label": _("Withdraw the request"),
        "back_url": reverse("funding:request_page", args=[found.pk]),
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context, status=422 if form.errors else 200)
