"""What the API says about the record of a school and its history."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from schools import history
from schools.models import Change, School
from schools.permissions import CONTACTS


class NamedSchoolSerializer(serializers.ModelSerializer):
    name = serializers.CharField()

    class Meta:
        model = School
        fields = ["code", "name"]
        read_only_fields = fields


class ContactsSerializer(serializers.ModelSerializer):
    class Meta:
        model = School
        fields = [*CONTACTS]
        read_only_fields = fields


class ChangedFieldSerializer(serializers.Serializer):
    """One field: its values as they are kept, and in words of the language asked for."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name is taken in the class alone
    was = serializers.JSONField(allow_null=True)
    became = serializers.JSONField(allow_null=True)
    was_label = serializers.CharField()
    became_label = serializers.CharField()


class ChangeSerializer(serializers.ModelSerializer):
    """One act on the school, a system or a camera. `subject_code`: the code of the school, `1`, `1/5`.

    `places` of its context, of history.places_of(), names districts.
    """

    act_label = serializers.CharField(source="get_act_display")
    by = serializers.CharField(source="by.name", default=None, allow_null=True)
    changed = serializers.SerializerMethodField()

    class Meta:
        model = Change
        fields = [
            *("id", "subject", "subject_code", "version", "act", "act_label", "effective_on", "at", "by", "reason"),
            *("changed",),
        ]
        read_only_fields = fields

    @extend_schema_field(ChangedFieldSerializer(many=True))
    def get_changed(self, change: Change) -> list[dict[str, Any]]:
        return [
            {
                "field": told["field"],
                "label": told["label"],
                "was": change.fields[told["field"]][0],
                "became": change.fields[told["field"]][1],
                "was_label": told["was"],
                "became_label": told["became"],
            }
            for told in history.told(change, self.context.get("places"))
        ]
