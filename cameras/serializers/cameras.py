"""What the API says about cameras."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cameras.downtime import YEAR, Span
from cameras.models import Camera, Condition
from core.answers import Chosen


class CameraSerializer(Chosen, serializers.ModelSerializer):
    """A camera as it is now, and what was known of it on the day asked for. Reads rows of with_state()."""

    school = serializers.CharField(source="system.school.code")
    system_number = serializers.IntegerField(source="system.number")
    zone_label = serializers.CharField(source="get_zone_display")
    bitrate_mbps = serializers.FloatField(allow_null=True)
    field_of_view = serializers.FloatField(allow_null=True)
    target_distance = serializers.FloatField(allow_null=True)
    state = serializers.ChoiceField(
        choices=Condition.State.choices, allow_null=True, help_text=_("Null while nobody has reported")
    )
    state_label = serializers.SerializerMethodField()
    observed_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    is_connected = serializers.BooleanField()
    days_out_of_order = serializers.SerializerMethodField(help_text=_("Of the last 365 days"))

    class Meta:
        model = Camera
        fields = [
            *("id", "version", "school", "system", "system_number", "number", "zone", "zone_label", "floor"),
            *("is_outdoor", "is_digital", "model", "width_px", "height_px", "frames_per_second", "bitrate_mbps"),
            *("field_of_view", "target_distance", "has_night_mode", "installed_on", "removed_on"),
            *("connected_on", "disconnected_on", "counts_from", "counts_until"),
            *("state", "state_label", "observed_on", "note", "is_connected", "days_out_of_order"),
        ]
        read_only_fields = fields

    def get_state_label(self, camera: Any) -> str | None:
        return str(Condition.State(camera.state).label) if camera.state else None

    def get_days_out_of_order(self, camera: Camera) -> int:
        window = Span.ending(self.context["as_of"], days=YEAR)
        time = self.context["downtime"].get(camera.pk)
        return time.days_out_of_order(window) if time else 0


class InstalledSerializer(serializers.Serializer):
    """Cameras in the order of the rows that were sent."""

    cameras = CameraSerializer(many=True)


class ConditionSerializer(serializers.ModelSerializer):
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Condition
        fields = ["camera", "state", "state_label", "observed_on", "recorded_at", "note", "source"]
        read_only_fields = fields
