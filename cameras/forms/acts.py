"""What each act on a system or a camera asks for. `arguments` are those of the service."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cameras.forms.fields import GROUPS_OF_A_CAMERA, GROUPS_OF_A_SYSTEM, Group, ReasonField, StateField, grouped, inputs
from cameras.models import Camera, CameraSystem
from cameras.services.connections import is_connected
from cameras.services.rules import DEVICE, OF_A_CAMERA, OF_A_SYSTEM, PLACE
from core.widgets import DayInput
from schools.forms.versioned import VersionedForm
from schools.permissions import is_of_the_department


class InventoryForm(VersionedForm):
    """An act on a system or a camera, as the person saw it. `values` names the columns that become one argument."""

    groups_of: Any = ()
    values: Collection[str] = ()
    values_are = "values"

    def __init__(self, said: QueryDict | None, *, row: Any, user: User, initial: dict[str, Any] | None = None) -> None:
        shown = {name: getattr(row, name, None) for name in self.values}
        super().__init__(said, initial={"version": row.version} | shown | (initial or {}))
        self.row, self.user, self.today = row, user, timezone.localdate()
        self.fields |= inputs(type(row), self.values, today=self.today)
        if "on" in self.fields:
            self.fields["on"].initial = self.today
            self.fields["on"].widget.attrs["max"] = self.today.isoformat()
        self.order_fields([*self.values, "state", "connected", "on", "reason"])

    @property
    def groups(self) -> list[Group]:
        return grouped(self, self.groups_of)

    @property
    def rest(self) -> list[forms.BoundField]:
        """Fields that stand under no heading."""
        under = {field.name for _title, fields in self.groups for field in fields}
        return [field for field in self if field.name not in under]

    @property
    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        values = {name: said.pop(name) for name in self.values}
        return {"expects": said.pop("version"), **({self.values_are: values} if self.values else {}), **said}


class GoForm(InventoryForm):
    """When a thing went, and why."""

    on = forms.DateField(label=_("On"), widget=DayInput, help_text=_("Figures of past days stay as they were."))
    reason = ReasonField()


class SystemForm(InventoryForm):
    groups_of = GROUPS_OF_A_SYSTEM
    values = OF_A_SYSTEM
    reason = ReasonField(required=False)


class NewSystemForm(forms.Form):
    """The values of install_system()."""

    def __init__(self, said: QueryDict | None) -> None:
        super().__init__(said, initial={"kind": CameraSystem.Kind.DIGITAL})
        self.fields |= inputs(CameraSystem, OF_A_SYSTEM, today=timezone.localdate())

    @property
    def groups(self) -> list[Group]:
        return grouped(self, GROUPS_OF_A_SYSTEM)


class CameraForm(InventoryForm):
    groups_of = GROUPS_OF_A_CAMERA
    values = OF_A_CAMERA
    reason = ReasonField(required=False)


class RelocationForm(InventoryForm):
    """Where the camera hangs from now on. Only the department moves one to another school."""

    groups_of = GROUPS_OF_A_CAMERA
    values = ("number", *PLACE)
    system = forms.ModelChoiceField(CameraSystem.objects.none(), label=_("System"), empty_label=None)
    elsewhere = forms.CharField(
        label=_("Another school"),
        required=False,
        max_length=20,
        help_text=_("Its code and the number of the system there, for example EK-0012/1"),
    )
    on = GoForm.base_fields["on"]
    reason = ReasonField()

    def __init__(self, said: QueryDict | None, *, row: Camera, user: User) -> None:
        super().__init__(said, row=row, user=user, initial={"system": row.system_id})
        system = self.fields["system"]
        assert isinstance(system, forms.ModelChoiceField)
        system.queryset = row.system.school.systems.filter(decommissioned_on=None).order_by("number")
        if not is_of_the_department(user):
            del self.fields["elsewhere"]

    def clean_elsewhere(self) -> CameraSystem | None:
        code, _slash, number = self.cleaned_data["elsewhere"].strip().partition("/")
        if not code:
            return None
        systems = CameraSystem.objects.visible_to(self.user).filter(school__code=code, decommissioned_on=None)
        found = systems.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
        if found is None:
            raise ValidationError(gettext("There is no such system in service among the schools you serve."))
        return found

    @property
    def arguments(self) -> dict[str, Any]:
        said = super().arguments
        system, elsewhere = said.pop("system"), said.pop("elsewhere", None)
        values = said["values"] | {"system": elsewhere or system}
        if elsewhere or system.pk != self.row.system_id:
            # Its number where it hung says nothing of the other system, unless the person chose one.
            values = {name: value for name, value in values.items() if name != "number" or value != self.row.number}
        return {**said, "values": values}


class ReplacementForm(InventoryForm):
    """The camera that takes the place of this one: the same device unless the person says otherwise."""

    groups_of = GROUPS_OF_A_CAMERA
    values = (*DEVICE, "field_of_view", "target_distance")
    values_are = "by_values"
    state = StateField()
    connected = forms.BooleanField(label=_("Connected to the operations centre"), required=False)
    on = GoForm.base_fields["on"]
    reason = ReasonField()

    def __init__(self, said: QueryDict | None, *, row: Camera, user: User) -> None:
        super().__init__(said, row=row, user=user, initial={"connected": is_connected(row, timezone.localdate())})

    @property
    def arguments(self) -> dict[str, Any]:
        said = super().arguments
        connected_on = self.today if said.pop("connected") else None
        values = said["by_values"] | {"state": said.pop("state"), "connected_on": connected_on}
        return {**said, "by_values": values}
