"""The country, a region or a district: whatever figures are kept for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from schools.models import District, Placement, Region
from schools.querysets import serves_the_country


@dataclass(frozen=True)
class Area:
    """A region, a district (its region is left out), or with neither the whole country."""

    region: Region | None = None
    district: District | None = None

    @property
    def kind(self) -> str:
        return "district" if self.district else "region" if self.region else "country"

    @property
    def key(self) -> str:
        """What the API and filters call it: `kz`, `east-kazakhstan`, `east-kazakhstan/ridder`."""
        if self.district:
            return f"{self.district.region.slug}/{self.district.slug}"
        return self.region.slug if self.region else "kz"

    @property
    def name(self) -> str:
        return (self.district or self.region or self).name if self.kind != "country" else _("Kazakhstan")

    @property
    def parents(self) -> list["Area"]:
        """From the country down to the area just above."""
        if self.district:
            return [Area(), Area(region=self.district.region)]
        return [Area()] if self.region else []

    @property
    def columns(self) -> dict[str, int | None]:
        """The area as the two columns that tables of areas have."""
        return {
            "region_id": self.region.pk if self.region else None,
            "district_id": self.district.pk if self.district else None,
        }

    @property
    def places(self) -> Q:
        """Condition on a placement: it lies in this area."""
        if self.district:
            return Q(district=self.district)
        return Q(district__region=self.region) if self.region else Q()

    def is_visible_to(self, user: Any) -> bool:
        """The person serves this area or one above it."""
        if self.district:
            return District.objects.visible_to(user).filter(pk=self.district.pk).exists()
        if self.region:
            return Region.objects.visible_to(user).filter(pk=self.region.pk).exists()
        return user.is_authenticated and serves_the_country(user)

    @classmethod
    def from_key(cls, key: str) -> Self | None:
        """The area the key names, None if there is none."""
        region, _slash, district = key.partition("/")
        if key == "kz":
            return cls()
        if district:
            found = District.objects.select_related("region").filter(slug=district, region__slug=region).first()
            return cls(district=found) if found else None
        found_region = Region.objects.filter(slug=region).first()
        return cls(region=found_region) if found_region else None


def all_areas(on: date) -> list[Area]:
    """Every area that exists on `on`: the country, its regions, their districts."""
    regions = Region.objects.existing_on(on).order_by("pk")
    districts = District.objects.existing_on(on).select_related("region").order_by("pk")
    return [Area(), *(Area(region=region) for region in regions), *(Area(district=district) for district in districts)]


def areas_visible_to(user: Any, on: date) -> list[Area]:
    """The areas of `on` whose figures the person may read, the country first."""
    regions = Region.objects.existing_on(on).visible_to(user).sorted_by_name()
    districts = District.objects.existing_on(on).visible_to(user).select_related("region").sorted_by_name()
    below = [*(Area(region=region) for region in regions), *(Area(district=district) for district in districts)]
    return [Area(), *below] if Area().is_visible_to(user) else below


def areas_of_districts(district_ids: Iterable[int]) -> list[Area]:
    """The districts, their regions and the country, each once."""
    districts = District.objects.select_related("region").filter(pk__in=set(district_ids)).order_by("pk")
    regions = {district.region_id: district.region for district in districts}
    return [Area(), *(Area(region=region) for region in regions.values()), *(Area(district=d) for d in districts)]


def areas_of_schools(school_ids: Iterable[int], on: date) -> list[Area]:
    """The areas whose figures count any of the schools on `on`."""
    placements = Placement.objects.on(on).filter(school__in=school_ids)
    return areas_of_districts(placements.values_list("district_id", flat=True).distinct())


def home_area(user: Any) -> Area | None:
    """The widest area the person serves, where its work begins; None for those who serve only schools."""
    if serves_the_country(user):
        return Area()
    if region := Region.objects.visible_to(user).order_by("pk").first():
        return Area(region=region)
    district = District.objects.visible_to(user).select_related("region").order_by("pk").first()
    return Area(district=district) if district else None
