"""What the API says about audits, and what it accepts for each act. None of them writes."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from audits.answers import Finding
from audits.models import Audit, AuditEvent, Expectation, Requirement, Result, Verdict
from audits.precheck import expected_in
from audits.sheet import Sheet, sheet_of
from audits.verdict import Judgement
from schools.models import School
from schools.serializers.record import NamedSchoolSerializer


class AuditSerializer(serializers.ModelSerializer):
    school = NamedSchoolSerializer()
    edition = serializers.SerializerMethodField(help_text=_("Null until the visit"))
    inspector = serializers.CharField(source="inspector.name")
    status_label = serializers.CharField(source="get_status_display")
    verdict_label = serializers.CharField(source="get_verdict_display")

    class Meta:
        model = Audit
        fields = [
            *("id", "school", "kind", "body", "inspector", "planned_for", "visited_on", "edition"),
            *("status", "status_label", "verdict", "verdict_label", "submitted_at", "approved_at", "voided_at"),
        ]
        read_only_fields = fields

    def get_edition(self, audit: Audit) -> str | None:
        return audit.edition.code if audit.edition else None


class AnswerSerializer(serializers.Serializer):
    """A row of the answer sheet. A blank result is `not assessed`, never anything else."""

    code = serializers.CharField(source="requirement.code")
    section = serializers.ChoiceField(choices=Requirement.Section.choices, source="requirement.section")
    severity = serializers.ChoiceField(choices=Requirement.Severity.choices)
    result = serializers.ChoiceField(choices=Result.choices, allow_blank=True, source="answer.result")
    value = serializers.FloatField(allow_null=True, source="answer.value")
    choice = serializers.CharField(source="answer.choice")
    note = serializers.CharField(source="answer.note")
    answered_at = serializers.DateTimeField(allow_null=True, source="answer.answered_at")
    expected = serializers.ChoiceField(
        choices=Expectation.Outcome.choices,
        allow_null=True,
        source="expected.outcome",
        help_text=_("What the pre-check said; null where only a visit can judge. It never decides"),
    )


class EventSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.name")

    class Meta:
        model = AuditEvent
        fields = ["was", "became", "by", "at", "reason"]
        read_only_fields = fields


# In the words of the page, so that both say the same in every language.
VERDICT_RULE = _(
    "Rule: non-compliant if any critical or major requirement is not met; compliant if all of them are met or not"
    " applicable. Minor requirements only give notes. The verdict is computed from the answers, never typed."
)


class CodesField(serializers.ListField):
    """Requirements by their codes."""

    child = serializers.CharField()

    def to_representation(self, requirements: list[Requirement]) -> list[str]:
        return [requirement.code for requirement in requirements]


class JudgementSerializer(serializers.Serializer):
    """What the answers amount to now, by codes of requirements. The verdict is null while `missing` has one."""

    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)
    missing = CodesField()
    failed = CodesField()
    noted = CodesField()
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    rule = serializers.SerializerMethodField()

    def get_rule(self, _judgement: Judgement) -> str:
        return str(VERDICT_RULE)


class AuditDetailSerializer(AuditSerializer):
    """One audit with its answer sheet, what that amounts to, and every step taken. Of one audit, never many."""

    answers = serializers.SerializerMethodField(help_text=_("Empty until the visit"))
    judgement = serializers.SerializerMethodField(help_text=_("Null until the visit"))
    events = serializers.SerializerMethodField()

    class Meta(AuditSerializer.Meta):
        fields = [*AuditSerializer.Meta.fields, "answers", "judgement", "events"]
        read_only_fields = fields

    @cached_property
    def sheet(self) -> Sheet | None:
        audit = cast(Audit, self.instance)
        return sheet_of(audit, expected_in(audit)) if audit.edition else None

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, _audit: Audit) -> Any:
        return AnswerSerializer(self.sheet.rows, many=True).data if self.sheet else []

    @extend_schema_field(JudgementSerializer(allow_null=True))
    def get_judgement(self, _audit: Audit) -> Any:
        return JudgementSerializer(self.sheet.judgement).data if self.sheet else None

    @extend_schema_field(EventSerializer(many=True))
    def get_events(self, audit: Audit) -> Any:
        return EventSerializer(audit.events.in_order(), many=True).data


class SchoolField(serializers.SlugRelatedField):
    """A school by its code. One the person does not serve is not there for it."""

    def get_queryset(self) -> QuerySet[School]:
        return School.objects.visible_to(self.context["request"].user)


class PlanSerializer(serializers.ModelSerializer):
    school = SchoolField("code")
    inspector = serializers.SlugRelatedField("email", queryset=User.objects.all(), help_text=_("E-mail of a person"))

    class Meta:
        model = Audit
        fields = ["school", "inspector", "planned_for", "kind", "body"]


class StartSerializer(serializers.Serializer):
    visited_on = serializers.DateField()


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000)


class FindingSerializer(serializers.Serializer):
    """A finding with nothing in it makes its requirement `not assessed` again."""

    code = serializers.CharField(max_length=12)
    result = serializers.ChoiceField(choices=Result.choices, allow_blank=True, default="")
    value = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True, default=None)
    choice = serializers.CharField(max_length=30, allow_blank=True, default="")
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class FindingsSerializer(serializers.Serializer):
    findings = FindingSerializer(many=True, allow_empty=False)

    def validate_findings(self, findings: list[dict]) -> list[Finding]:
        return [Finding(**finding) for finding in findings]
