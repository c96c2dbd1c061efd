"""What the API says about areas, and how a district is named in what it is sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.answers import Chosen
from schools.areas import Area
from schools.models import District, Placement, Region


class AreaSerializer(serializers.Serializer):
    """`key` is what `?area=` takes: `kz`, `east-kazakhstan`, `east-kazakhstan/ridder`."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=["country", "region", "district"])
    name = serializers.CharField()


def told_of(area: Area) -> dict[str, str]:
    """What AreaSerializer says, for the thousand rows of a page: as a serializer it would take half of their time."""
    return {"key": area.key, "kind": area.kind, "name": area.name}


class ListedAreaSerializer(Chosen, AreaSerializer):
    within = serializers.SerializerMethodField(help_text=_("Key of the area just above, null of the country"))
    kato = serializers.SerializerMethodField(help_text=_("KATO code where it is known"))
    established_on = serializers.SerializerMethodField(help_text=_("Null where it is not known"))
    abolished_on = serializers.SerializerMethodField(help_text=_("The first day without it; null while it stands"))
    predecessor = serializers.SerializerMethodField(help_text=_("Key of the district it was made from by a reform"))
    successors = serializers.SerializerMethodField(help_text=_("Keys of the districts that reforms made from it"))

    def get_within(self, area: Area) -> str | None:
        return area.parents[-1].key if area.parents else None

    def get_kato(self, area: Area) -> str | None:
        return getattr(_unit(area), "kato", None)

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_established_on(self, area: Area) -> Any:
        return getattr(_unit(area), "established_on", None)

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_abolished_on(self, area: Area) -> Any:
        return getattr(_unit(area), "abolished_on", None)

    def get_predecessor(self, area: Area) -> str | None:
        made_from = area.district.predecessor if area.district else None
        return Area(district=made_from).key if made_from else None

    def get_successors(self, area: Area) -> list[str]:
        made = area.district.successors.all() if area.district else []
        return sorted(Area(district=district).key for district in made)


def _unit(area: Area) -> Region | District | None:
    return area.district or area.region


class AreaKeyField(serializers.CharField):
    """The key of an area that exists: a misspelt one must not list nothing as if there were nothing."""

    default_error_messages = {"unknown": _("There is no such area.")}

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if Area.from_key(value) is None:
            self.fail("unknown")


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


class PlacementSerializer(serializers.ModelSerializer):
    """Half open: the school was in the district on valid_from, and was not any more on valid_to."""

    district = DistrictField()

    class Meta:
        model = Placement
        fields = ["district", "valid_from", "valid_to"]
        read_only_fields = fields
