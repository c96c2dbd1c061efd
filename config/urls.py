"""Every address of the portal."""

from allauth.account import views as sign_in
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts import views as accounts
from audits.views import figures
from config import api, health

handler500 = "config.faults.server_error"

urlpatterns = [
    path("", figures.home, name="home"),
    path("", include("schools.urls")),
    path("", include("audits.urls")),
    path("", include("cameras.urls")),
    path("", include("funding.urls")),
    path("", include("bulk.urls")),
    # the person
    # Of django-allauth only what needs no mail: the department makes accounts and sets forgotten passwords.
    path("accounts/login/", sign_in.login, name="account_login"),
    path("accounts/logout/", sign_in.logout, name="account_logout"),
    path("accounts/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("accounts/password/change/", sign_in.password_change, name="account_change_password"),
    path("language/", accounts.set_language, name="set_language"),
    path("theme/", accounts.set_theme, name="set_theme"),
    path("filters/", accounts.saved_filters, name="saved_filters"),
    path("filters/save/", accounts.save_filter, name="save_filter"),
    path("filters/<int:pk>/rename/", accounts.rename_filter, name="rename_filter"),
    path("filters/<int:pk>/delete/", accounts.delete_filter, name="delete_filter"),
    # machines
    path("api/v1/", include(api.urlpatterns)),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    # Sign-in is where guesses are counted; the one of the administration site counts none.
    path("admin/login/", secure_admin_login(admin.site.login)),
    path("admin/", admin.site.urls),
]
