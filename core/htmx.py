"""One view, two answers: the whole page, or the part of it that htmx asked for."""

from collections.abc import Mapping

from django import shortcuts
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


def wants_partial(request: HttpRequest) -> bool:
    """Whether htmx will swap the answer into a page. On going back it needs the whole page again."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def render(
    request: HttpRequest, template: str, context: Mapping[str, object], partial: str, *, status: int = 200
) -> HttpResponse:
    """The page, or `partial` for htmx; caches keep the two apart, or the back button would show a naked part."""
    chosen = partial if wants_partial(request) else template
    response = shortcuts.render(request, chosen, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response
