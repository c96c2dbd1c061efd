"""Regions and districts from their files: by slug, all or none, again and again."""

import json
from decimal import Decimal

import pytest

from core.errors import Invalid
from schools.models import District, Region
from schools.places import REFERENCE, Loaded, load_places


@pytest.fixture
def folder(tmp_path):
    """A copy of the files; change(name, slug, **values) rewrites one place of it."""
    for name in ("regions", "districts"):
        (tmp_path / f"{name}.json").write_text((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))
    return tmp_path


def change(folder, name, slug, **values):
    path = folder / f"{name}.json"
    places = json.loads(path.read_text())
    next(place for place in places if place["slug"] == slug).update(values)
    path.write_text(json.dumps(places))


def test_twenty_regions_and_nineteen_districts_are_loaded(db):
    assert load_places() == Loaded(places=39, added=39, changed=0)

    ridder = District.objects.get(slug="ridder")
    assert (ridder.region.slug, ridder.name_ru, ridder.latitude) == (
        "east-kazakhstan",
        "город Риддер",
        Decimal("50.3452"),
    )
    assert Region.objects.count() == 20


def test_loading_again_changes_nothing(db):
    load_places()

    assert load_places() == Loaded(places=39, added=0, changed=0)


def test_a_place_is_known_by_its_slug_and_everything_else_may_change(db, folder):
    load_places()
    before = District.objects.get(slug="altai").pk
    change(folder, "districts", "altai", name_en="Zyryan", kato="634899999", established_on="2019-01-01")

    assert load_places(folder) == Loaded(places=39, added=0, changed=1)
    assert District.objects.get(name_en="Zyryan", kato="634899999").pk == before


def test_a_place_the_files_do_not_name_is_left_alone(region):
    Region.objects.create(slug="elsewhere", kind="region", name_kk="Басқа жер", name_ru="", name_en="")

    load_places()

    assert Region.objects.filter(slug="elsewhere").exists()


def test_a_district_never_moves_to_another_region(db, folder):
    load_places()
    change(folder, "districts", "semey", region="abai")

    with pytest.raises(Invalid, match=r"districts\.json: semey: a district never changes region"):
        load_places(folder)
    assert District.objects.get(slug="semey").region.slug == "east-kazakhstan"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"region": "atlantis"}, "semey: there is no region 'atlantis'"),
        ({"kind": "hamlet"}, "semey: kind: "),
        ({"name_kk": ""}, "semey: name_kk: "),
        ({"latitude": 500000}, "semey: latitude: "),
        ({"mayor": "?"}, "semey: .*mayor"),
    ],
)
def test_a_broken_place_is_named_and_nothing_is_kept(db, folder, values, said):
    change(folder, "districts", "semey", **values)

    with pytest.raises(Invalid, match=rf"districts\.json: {said}"):
        load_places(folder)
    assert not Region.objects.exists()


def test_a_missing_or_torn_file_is_named(db, folder):
    (folder / "districts.json").write_text("[{")
    with pytest.raises(Invalid, match=r"districts\.json: "):
        load_places(folder)

    (folder / "regions.json").unlink()
    with pytest.raises(Invalid, match=r"regions\.json: "):
        load_places(folder)
