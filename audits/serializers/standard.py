"""What the API says about the standard: an edition as the checklist it is, in the reader's language."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audits.answers import choices_of
from audits.models import Edition, Requirement


class OptionSerializer(serializers.Serializer):
    value = serializers.CharField()
    name = serializers.CharField()


class RequirementSerializer(serializers.ModelSerializer):
    """A blank `city_severity` means that schools in cities are held to the same."""

    text = serializers.CharField()
    how_to_check = serializers.CharField(source="help")
    legal_basis = serializers.CharField()
    threshold = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Requirement
        fields = [
            *("code", "text", "how_to_check", "legal_basis", "engineering_default", "kind", "threshold", "comparison"),
            *("unit", "choices", "severity", "city_severity", "evidence", "applies_to"),
        ]
        read_only_fields = fields

    @extend_schema_field(OptionSerializer(many=True))
    def get_choices(self, requirement: Requirement) -> Any:
        options = [{"value": value, "name": name} for value, name in choices_of(requirement)]
        return OptionSerializer(options, many=True).data


class SectionSerializer(serializers.Serializer):
    section = serializers.ChoiceField(choices=Requirement.Section.choices)
    name = serializers.CharField()
    requirements = RequirementSerializer(many=True)


class EditionSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="__str__")
    standard = serializers.CharField(source="standard.slug")
    legal_act = serializers.CharField()
    note = serializers.CharField()

    class Meta:
        model = Edition
        fields = ["code", "title", "standard", "in_force_from", "published_at", "legal_act", "note"]
        read_only_fields = fields


class ChecklistSerializer(EditionSerializer):
    sections = serializers.SerializerMethodField()

    class Meta(EditionSerializer.Meta):
        fields = [*EditionSerializer.Meta.fields, "sections"]
        read_only_fields = fields

    @extend_schema_field(SectionSerializer(many=True))
    def get_sections(self, edition: Edition) -> Any:
        by_section: dict[str, list[Requirement]] = {}
        for requirement in edition.requirements.order_by("position"):
            by_section.setdefault(requirement.section, []).append(requirement)
        sections = [
            {"section": section, "name": Requirement.Section(section).label, "requirements": requirements}
            for section, requirements in by_section.items()
        ]
        return SectionSerializer(sections, many=True).data
