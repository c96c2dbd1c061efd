"""What the API says about areas and the schools of the roll, and what it accepts about them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audits.compliance import Connection, Standing
from core.requests import AsOfQuery
from schools.areas import Area
from schools.models import District, Placement, School


class AreaSerializer(serializers.Serializer):
    """`key` is what `?area=` takes: `kz`, `east-kazakhstan`, `east-kazakhstan/ridder`."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=["country", "region", "district"])
    name = serializers.CharField()


class ListedAreaSerializer(AreaSerializer):
    within = serializers.SerializerMethodField(help_text=_("Key of the area just above, null of the country"))
    kato = serializers.SerializerMethodField(help_text=_("KATO code where it is known"))

    def get_within(self, area: Area) -> str | None:
        return area.parents[-1].key if area.parents else None

    def get_kato(self, area: Area) -> str | None:
        unit = area.district or area.region
        return unit.kato if unit else None


class NamedSchoolSerializer(serializers.ModelSerializer):
    name = serializers.CharField()

    class Meta:
        model = School
        fields = ["code", "name"]
        read_only_fields = fields


class SchoolSerializer(serializers.ModelSerializer):
    """A school and what was true of it on the day `as_of`. Reads rows of schools_with_standing()."""

    name = serializers.CharField()
    locality = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    as_of = serializers.SerializerMethodField()
    region = serializers.SerializerMethodField()
    district = serializers.SerializerMethodField()
    standing = serializers.ChoiceField(choices=Standing.choices)
    standing_label = serializers.SerializerMethodField()
    is_equipped = serializers.BooleanField()
    is_malfunctioning = serializers.SerializerMethodField(help_text=_("Null without a system in service"))
    connection = serializers.SerializerMethodField(help_text=_("Null without a system in service"))
    visited_on = serializers.DateField(allow_null=True, help_text=_("Visit of the newest audit that counts"))
    edition = serializers.CharField(source="edition_code", allow_null=True)

    class Meta:
        model = School
        fields = [
            *("code", "name", "kind", "ownership", "setting", "locality", "latitude", "longitude", "pupils", "floors"),
            *("opened_on", "closed_on", "as_of", "region", "district", "standing", "standing_label"),
            *("is_equipped", "is_malfunctioning", "connection", "visited_on", "edition"),
        ]
        read_only_fields = fields

    def get_as_of(self, _school: School) -> date:
        return self.context["as_of"]

    @extend_schema_field(AreaSerializer)
    def get_region(self, school: Any) -> dict:
        return AreaSerializer(Area(region=school.placed.district.region)).data

    @extend_schema_field(AreaSerializer)
    def get_district(self, school: Any) -> dict:
        return AreaSerializer(Area(district=school.placed.district)).data

    def get_standing_label(self, school: Any) -> str:
        return str(Standing(school.standing).label)

    def get_is_malfunctioning(self, school: Any) -> bool | None:
        return school.is_malfunctioning if school.is_equipped else None

    @extend_schema_field(serializers.ChoiceField(choices=Connection.choices, allow_null=True))
    def get_connection(self, school: Any) -> str | None:
        return school.connection if school.is_equipped else None


@extend_schema_field(serializers.CharField)
class DistrictField(serializers.Field):
    """A district by the key of its area."""

    default_error_messages = {"unknown": _("There is no such district.")}

    def to_internal_value(self, data: Any) -> District:
        area = Area.from_key(serializers.CharField().run_validation(data))
        if area is None or area.district is None:
            self.fail("unknown")
        return area.district

    def to_representation(self, district: District) -> str:
        return Area(district=district).key


class RollQuery(AsOfQuery):
    area = serializers.CharField(required=False, help_text=_("Key of an area"))

    def validate_area(self, key: str) -> str:
        if Area.from_key(key) is None:
            raise serializers.ValidationError(_("There is no such area."), code="unknown")
        return key


class CloseSerializer(serializers.Serializer):
    on = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class MoveSerializer(serializers.Serializer):
    district = DistrictField(help_text=_("Key of the district: east-kazakhstan/ridder"))
    on = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class ClosedSchoolSerializer(serializers.ModelSerializer):
    class Meta:
        model = School
        fields = ["code", "opened_on", "closed_on"]
        read_only_fields = fields


class PlacementSerializer(serializers.ModelSerializer):
    school = serializers.CharField(source="school.code")
    district = DistrictField()

    class Meta:
        model = Placement
        fields = ["school", "district", "valid_from", "valid_to"]
        read_only_fields = fields
