"""What the API says about the schools of the roll, and how they are asked for."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audits.compliance import Connection, Standing
from core.answers import Chosen
from schools.areas import Area
from schools.confirmation import Confirmation
from schools.models import School
from schools.permissions import CONTACTS, LOCALITIES, NAMES
from schools.serializers.places import AreaSerializer, told_of
from schools.serializers.record import ContactsSerializer


class SchoolSerializer(Chosen, serializers.ModelSerializer):
    """The record of a school as it is now, and what was true of it on the day `as_of`: null if it was not on the roll.

    Reads rows of kept_facts.listed(as_of) with_confirmation(as_of).
    """

    name = serializers.CharField()
    locality = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    contacts = serializers.SerializerMethodField(help_text=_("Null for statistics clients"))
    merged_into = serializers.CharField(source="merged_into.code", default=None, allow_null=True)
    confirmation = serializers.ChoiceField(choices=Confirmation.choices)
    confirmation_until = serializers.DateField(help_text=_("The last day on which the word of the school holds"))
    as_of = serializers.SerializerMethodField()
    region = serializers.SerializerMethodField()
    district = serializers.SerializerMethodField()
    standing = serializers.ChoiceField(choices=Standing.choices, allow_null=True)
    standing_label = serializers.SerializerMethodField()
    is_equipped = serializers.BooleanField(allow_null=True)
    is_malfunctioning = serializers.SerializerMethodField(help_text=_("Null without a system in service"))
    connection = serializers.SerializerMethodField(help_text=_("Null without a system in service"))
    visited_on = serializers.DateField(allow_null=True, help_text=_("Visit of the newest audit that counts"))
    edition = serializers.CharField(source="edition_code", allow_null=True)
    open_violations = serializers.SerializerMethodField(help_text=_("Null for a past day, and for statistics clients"))

    class Meta:
        model = School
        fields = [
            *("code", "version", "name", *NAMES, "kind", "ownership", "setting", "locality", *LOCALITIES),
            *("latitude", "longitude", "pupils", "floors", "has_outdoor_toilet", "contacts"),
            *("opened_on", "closed_on", "merged_into", "confirmation", "confirmation_until", "confirmed_at"),
            *("as_of", "region", "district", "standing", "standing_label", "is_equipped", "is_malfunctioning"),
            *("connection", "visited_on", "edition", "open_violations"),
        ]
        read_only_fields = fields

    # What each field takes beyond the columns of the school: annotations, and joins.
    ANNOTATIONS = {
        **{name: {name} for name in ("standing", "is_equipped", "visited_on", "open_violations")},
        **{name: {name, "is_equipped"} for name in ("is_malfunctioning", "connection")},
        **{name: {name} for name in ("confirmation", "confirmation_until")},
        "standing_label": {"standing"},
        "edition": {"edition_code"},
    }
    JOINS = {"region": "placed__district__region", "district": "placed__district__region", "merged_into": "merged_into"}

    @extend_schema_field(ContactsSerializer(allow_null=True))
    def get_contacts(self, school: School) -> dict | None:
        return {name: getattr(school, name) for name in CONTACTS} if self.context["reads_findings"] else None

    def get_as_of(self, _school: School) -> date:
        return self.context["as_of"]

    @extend_schema_field(AreaSerializer(allow_null=True))
    def get_region(self, school: Any) -> dict | None:
        placed = getattr(school, "placed", None)
        return told_of(Area(region=placed.district.region)) if placed else None

    @extend_schema_field(AreaSerializer(allow_null=True))
    def get_district(self, school: Any) -> dict | None:
        placed = getattr(school, "placed", None)
        return told_of(Area(district=placed.district)) if placed else None

    def get_standing_label(self, school: Any) -> str | None:
        standing = getattr(school, "standing", None)
        return str(Standing(standing).label) if standing else None

    def get_is_malfunctioning(self, school: Any) -> bool | None:
        return school.is_malfunctioning if getattr(school, "is_equipped", False) else None

    @extend_schema_field(serializers.ChoiceField(choices=Connection.choices, allow_null=True))
    def get_connection(self, school: Any) -> str | None:
        return school.connection if getattr(school, "is_equipped", False) else None

    def get_open_violations(self, school: Any) -> int | None:
        return getattr(school, "open_violations", None) if self.context["reads_findings"] else None
