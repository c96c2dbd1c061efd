"""What the API says about files of lists, and what it accepts to have one made."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bulk.listing import LISTINGS
from bulk.models import LONGEST_QUERY, Export
from core.requests import Body


class ExportSerializer(serializers.ModelSerializer):
    url = serializers.SerializerMethodField(
        help_text=_("Where the file is; null before it is ready and after it expired")
    )

    class Meta:
        model = Export
        fields = [
            *("id", "listing", "query", "format", "state", "rows_done", "rows_total"),
            *("filename", "asked_at", "ready_at", "expires_at", "url"),
        ]
        read_only_fields = fields

    def get_url(self, export: Export) -> str | None:
        if not export.is_open(timezone.now()):
            return None
        return self.context["request"].build_absolute_uri(reverse("api-exports-file", args=[export.pk]))


class AskSerializer(Body):
    listing = serializers.CharField(help_text=_("Name of a list: schools, audits, violations and so on"))
    query = serializers.CharField(
        max_length=LONGEST_QUERY, allow_blank=True, default="", help_text=_("Filters, as in the address of the list")
    )
    format = serializers.ChoiceField(choices=Export.Format.choices)

    def validate_listing(self, name: str) -> str:
        if name not in LISTINGS:
            raise serializers.ValidationError(gettext("There is no list of that name."), code="does_not_exist")
        return name
