"""Entering a school."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from core.errors import Refused
from core.refusals import show, status_of
from schools import services
from schools.forms.registration import RegistrationForm
from schools.permissions import is_of_the_department


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: SignedInRequest) -> HttpResponse:
    if not is_of_the_department(request.user):
        raise PermissionDenied
    form = RegistrationForm(request.POST or None, user=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                school = services.register(by=request.user, at=timezone.now(), **form.arguments)
            except Refused as refused:
                show(form, refused)
                status = status_of(refused)
            else:
                messages.success(request, _("%(name)s is in the register.") % {"name": school.name})
                return redirect("audits:school_page", school.code)
    return render(request, "schools/register.html", {"form": form}, status=status)
