"""What the API says about imports, and what it accepts to send one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bulk import progress
from bulk.models import Import
from core.requests import Body


class ProblemSerializer(serializers.Serializer):
    """Why a file cannot be applied, or an import not undone."""

    row = serializers.IntegerField(allow_null=True, help_text=_("As a spreadsheet counts; null for the whole file"))
    column = serializers.CharField(allow_blank=True, help_text=_("Its name in code; blank for the whole row"))
    message = serializers.CharField(help_text=_("In the language in which the file was sent"))


class ImportSerializer(serializers.ModelSerializer):
    """One import. It has no write side."""

    by = serializers.CharField(source="by.name", read_only=True)
    problem_count = serializers.IntegerField(read_only=True)
    rows_done = serializers.SerializerMethodField(help_text=_("While a worker has it, as far as it is"))

    class Meta:
        model = Import
        fields = [
            *("id", "kind", "filename", "reason", "state", "rows_done", "rows_total"),
            *("created", "changed", "unchanged", "problem_count"),
            *("by", "uploaded_at", "checked_at", "applied_at", "undone_at"),
        ]
        read_only_fields = fields

    def get_rows_done(self, of: Import) -> int:
        return progress.heard(of.pk).rows if of.is_at_work else of.rows_done


class ImportWithProblemsSerializer(ImportSerializer):
    """One import with the first of its problems."""

    problems = serializers.SerializerMethodField(help_text=_("The first of them; all of them are below problems/"))

    class Meta(ImportSerializer.Meta):
        fields = [*ImportSerializer.Meta.fields, "problems"]
        read_only_fields = fields

    @extend_schema_field(ProblemSerializer(many=True))
    def get_problems(self, of: Any) -> list[dict[str, Any]]:
        return of.first_problems


class SendSerializer(Body):
    """A file of rows."""

    kind = serializers.CharField()
    reason = serializers.CharField()
    # What is wrong with a file, even an empty one, the service says.
    file = serializers.FileField(allow_empty_file=True, use_url=False)
