"""Areas through the REST API: as they were on a day, and what reforms made of them."""

from datetime import date

import pytest

from tests.answers import problems
from tests.factories import DistrictFactory, RegionFactory

AREAS = "/api/v1/areas/"
REFORM = date(2022, 6, 8)


@pytest.fixture
def split(region, district):
    """Ayagoz of East Kazakhstan became two districts of the new Abai region."""
    old = DistrictFactory(region=region, slug="ayagoz", name_en="Ayagoz", kato="633400000", abolished_on=REFORM)
    abai = RegionFactory(slug="abai", established_on=REFORM)
    for slug in ("ayagoz-abai", "aqsuat-abai"):
        DistrictFactory(region=abai, slug=slug, predecessor=old, established_on=REFORM)
    return old


def areas(client, **query):
    return {area["key"]: area for area in client.get(AREAS, query).json()["results"]}


def test_an_area_says_from_when_to_when_it_stood_and_what_became_of_it(api, viewer, split):
    assert areas(api(viewer), as_of="2022-06-07")["east-kazakhstan/ayagoz"] == {
        "key": "east-kazakhstan/ayagoz",
        "kind": "district",
        "name": "Ayagoz",
        "within": "east-kazakhstan",
        "kato": "633400000",
        "established_on": None,
        "abolished_on": "2022-06-08",
        "predecessor": None,
        "successors": ["abai/aqsuat-abai", "abai/ayagoz-abai"],
    }


def test_a_successor_names_its_predecessor(api, viewer, split):
    listed = areas(api(viewer), as_of="2022-06-08")

    assert "east-kazakhstan/ayagoz" not in listed
    assert listed["abai"]["established_on"] == "2022-06-08"
    assert (listed["abai/ayagoz-abai"]["predecessor"], listed["abai/ayagoz-abai"]["successors"]) == (
        "east-kazakhstan/ayagoz",
        [],
    )


def test_the_country_and_a_region_have_neither(api, viewer, split):
    listed = areas(api(viewer))

    for key in ("kz", "east-kazakhstan"):
        assert (listed[key]["predecessor"], listed[key]["successors"], listed[key]["abolished_on"]) == (None, [], None)


def test_only_the_fields_asked_for_are_told(api, officer):
    assert api(officer).get(AREAS, {"fields": "key,kato"}).json()["results"] == [
        {"key": "east-kazakhstan/ridder", "kato": None}
    ]
    assert problems(api(officer).get(AREAS, {"fields": "keys"})) == [("unknown_field", "fields")]
