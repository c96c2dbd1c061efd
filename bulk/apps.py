from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "bulk"
    verbose_name = _("Imports and exports")

    def ready(self) -> None:
        from bulk import listings  # noqa: F401, PLC0415
