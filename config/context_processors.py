"""What every page shows whatever it is about."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.views import THEMES


def appearance(request: HttpRequest) -> dict[str, object]:
    """The chosen theme, and whether the people and schools shown are made up."""
    theme = request.COOKIES.get("theme", "auto")
    return {"theme": theme if theme in THEMES else "auto", "sample_data": settings.SAMPLE_DATA}


def navigation(request: HttpRequest) -> dict[str, object]:
    """The main links of the signed-in person: {url, label, current}."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    links = [("home", _("Figures")), ("audits:school_list", _("Schools")), ("audits:audit_list", _("Audits"))]
    if user.role == Role.INSPECTOR:
        links = [links[2], links[1]]
    if user.role == Role.STATISTICS_CLIENT:
        links = links[:2]
    return {
        "navigation": [
            {"url": reverse(name), "label": label, "current": request.path == reverse(name)} for name, label in links
        ]
    }
