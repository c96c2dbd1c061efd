"""Who reads what, and who acts where. Ridder is a district of East Kazakhstan; the stranger serves another region."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from audits.permissions import assignable_inspectors, can_plan, can_see_findings
from schools.areas import Area, all_areas, areas_of_districts, areas_of_schools, areas_visible_to, home_area
from schools.models import District, Region, School
from schools.permissions import can_read, serves
from tests.factories import DistrictFactory, MembershipFactory, RegionFactory, SchoolFactory, UserFactory

LONG_AGO, REFORM = date(2022, 6, 7), date(2022, 6, 8)


@pytest.fixture
def elsewhere(db):
    """A school of another region."""
    return SchoolFactory()


@pytest.mark.parametrize(
    ("who", "regions", "districts", "schools", "home"),
    [
        ("viewer", 2, 2, 2, "kz"),
        ("statistician", 2, 2, 2, "kz"),
        ("head", 1, 1, 1, "east-kazakhstan"),
        ("inspector", 1, 1, 1, "east-kazakhstan"),
        ("officer", 0, 1, 1, "east-kazakhstan/ridder"),
        ("administrator", 0, 0, 1, None),
    ],
)
def test_a_person_reads_the_places_it_serves(who, regions, districts, schools, home, school, elsewhere, request):
    person = request.getfixturevalue(who)

    seen = [model.objects.visible_to(person).count() for model in (Region, District, School)]
    area = home_area(person)
    assert (seen, area.key if area else None) == ([regions, districts, schools], home)


@pytest.mark.parametrize("model", [Region, District, School])
def test_who_is_not_signed_in_or_serves_nothing_reads_nothing(model, school):
    assert not model.objects.visible_to(AnonymousUser()).exists()
    assert not model.objects.visible_to(UserFactory()).exists()


def test_two_memberships_of_one_place_show_each_school_once(school, officer, region):
    MembershipFactory(user=officer, region=region)
    MembershipFactory(user=officer, school=school)

    assert list(School.objects.visible_to(officer)) == [school]


@pytest.mark.parametrize(
    ("who", "visible"),
    [
        ("viewer", {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}),
        ("head", {"east-kazakhstan", "east-kazakhstan/ridder"}),
        ("officer", {"east-kazakhstan/ridder"}),
        ("administrator", set()),
        ("stranger", set()),
    ],
)
def test_an_area_is_visible_to_those_who_serve_it_or_one_above(who, visible, region, district, request):
    person = request.getfixturevalue(who)
    areas = [Area(), Area(region=region), Area(district=district)]

    assert {area.key for area in areas if area.is_visible_to(person)} == visible
    assert {area.key for area in areas_visible_to(person, LONG_AGO)} >= visible


def test_the_country_is_not_visible_to_who_is_not_signed_in():
    assert not Area().is_visible_to(AnonymousUser())


@pytest.fixture
def moved(school):
    """The school went to a district of another region in the reform."""
    new = DistrictFactory(region=RegionFactory(slug="abai"), slug="semey")
    school.placements.update(valid_to=REFORM)
    school.placements.create(district=new, valid_from=REFORM)
    return school


def test_a_region_a_school_has_left_reads_it_for_its_past_and_acts_on_it_no_more(moved, head, officer, inspector):
    new_region = Region.objects.get(slug="abai")
    new_officer = MembershipFactory(region=new_region, user=UserFactory(role=officer.role)).user
    new_inspector = MembershipFactory(region=new_region, user=UserFactory(role=inspector.role)).user

    assert [can_read(person, moved) for person in (head, officer, new_officer)] == [True, True, True]
    assert [serves(person, moved) for person in (head, officer, new_officer)] == [False, False, True]
    assert [can_plan(person, moved) for person in (head, officer, new_officer)] == [False, False, True]
    assert can_see_findings(head, moved)
    assert list(assignable_inspectors(moved)) == [new_inspector]


def test_who_will_receive_a_school_may_prepare_for_it(school, head, region):
    coming = DistrictFactory(slug="kurchatov")
    school.placements.update(valid_to=date(2099, 1, 1))
    school.placements.create(district=coming, valid_from=date(2099, 1, 1))
    receiver = MembershipFactory(district=coming, user=UserFactory()).user

    assert (serves(head, school), serves(receiver, school)) == (True, True)


def test_areas_of_a_school_follow_its_placement(moved):
    keys = [[area.key for area in areas_of_schools([moved.pk], day)] for day in (LONG_AGO, REFORM)]

    assert keys == [["kz", "east-kazakhstan", "east-kazakhstan/ridder"], ["kz", "abai", "abai/semey"]]


def test_areas_of_districts_name_each_area_once(district):
    second = DistrictFactory(region=district.region, slug="glubokoe")

    assert [area.key for area in areas_of_districts([district.pk, second.pk, district.pk])] == [
        "kz",
        "east-kazakhstan",
        "east-kazakhstan/ridder",
        "east-kazakhstan/glubokoe",
    ]


def test_every_area_is_found_by_its_key(district):
    assert [Area.from_key(area.key) for area in all_areas(REFORM)] == all_areas(REFORM)


@pytest.mark.parametrize("key", ["", "nowhere", "ridder", "nowhere/ridder", "east-kazakhstan/nowhere"])
def test_a_key_of_nothing_finds_nothing(key, district):
    assert Area.from_key(key) is None


def test_an_area_exists_from_its_establishment_until_the_day_before_its_abolition(region, district):
    Region.objects.filter(pk=region.pk).update(established_on=REFORM)
    District.objects.filter(pk=district.pk).update(abolished_on=REFORM)

    assert [[area.key for area in all_areas(day)] for day in (LONG_AGO, REFORM)] == [
        ["kz", "east-kazakhstan/ridder"],
        ["kz", "east-kazakhstan"],
    ]


def test_the_name_of_an_area_is_read_in_the_language_of_the_reader(district):
    assert [Area().name, Area(region=district.region).name, Area(district=district).name] == [
        "Kazakhstan",
        "East Kazakhstan Region",
        "Ridder",
    ]


def test_places_sort_by_the_kazakh_alphabet_cities_first(region):
    for kind, name in [("district", "Ұлан"), ("district", "Үржар"), ("city", "Семей"), ("district", "Аягөз")]:
        DistrictFactory(region=region, kind=kind, name_kk=name)

    names = [district.name_kk for district in District.objects.sorted_by_name()]
    assert names == ["Семей", "Аягөз", "Ұлан", "Үржар"]
