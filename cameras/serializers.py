"""What the API says about cameras, and what it accepts about their condition."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cameras.models import Camera, Condition


class CameraSerializer(serializers.ModelSerializer):
    """A camera and what was known of it on the day asked for. Reads rows of with_state()."""

    school = serializers.CharField(source="system.school.code")
    zone_label = serializers.CharField(source="get_zone_display")
    state = serializers.ChoiceField(
        choices=Condition.State.choices, allow_null=True, help_text=_("Null while nobody has reported")
    )
    state_label = serializers.SerializerMethodField()
    observed_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    is_connected = serializers.BooleanField()

    class Meta:
        model = Camera
        fields = [
            *("id", "school", "system", "number", "zone", "zone_label", "floor", "is_outdoor", "is_digital"),
            *("width_px", "height_px", "frames_per_second", "has_night_mode", "installed_on", "removed_on"),
            *("state", "state_label", "observed_on", "note", "is_connected"),
        ]
        read_only_fields = fields

    def get_state_label(self, camera: Any) -> str | None:
        return str(Condition.State(camera.state).label) if camera.state else None


class ReportSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=Condition.State.choices)
    observed_on = serializers.DateField()
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ConditionSerializer(serializers.ModelSerializer):
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Condition
        fields = ["camera", "state", "state_label", "observed_on", "recorded_at", "note"]
        read_only_fields = fields
