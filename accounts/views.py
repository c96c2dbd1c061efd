"""Language, theme and saved filters: small choices that work without JavaScript and outlast the visit."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.forms import RenameFilterForm, SaveFilterForm
from accounts.http import SignedInRequest
from accounts.models import SavedFilter
from core import refusals
from core.errors import Invalid

THEMES = ("light", "dark", "auto")
A_YEAR = 365 * 24 * 60 * 60


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the choice was made on, never to another site."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(target)
    return HttpResponseRedirect("/")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language: in a cookie for visitors, with the account for the signed in."""
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
        if request.user.is_authenticated:
            services.choose_language(user=request.user, language=language)
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark, or what the device says."""
    response = _back(request)
    if (theme := request.POST.get("theme", "")) in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax")
    return response


@require_safe
@login_required
def saved_filters(request: SignedInRequest) -> HttpResponse:
    """All that the person has saved, to open, rename and delete."""
    return _render_saved_filters(request)


@require_POST
@login_required
def save_filter(request: SignedInRequest) -> HttpResponse:
    """Keep a list under a name, and go back to it."""
    form = SaveFilterForm(request.POST)
    if form.is_valid():
        try:
            saved = services.save_filter(user=request.user, at=timezone.now(), **form.cleaned_data)
        except Invalid as refused:
            refusals.show(form, refused)
        else:
            messages.success(request, _("Saved as “%(name)s”.") % {"name": saved.name})
            return redirect(saved.address)
    return render(request, "accounts/save_filter.html", {"form": form}, status=422)


@require_POST
@login_required
def rename_filter(request: SignedInRequest, pk: int) -> HttpResponse:
    saved = _own_filter(request, pk)
    form = RenameFilterForm(request.POST, auto_id=f"id_%s_{pk}")
    if form.is_valid():
        try:
            services.rename_filter(saved=saved, by=request.user, **form.cleaned_data)
        except Invalid as refused:
            refusals.show(form, refused)
        else:
            messages.success(request, _("Renamed."))
            return redirect("saved_filters")
    return _render_saved_filters(request, asked={pk: form})


@require_POST
@login_required
def delete_filter(request: SignedInRequest, pk: int) -> HttpResponse:
    saved = _own_filter(request, pk)
    services.delete_filter(saved=saved, by=request.user)
    messages.success(request, _("Deleted: %(name)s") % {"name": saved.name})
    return redirect("saved_filters")


def _own_filter(request: SignedInRequest, pk: int) -> SavedFilter:
    return get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)


def _render_saved_filters(request: SignedInRequest, asked: dict[int, RenameFilterForm] | None = None) -> HttpResponse:
    """`asked` is the form that was refused, by the key of its filter."""
    asked = asked or {}
    rows = [
        (saved, asked.get(saved.pk) or RenameFilterForm(initial={"name": saved.name}, auto_id=f"id_%s_{saved.pk}"))
        for saved in SavedFilter.objects.visible_to(request.user).by_list()
    ]
    return render(request, "accounts/saved_filters.html", {"rows": rows}, status=422 if asked else 200)
