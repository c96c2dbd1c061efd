"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from accounts import views as accounts
from audits.views import figures
from config import api, health

urlpatterns = [
    path("", figures.home, name="home"),
    path("", include("audits.urls")),
    path("schools/<slug:code>/cameras/", include("cameras.urls")),
    path("", include("funding.urls")),
    # the person
    path("accounts/", include("allauth.urls")),
    path("language/", accounts.set_language, name="set_language"),
    path("theme/", accounts.set_theme, name="set_theme"),
    # machines
    path("api/v1/", include(api.urlpatterns)),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
]
