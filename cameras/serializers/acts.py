"""What the API accepts about cameras: one body for each act, reshaped into the arguments of its service."""

from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from cameras.models import Camera, CameraSystem, Condition
from cameras.services.cameras import OF_A_ROW
from cameras.services.moves import OF_A_RELOCATION
from cameras.services.rules import DEVICE, OF_A_CAMERA, PLACE
from core.requests import Body
from schools.serializers.acts import DatedBody, ReasonField

# What an act may be told of a camera without saying all of it.
IN_PART = {name: {"required": False} for name in (*OF_A_CAMERA, "number")}
MOST_ROWS = 1000


@extend_schema_field(serializers.IntegerField)
class SystemField(serializers.PrimaryKeyRelatedField):
    """A system by its id, of those the person may see."""

    def get_queryset(self) -> Any:
        systems = CameraSystem.objects.visible_to(self.context["request"].user)
        return systems.select_related("school")


class CamerasField(serializers.ListField):
    """Cameras by their ids, of those the person may see; in one query."""

    child = serializers.IntegerField(min_value=1, max_value=BigIntegerField.MAX_BIGINT)
    default_error_messages = {"unknown": _("There is no such camera.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty=False, max_length=MOST_ROWS, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        keys = super().to_internal_value(data)
        found = Camera.objects.visible_to(self.context["request"].user).in_bulk(keys)
        problem = ErrorDetail(str(self.error_messages["unknown"]), code="unknown")
        if unknown := {str(place): [problem] for place, key in enumerate(keys) if key not in found}:
            raise serializers.ValidationError(unknown)
        return list(found.values())


class RowBody(Body, serializers.ModelSerializer):
    """One camera. Without a number it takes the next one of its system."""

    state = serializers.ChoiceField(choices=Condition.State.choices, required=False, allow_blank=True)

    class Meta:
        model = Camera
        fields = [*OF_A_ROW]
        extra_kwargs = {"number": {"required": False}}


class InstallBody(Body):
    system = SystemField(help_text=_("Id of the system"))
    cameras = RowBody(many=True, allow_empty=False, max_length=MOST_ROWS)  # type: ignore[call-arg]
    reason = ReasonField(default="", allow_blank=True)


class CorrectCameraBody(Body, serializers.ModelSerializer):
    """Only what is to change."""

    reason = ReasonField(default="", allow_blank=True)

    class Meta:
        model = Camera
        fields = [*OF_A_CAMERA, "reason"]
        extra_kwargs = IN_PART

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"reason": said.pop("reason"), "values": said}


class RelocateBody(DatedBody, serializers.ModelSerializer):
    """Only what is to change."""

    system = SystemField(required=False, help_text=_("Id of the system it comes to; its own if left out"))

    class Meta:
        model = Camera
        fields = [*OF_A_RELOCATION, "on", "reason"]
        validators: list[Any] = []  # whether the number is free there, the service says
        extra_kwargs = IN_PART

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"on": said.pop("on"), "reason": said.pop("reason"), "values": said}


class ReplaceBody(DatedBody, RowBody):
    """The new camera; its place is that of the old one where nothing else is said."""

    class Meta(RowBody.Meta):
        fields = [*PLACE, *DEVICE, "connected_on", "state", "on", "reason"]
        extra_kwargs = {name: {"required": False} for name in PLACE}

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"on": said.pop("on"), "reason": said.pop("reason"), "by_values": said}


class SwitchBody(Body):
    cameras = CamerasField(help_text=_("Ids of the cameras"))
    reason = ReasonField(default="", allow_blank=True)


class ReportBody(Body):
    state = serializers.ChoiceField(choices=Condition.State.choices)
    observed_on = serializers.DateField()
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ReportManyBody(ReportBody):
    cameras = CamerasField(help_text=_("Ids of the cameras"))
