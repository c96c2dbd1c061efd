"""The files of regions and districts are whole."""

import json
from decimal import Decimal

import pytest
from django.conf import settings

from schools.models import District, Region


def read(name: str) -> list[dict]:
    return json.loads(
        (settings.BASE_DIR / f"schools/reference/{name}.json").read_text(encoding="utf-8"), parse_float=Decimal
    )


def test_there_are_17_regions_and_3_cities():
    kinds = [region["kind"] for region in read("regions")]
    assert (kinds.count("region"), kinds.count("city"), len(kinds)) == (17, 3, 20)


def test_three_regions_were_established_in_june_2022():
    established = {region["slug"]: region["established_on"] for region in read("regions") if region["established_on"]}
    assert established == {"abai": "2022-06-08", "zhetisu": "2022-06-08", "ulytau": "2022-06-08"}


def test_east_kazakhstan_of_2021_has_4_cities_and_15_districts():
    kinds = [district["kind"] for district in read("districts") if district["region"] == "east-kazakhstan"]
    assert (kinds.count("city"), kinds.count("district"), len(kinds)) == (4, 15, 19)


@pytest.mark.parametrize(
    ("name", "model", "above"), [("regions", Region, {}), ("districts", District, {"region": None})]
)
def test_every_area_fills_the_model_and_has_its_own_slug_and_code(name, model, above):
    rows = read(name)
    for row in rows:
        model(**row | above).clean_fields(exclude=above)
    assert len({row["slug"] for row in rows}) == len({row["kato"] for row in rows}) == len(rows)
