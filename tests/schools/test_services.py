"""Dated acts on the roll, and which figures they make due."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Role
from audits import compliance
from audits.models import StaleMark
from core.errors import Conflict, Invalid
from schools import services
from schools.areas import Area
from tests.factories import DistrictFactory, MembershipFactory, UserFactory

DAY, NEXT = date(2099, 12, 1), date(2099, 12, 2)
AT = timezone.make_aware(datetime(2021, 8, 25, 12))


@pytest.fixture
def neighbour(region):
    return DistrictFactory(region=region, slug="glubokoe")


def marked():
    return {mark.area.key for mark in StaleMark.objects.all()}


def test_a_closed_school_leaves_the_roll_on_the_day_and_not_before(school, officer):
    services.close(school=school, on=NEXT, reason="Order 7", by=officer, at=AT)

    assert [compliance.count(Area(), day).roll for day in (DAY, NEXT)] == [1, 0]
    assert marked() == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}


def test_a_school_closes_once(school, officer):
    services.close(school=school, on=NEXT, reason="Order 7", by=officer, at=AT)

    with pytest.raises(Conflict, match="closed already"):
        services.close(school=school, on=date(2100, 1, 1), reason="Order 7", by=officer, at=AT)

    school.refresh_from_db()
    assert school.closed_on == NEXT


def test_a_school_closes_after_it_opened(school, officer):
    with pytest.raises(Invalid, match="after the day it opened"):
        services.close(
            school=school,
            on=school.opened_on,
            reason="Order 7",
            by=officer,
            at=timezone.make_aware(datetime(2015, 1, 1)),
        )

    assert not StaleMark.objects.exists()


def test_a_school_that_moves_is_counted_in_one_district_each_day_and_both_are_due(school, district, neighbour, head):
    services.move(school=school, to=neighbour, on=NEXT, reason="Order 7", by=head, at=AT)

    rolls = [[compliance.count(Area(district=each), day).roll for each in (district, neighbour)] for day in (DAY, NEXT)]
    assert rolls == [[1, 0], [0, 1]]
    assert marked() == {"kz", "east-kazakhstan", "east-kazakhstan/ridder", "east-kazakhstan/glubokoe"}


def test_a_school_does_not_move_to_where_it_is(school, district, head):
    with pytest.raises(Conflict):
        services.move(school=school, to=district, on=NEXT, reason="Order 7", by=head, at=AT)


def test_a_school_does_not_move_before_it_came(school, neighbour, district, head):
    services.move(school=school, to=neighbour, on=AT.date(), reason="Order 7", by=head, at=AT)

    with pytest.raises(Invalid, match="after the day it came"):
        services.move(school=school, to=district, on=AT.date(), reason="Order 7", by=head, at=AT)


def test_a_school_does_not_move_to_a_district_that_is_abolished_by_then(school, neighbour, head):
    neighbour.abolished_on = NEXT
    neighbour.save()

    with pytest.raises(Invalid, match="There is no such district."):
        services.move(school=school, to=neighbour, on=NEXT, reason="Order 7", by=head, at=AT)


def test_a_school_does_not_move_to_a_district_that_is_to_be_abolished(school, neighbour, head):
    neighbour.abolished_on = date(2100, 1, 1)
    neighbour.save()

    with pytest.raises(Invalid, match="abolished on 1 January 2100: choose the one that takes over"):
        services.move(school=school, to=neighbour, on=NEXT, reason="Order 7", by=head, at=AT)


def test_a_school_is_moved_only_to_a_district_one_serves(school, officer, neighbour):
    with pytest.raises(PermissionDenied):
        services.move(school=school, to=neighbour, on=NEXT, reason="Order 7", by=officer, at=AT)


@pytest.mark.parametrize("who", ["inspector", "viewer", "administrator", "statistician", "stranger"])
def test_only_the_department_of_the_place_keeps_the_roll(who, school, neighbour, request):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        services.close(school=school, on=NEXT, reason="Order 7", by=person, at=AT)
    with pytest.raises(PermissionDenied):
        services.move(school=school, to=neighbour, on=NEXT, reason="Order 7", by=person, at=AT)

    school.refresh_from_db()
    assert (school.closed_on, school.placements.count()) == (None, 1)


def test_after_a_move_the_former_district_keeps_no_roll_of_the_school(school, officer, neighbour, head):
    school.placements.update(valid_to=date(2022, 6, 8))
    school.placements.create(district=neighbour, valid_from=date(2022, 6, 8))
    newcomer = MembershipFactory(district=neighbour, user=UserFactory(role=Role.DEPARTMENT_OFFICER)).user

    with pytest.raises(PermissionDenied):
        services.close(school=school, on=NEXT, reason="Order 7", by=officer, at=AT)

    assert services.close(school=school, on=NEXT, reason="Order 7", by=newcomer, at=AT).closed_on == NEXT


def test_no_act_on_the_roll_reaches_back_into_days_that_were_counted(school, head, neighbour):
    yesterday = AT.date() - timedelta(days=1)

    with pytest.raises(Invalid, match="past days do not change"):
        services.close(school=school, on=yesterday, reason="Order 7", by=head, at=AT)
    with pytest.raises(Invalid, match="past days do not change"):
        services.move(school=school, to=neighbour, on=yesterday, reason="Order 7", by=head, at=AT)

    assert (
        services.move(school=school, to=neighbour, on=AT.date(), reason="Order 7", by=head, at=AT).valid_from
        == AT.date()
    )
