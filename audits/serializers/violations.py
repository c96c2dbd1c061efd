"""What the API says about the violations of schools."""

from rest_framework import serializers

from audits.models import Audit, Violation
from schools.serializers.record import NamedSchoolSerializer


class WitnessSerializer(serializers.ModelSerializer):
    """The audit that found, saw or confirmed."""

    class Meta:
        model = Audit
        fields = ["id", "visited_on"]
        read_only_fields = fields


class ViolationSerializer(serializers.ModelSerializer):
    school = NamedSchoolSerializer()
    requirement = serializers.CharField(source="requirement.text")
    state_label = serializers.CharField(source="get_state_display")
    found_by = WitnessSerializer()
    seen_by = WitnessSerializer()
    fixed_by = WitnessSerializer(allow_null=True)

    class Meta:
        model = Violation
        fields = [
            *("id", "school", "code", "requirement", "severity", "state", "state_label"),
            *("found_by", "seen_by", "fixed_by"),
        ]
        read_only_fields = fields
