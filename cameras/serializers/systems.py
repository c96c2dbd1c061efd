"""What the API says about camera systems, and what it accepts about them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cameras.models import CameraSystem
from cameras.services.rules import OF_A_SYSTEM
from core.answers import Chosen
from core.requests import Body
from schools.serializers.acts import ReasonField, SchoolField


class SystemSerializer(Chosen, serializers.ModelSerializer):
    """A system as it is now."""

    school = serializers.CharField(source="school.code")
    kind_label = serializers.CharField(source="get_kind_display")
    storage_tb = serializers.FloatField(allow_null=True)
    channel_mbps = serializers.FloatField(allow_null=True)

    class Meta:
        model = CameraSystem
        fields = [
            *("id", "version", "school", "number", "kind", "kind_label", "recorder", "storage_tb", "storage_days"),
            *("backup_minutes", "centre_link", "channel_mbps", "supplier", "maintenance_contract"),
            *("maintenance_until", "installed_on", "commissioned_on", "decommissioned_on", "counts_from"),
            *("counts_until",),
        ]
        read_only_fields = fields


class InstallSystemBody(Body, serializers.ModelSerializer):
    school = SchoolField(help_text=_("Code of the school"))
    reason = ReasonField(default="", allow_blank=True)

    class Meta:
        model = CameraSystem
        fields = ["school", *OF_A_SYSTEM, "reason"]

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"school": said.pop("school"), "reason": said.pop("reason"), "values": said}


class CorrectSystemBody(Body, serializers.ModelSerializer):
    """Only what is to change."""

    reason = ReasonField(default="", allow_blank=True)

    class Meta:
        model = CameraSystem
        fields = [*OF_A_SYSTEM, "reason"]
        extra_kwargs = {name: {"required": False} for name in OF_A_SYSTEM}

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"reason": said.pop("reason"), "values": said}
