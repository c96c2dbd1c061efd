"""Inputs for the columns of systems and cameras, and the headings they stand under."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera, CameraSystem
from cameras.services.rules import STATES_TO_REPORT
from core.widgets import DayInput, say_blanks

DAYS = ("installed_on", "commissioned_on", "maintenance_until")
HELP: dict[str, Any] = {
    "floor": _("Leave empty outdoors."),
    "field_of_view": _("From the passport of the camera or its lens, 90 for example"),
    "target_distance": _("How far away is what it must show: the door, the gate"),
    "storage_tb": _("Of all disks together"),
    "channel_mbps": _("Leave empty if nobody knows."),
}
PLACE = (
    _("Place"),
    ("system", "elsewhere", "number", "zone", "floor", "is_outdoor", "field_of_view", "target_distance"),
)
PICTURE = (
    _("Camera and picture"),
    ("is_digital", "model", "width_px", "height_px", "frames_per_second", "bitrate_mbps", "has_night_mode"),
)
SINCE = (_("Since when"), ("installed_on", "commissioned_on"))
GROUPS_OF_A_CAMERA = (PLACE, PICTURE, SINCE)
GROUPS_OF_A_SYSTEM = (
    (_("System"), ("kind", "recorder", "storage_tb", "storage_days", "backup_minutes")),
    (_("Operations centre"), ("centre_link", "channel_mbps")),
    (_("Supply and maintenance"), ("supplier", "maintenance_contract", "maintenance_until")),
    SINCE,
)

Group = tuple[Any, list[forms.BoundField]]


def inputs(model: type[Camera] | type[CameraSystem], names: Collection[str], *, today: date) -> dict[str, forms.Field]:
    """Inputs of these columns; days end today, but for the end of a contract."""
    widgets: dict[str, Any] = dict.fromkeys(DAYS, DayInput)
    fields = fields_for_model(model, fields=list(names), help_texts=HELP, widgets=widgets)
    say_blanks(field for field in fields.values() if field)
    for name in ("installed_on", "commissioned_on"):
        if field := fields.get(name):
            field.widget.attrs["max"] = today.isoformat()
    return {name: field for name, field in fields.items() if field is not None}


def grouped(form: forms.Form, groups: Iterable[tuple[Any, Collection[str]]]) -> list[Group]:
    """The fields of the form under their headings."""
    found = [(title, [form[name] for name in names if name in form.fields]) for title, names in groups]
    return [(title, fields) for title, fields in found if fields]


class StateField(forms.ChoiceField):
    """What state the camera is in; blank while nobody has looked."""

    def __init__(self) -> None:
        states = [(state.value, state.label) for state in STATES_TO_REPORT]
        super().__init__(
            label=_("Condition"), required=False, initial="working", choices=[("", _("No report")), *states]
        )


class ReasonField(forms.CharField):
    """Why; kept in the history."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label=_("Reason"),
            help_text=_("It is kept in the history of the school."),
            max_length=500,
            required=required,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
