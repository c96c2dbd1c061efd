"""The kind of rows that are video surveillance systems."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulk.kinds import register
from cameras.imports.equipment import SCHOOL, EquipmentKind
from cameras.imports.system_work import SystemsWork
from cameras.models import CameraSystem
from schools.imports.columns import Words, column

SOME = Decimal("0.01")


@register
class Systems(EquipmentKind):
    name = "systems"
    rank = 3
    label = _("Video surveillance systems")
    about = _(
        "One row for each system, known by the code of its school and its number there. A number that the school "
        "does not have enters a new system, in the figures from the day of the import."
    )
    work = SystemsWork
    columns = (
        SCHOOL,
        column(CameraSystem, "number", least=1, required=True, example=1),
        column(CameraSystem, "kind", choices=CameraSystem.Kind, example=CameraSystem.Kind.DIGITAL.label),
        column(CameraSystem, "recorder", example="Hikvision DS-7632"),
        column(CameraSystem, "storage_tb", least=SOME, example=8),
        column(CameraSystem, "storage_days", example=30),
        column(CameraSystem, "backup_minutes", example=30),
        column(
            CameraSystem,
            "centre_link",
            choices=CameraSystem.CentreLink,
            example=CameraSystem.CentreLink.CONNECTED.label,
        ),
        column(CameraSystem, "channel_mbps", least=SOME, example=20),
        column(CameraSystem, "supplier"),
        column(CameraSystem, "maintenance_contract"),
        column(CameraSystem, "maintenance_until", example="2026-12-31"),
        column(CameraSystem, "installed_on", example="2019-08-20"),
        column(CameraSystem, "commissioned_on", example="2019-09-01"),
        column(CameraSystem, "decommissioned_on", hint=_("Its cameras are removed on the same day.")),
    )

    def present(self, user: User) -> Iterator[Sequence[object]]:
        """The systems in service of the schools the person serves."""
        words = Words(self.columns)
        systems = CameraSystem.objects.visible_to(user).filter(decommissioned_on=None)
        names = ["school__code", *(column.name for column in self.columns[1:])]
        for values in systems.order_by("school__code", "number").values_list(*names).iterator(chunk_size=2000):
            yield words(values)
