"""The kind of rows that are cameras."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulk.cells import Choice, Whole, YesNo
from bulk.kinds import Column, register
from cameras.imports.camera_work import CamerasWork
from cameras.imports.equipment import SCHOOL, EquipmentKind
from cameras.models import Camera, Condition
from schools.imports.columns import Words, column

# Columns of the file that are not columns of the table.
READ_AS = {"school": "system__school__code", "system": "system__number", "connected": "is_connected"}


@register
class Cameras(EquipmentKind):
    name = "cameras"
    rank = 4
    label = _("Cameras")
    about = _(
        "One row for each camera, known by the code of its school, the number of its system and its own number. "
        "A number that is free enters a new camera, in the figures from the day of the import."
    )
    work = CamerasWork
    columns = (
        SCHOOL,
        Column("system", _("System number"), Whole(1, 32767), required=True, example=1),
        column(Camera, "number", least=1, required=True, example=12),
        column(Camera, "zone", choices=Camera.Zone, example=Camera.Zone.CORRIDOR.label),
        column(Camera, "floor", example=2),
        column(Camera, "is_outdoor", example=_("No")),
        column(Camera, "is_digital", example=_("Yes")),
        column(Camera, "model", example="DS-2CD2143"),
        column(Camera, "width_px", least=1, example=1920),
        column(Camera, "height_px", least=1, example=1080),
        column(Camera, "frames_per_second", least=1, example=25),
        column(Camera, "bitrate_mbps", least=Decimal("0.01"), example=4),
        column(Camera, "field_of_view", least=Decimal("0.1"), example=90),
        column(Camera, "target_distance", least=Decimal("0.1"), example=6),
        column(Camera, "has_night_mode", example=_("Yes")),
        column(Camera, "installed_on", example="2019-09-01"),
        column(
            Camera,
            "removed_on",
            hint=_("The day on which it was taken down; its condition and connection are then not read."),
        ),
        Column(
            "connected",
            _("Connected to the operations control centre"),
            YesNo(),
            _("Yes or no, as it is today."),
            example=_("Yes"),
        ),
        Column(
            "state",
            _("Condition"),
            Choice(Condition.State),
            _("As it is today; of a new camera, on the day it was installed."),
            example=Condition.State.WORKING.label,
        ),
    )

    def present(self, user: User) -> Iterator[Sequence[object]]:
        """The cameras that hang in the schools the person serves."""
        words = Words(self.columns)
        cameras = Camera.objects.visible_to(user).filter(removed_on=None).with_state(timezone.localdate())
        names = [READ_AS.get(column.name, column.name) for column in self.columns]
        ordered = cameras.order_by("system__school__code", "system__number", "number")
        for values in ordered.values_list(*names).iterator(chunk_size=2000):
            yield words(values)
