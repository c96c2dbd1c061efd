"""Whose kept figures are whose."""

import pytest
from django.contrib.auth.models import AnonymousUser

from audits import compliance
from audits.models import AreaFigures
from schools.areas import Area
from tests.factories import DistrictFactory


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("viewer", ["district", "district", "region", "country"]),
        ("head", ["district", "region"]),
        ("officer", ["district"]),
        ("administrator", []),
        (None, []),
    ],
)
def test_kept_figures_are_those_of_the_areas_one_serves_and_of_those_below(request, region, district, person, seen):
    elsewhere = DistrictFactory()
    for area in (Area(district=elsewhere), Area(district=district), Area(region=region), Area()):
        compliance.recompute(area)

    found = AreaFigures.objects.visible_to(request.getfixturevalue(person) if person else AnonymousUser())

    assert [row.area.kind for row in found.order_by("pk")] == seen
