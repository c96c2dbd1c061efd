"""What the API says about figures: counts with their denominator, coverage, day, time of computation and editions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from audits.compliance import Counts, Standing
from audits.figures import Figures, Point
from core.figures import share
from core.requests import AsOfQuery
from schools.serializers.places import AreaSerializer


class AreaQuery(AsOfQuery):
    area = serializers.CharField(default="", help_text=_("Key of an area; the widest area you serve if left out"))


class FiguresQuery(AreaQuery):
    parts = serializers.BooleanField(default=False, help_text=_("Add the figures of the areas just below"))


class ShareField(serializers.FloatField):
    """Percent with one decimal as a JSON number, null of nothing. Rounded by core.figures.share() alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)


class StandingSerializer(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()
    share = ShareField()


class NonCompliantSerializer(serializers.Serializer):
    numerator = serializers.IntegerField(source="non_compliant")
    denominator = serializers.IntegerField(source="roll")
    share = ShareField(source="non_compliant_share")
    rounding = serializers.SerializerMethodField()

    def get_rounding(self, _counts: Counts) -> str:
        return "half_up_0.1"


class CoverageSerializer(serializers.Serializer):
    assessed = serializers.IntegerField()
    roll = serializers.IntegerField()
    share = ShareField(source="coverage")


class ConnectionSerializer(serializers.Serializer):
    fully = serializers.IntegerField(source="connected_fully")
    partly = serializers.IntegerField(source="connected_partly")
    none = serializers.IntegerField(source="not_connected")


class CountsSerializer(serializers.Serializer):
    """Whatever has `counts` of a day. The four standings sum to the roll, always."""

    as_of = serializers.DateField()
    roll = serializers.IntegerField(source="counts.roll")
    equipped = serializers.IntegerField(source="counts.equipped")
    standings = serializers.SerializerMethodField()
    share_of_what = serializers.SerializerMethodField(help_text=_("Denominator of the shares of standings"))
    non_compliant = NonCompliantSerializer(source="counts")
    coverage = CoverageSerializer(source="counts")
    operational = serializers.IntegerField(source="counts.operational")
    malfunctioning = serializers.IntegerField(source="counts.malfunctioning")
    connection = ConnectionSerializer(source="counts")
    editions = serializers.DictField(
        source="counts.editions",
        child=serializers.IntegerField(),
        help_text=_("How many verdicts were made under which edition"),
    )

    @extend_schema_field(inline_serializer("Standings", {name: StandingSerializer() for name in Standing.values}))
    def get_standings(self, row: Figures | Point) -> dict[str, dict]:
        counts = row.counts
        listed = {standing: counts.of_standing(standing) for standing in Standing}
        return {
            standing.value: StandingSerializer(
                {"name": standing.label, "count": schools, "share": share(schools, counts.roll)}
            ).data
            for standing, schools in listed.items()
        }

    def get_share_of_what(self, _row: Figures | Point) -> str:
        return "roll"


class FiguresSerializer(CountsSerializer):
    area = AreaSerializer()
    computed_at = serializers.DateTimeField()
    is_being_recomputed = serializers.BooleanField(source="is_stale")
    links = serializers.SerializerMethodField(help_text=_("The list of schools behind each count"))

    @extend_schema_field(serializers.DictField(child=serializers.URLField()))
    def get_links(self, figures: Figures) -> dict[str, str]:
        return self.context["links"](figures)


class FiguresWithPartsSerializer(FiguresSerializer):
    parts = FiguresSerializer(many=True, required=False, help_text=_("Only with parts=true"))


class PointSerializer(CountsSerializer):
    month = serializers.DateField(help_text=_("First day of the month"))


class TrendSerializer(serializers.Serializer):
    area = AreaSerializer()
    points = PointSerializer(many=True)
