"""What the API says about the pre-check. Cameras are for those who may see them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audits.models import Expectation, Requirement
from audits.precheck import Report
from audits.precheck.agreement import Compared
from audits.serializers.figures import ShareField
from core.requests import AsOfQuery, PastDayField, Query
from schools.serializers.places import AreaSerializer
from schools.serializers.record import NamedSchoolSerializer


class PrecheckQuery(AsOfQuery):
    school = serializers.CharField(help_text=_("Code of a school"))


class ExpectedSerializer(serializers.Serializer):
    """`grounds` are the rule, its numbers, the cameras that fall short and what is not recorded, for programs."""

    code = serializers.CharField(source="requirement.code")
    section = serializers.ChoiceField(choices=Requirement.Section.choices, source="requirement.section")
    outcome = serializers.ChoiceField(choices=Expectation.Outcome.choices)
    outcome_label = serializers.CharField(source="outcome.label")
    formula = serializers.CharField()
    caveats = serializers.ListField(child=serializers.CharField())
    numbers = serializers.DictField(source="grounds.numbers")
    cameras = serializers.ListField(child=serializers.DictField(), source="grounds.cameras")
    missing = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), source="grounds.missing"
    )


class PrecheckSerializer(serializers.Serializer):
    """`expected` is null for those who may not know where a school looks: they read `counts` alone."""

    school = NamedSchoolSerializer()
    as_of = serializers.DateField()
    edition = serializers.CharField()
    counts = serializers.SerializerMethodField()
    expected = serializers.SerializerMethodField()
    left_to_the_visit = serializers.SerializerMethodField(help_text=_("Codes that only a visit can judge"))

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_counts(self, told: dict[str, Any]) -> dict[str, int]:
        report: Report = told["report"]
        return {outcome.value: count for outcome, count in report.tally.items()}

    @extend_schema_field(ExpectedSerializer(many=True, allow_null=True))
    def get_expected(self, told: dict[str, Any]) -> Any:
        return ExpectedSerializer(told["report"].expected, many=True).data if told["sees_inventory"] else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_left_to_the_visit(self, told: dict[str, Any]) -> list[str]:
        return [requirement.code for requirement in told["report"].left_to_the_visit]


class AgreementQuery(Query):
    area = serializers.CharField(default="", help_text=_("Key of an area; the widest area you serve if left out"))
    since = PastDayField(default=None, help_text=_("First day of visits"))
    until = PastDayField(default=None, help_text=_("Last day of visits"))


class ComparedSerializer(serializers.Serializer):
    """The five counts sum to `total`; `differing` of `comparable` is what inspectors saw otherwise."""

    agreed = serializers.IntegerField(source="counts.agreed")
    stricter = serializers.IntegerField(source="counts.stricter")
    milder = serializers.IntegerField(source="counts.milder")
    unknown = serializers.IntegerField(source="counts.unknown")
    unanswered = serializers.IntegerField(source="counts.unanswered")
    total = serializers.IntegerField()
    comparable = serializers.IntegerField()
    differing = serializers.IntegerField()
    agreed_share = ShareField()


class RequirementComparedSerializer(ComparedSerializer):
    code = serializers.CharField()
    audits = serializers.URLField(help_text=_("The audits behind, narrowed further by precheck=CODE:stricter"))


class AgreementSerializer(serializers.Serializer):
    area = AreaSerializer()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    whole = ComparedSerializer()
    requirements = serializers.SerializerMethodField()

    @extend_schema_field(RequirementComparedSerializer(many=True))
    def get_requirements(self, told: dict[str, Any]) -> Any:
        counted: dict[str, Compared] = told["counted"]
        return [
            {"code": code, **ComparedSerializer(one).data, "audits": told["address"]} for code, one in counted.items()
        ]
