"""Language and theme: small choices that work without JavaScript and outlast the visit."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from accounts import services

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
