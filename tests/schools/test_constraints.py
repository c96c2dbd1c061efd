"""Each constraint of the roll, broken once."""

from datetime import date, datetime

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from schools import services
from schools.models import Change, District, Membership, Placement
from tests.constraints import assert_refused, constraints_of
from tests.factories import DistrictFactory, MembershipFactory, RegionFactory, SchoolFactory, UserFactory

DAY, NEXT = date(2021, 8, 25), date(2021, 8, 26)
AT = timezone.make_aware(datetime(2021, 8, 25, 12))


def membership_twice():
    user, region = UserFactory(), RegionFactory()
    MembershipFactory(user=user, region=region)
    MembershipFactory(user=user, region=region)


def placed_twice():
    Placement.objects.create(school=SchoolFactory(opened_on=DAY), district=DistrictFactory(), valid_from=NEXT)


def kato_twice(factory):
    factory(kato="630000000")
    factory(kato="630000000")


def merged_and_open():
    SchoolFactory(merged_into=SchoolFactory())


BROKEN = {
    "region_is_abolished_after_it_was_established": lambda: RegionFactory(established_on=DAY, abolished_on=DAY),
    "district_is_abolished_after_it_was_established": lambda: DistrictFactory(established_on=DAY, abolished_on=DAY),
    "one_standing_region_per_kato_code": lambda: kato_twice(RegionFactory),
    "one_standing_district_per_kato_code": lambda: kato_twice(DistrictFactory),
    "school_closes_after_it_opened": lambda: SchoolFactory(opened_on=DAY, closed_on=DAY),
    "school_has_one_to_nine_floors": lambda: SchoolFactory(floors=10),
    "school_setting_is_known": lambda: SchoolFactory(setting="steppe"),
    "merged_school_is_closed": merged_and_open,
    "placement_ends_after_it_begins": lambda: Placement.objects.update(valid_to=date(2015, 9, 1)),
    "school_is_in_one_district_at_a_time": placed_twice,
    "membership_serves_exactly_one_area": lambda: MembershipFactory(whole_country=True, region=RegionFactory()),
    "one_membership_per_person_and_area": membership_twice,
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_breaks(name, school):
    assert_refused(BROKEN[name], by=name)


def test_every_constraint_of_the_roll_has_been_broken_here():
    assert set(BROKEN) == constraints_of("schools")


def test_a_membership_of_nothing_is_refused(db):
    assert_refused(lambda: Membership.objects.create(user=UserFactory()), by="membership_serves_exactly_one_area")


def test_a_school_code_is_never_given_twice(db):
    SchoolFactory(code="EK-0001")
    assert_refused(lambda: SchoolFactory(code="EK-0001"), by="schools_school_code")


def test_a_district_never_changes_region(district):
    write = lambda: District.objects.filter(pk=district.pk).update(region=RegionFactory())  # noqa: E731

    assert_refused(write, by="a district never changes region")


def test_placements_may_follow_each_other_on_the_same_day(school):
    school.placements.update(valid_to=DAY)
    Placement.objects.create(school=school, district=DistrictFactory(), valid_from=DAY)

    assert [Placement.objects.on(day).filter(school=school).count() for day in (date(2021, 8, 24), DAY)] == [1, 1]


def test_a_code_of_an_abolished_area_may_be_issued_again(db):
    RegionFactory(kato="630000000", abolished_on=DAY)

    assert RegionFactory(kato="630000000").pk


def test_a_district_that_schools_were_placed_in_is_not_deleted(school):
    with pytest.raises(ProtectedError):
        school.placements.get().district.delete()

    assert school.placements.exists()


def test_the_history_of_the_register_is_never_rewritten(school, officer):
    services.correct(school=school, values={"pupils": 5}, by=officer, at=AT)

    for said in ({"reason": "another"}, {"by": None}, {"fields": {}}, {"version": 9}):
        assert_refused(lambda said=said: Change.objects.update(**said), by="never rewritten")


def test_a_school_that_others_were_merged_into_is_not_deleted(school):
    SchoolFactory(merged_into=school, closed_on=DAY)

    with pytest.raises(ProtectedError):
        school.delete()


def test_a_person_who_acted_is_not_deleted(school, officer):
    services.confirm(school=school, by=officer, at=AT)

    with pytest.raises(ProtectedError):
        officer.delete()
