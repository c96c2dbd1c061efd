"""What every page shows whatever it is about."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.views import THEMES
from schools.querysets import sees_cameras

# Name of the address, label, and where the pages of that part of the portal are.
Link = tuple[str, str, tuple[str, ...]]


def appearance(request: HttpRequest) -> dict[str, object]:
    """The chosen theme, and whether the people and schools shown are made up."""
    theme = request.COOKIES.get("theme", "auto")
    return {"theme": theme if theme in THEMES else "auto", "sample_data": settings.SAMPLE_DATA}


def navigation(request: HttpRequest) -> dict[str, object]:
    """The main links of the signed-in person, its own work first: {url, label, current}."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    figures: Link = ("home", _("Figures"), ("/country/", "/regions/", "/districts/"))
    schools: Link = ("audits:school_list", _("Schools"), ("/schools/", "/map/"))
    audits: Link = ("audits:audit_list", _("Audits"), ("/audits/",))
    violations: Link = ("audits:violation_list", _("Violations"), ("/violations/",))
    cameras: Link = ("cameras:camera_list", _("Cameras"), ("/cameras/",))
    requests: Link = ("funding:request_list", _("Upgrade requests"), ("/requests/",))
    own_work: dict[str, list[Link]] = {
        Role.INSPECTOR: [audits, schools, cameras, violations],
        Role.SCHOOL_ADMINISTRATOR: [("home", _("My school"), ("/schools/",)), audits, requests],
        Role.STATISTICS_CLIENT: [figures, schools],
    }
    equipment = [cameras] if sees_cameras(user) else []
    links = own_work.get(user.role, [figures, schools, *equipment, audits, violations, requests])
    return {
        "navigation": [
            {"url": reverse(name), "label": label, "current": request.path.startswith(pages)}
            for name, label, pages in links
        ]
    }
