"""Schools that leave the roll in favour of others, and acts that are called off before their day."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audits import compliance
from audits.models import StaleMark
from core.errors import Conflict, Invalid, Outdated
from schools import services
from schools.areas import Area
from schools.models import Change
from tests.factories import DistrictFactory, SchoolFactory
from tests.schools.records import history_of

DAY, NEXT = date(2099, 12, 1), date(2099, 12, 2)
AT = timezone.make_aware(datetime(2021, 8, 25, 12))
LATER = timezone.make_aware(datetime(2099, 12, 2, 12))
SAID = {"reason": "Order 7", "at": AT}


@pytest.fixture
def other(district):
    return SchoolFactory(district=district)


@pytest.fixture
def neighbour(region):
    return DistrictFactory(region=region, slug="glubokoe", name_en="Glubokoe District")


def district_of(school, day):
    return school.placements.on(day).get().district


# --- Merging ---


def test_a_merged_school_leaves_the_roll_and_both_remember(school, other, officer):
    merged = services.merge(school=school, into=other, on=NEXT, by=officer, **SAID)

    assert [compliance.count(Area(), day).roll for day in (DAY, NEXT)] == [2, 1]
    assert (merged.closed_on, merged.merged_into, merged.version) == (NEXT, other, 2)
    fields = {"closed_on": [None, "2099-12-02"], "merged_into": [None, other.code]}
    assert history_of(school) == [("merged", 2, NEXT, "Order 7", fields)]
    assert history_of(other) == [("absorbed", 2, NEXT, "Order 7", {"absorbed": [None, school.code]})]
    assert {mark.area.key for mark in StaleMark.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}


def test_a_school_is_not_merged_into_itself(school, officer):
    with pytest.raises(Invalid):
        services.merge(school=school, into=school, on=NEXT, by=officer, **SAID)


@pytest.mark.parametrize("gone", [{"closed_on": NEXT}, {"opened_on": date(2100, 1, 1)}])
def test_a_school_is_merged_into_one_that_is_there(school, other, officer, gone):
    type(other).objects.filter(pk=other.pk).update(**gone)

    with pytest.raises(Conflict, match="not on the roll on that day"):
        services.merge(school=school, into=other, on=NEXT, by=officer, **SAID)


def test_a_school_is_merged_once_and_not_into_the_past(school, other, officer):
    with pytest.raises(Invalid, match="past days do not change"):
        services.merge(school=school, into=other, on=AT.date() - timedelta(days=1), by=officer, **SAID)
    services.merge(school=school, into=other, on=NEXT, by=officer, **SAID)

    with pytest.raises(Conflict, match="closed already"):
        services.merge(school=school, into=other, on=NEXT, by=officer, **SAID)


def test_the_school_that_goes_on_does_not_close_before_the_merger(school, other, officer):
    services.merge(school=school, into=other, on=NEXT, by=officer, **SAID)

    with pytest.raises(Conflict, match="Another school is to be merged"):
        services.close(school=other, on=DAY, by=officer, **SAID)
    assert services.close(school=other, on=date(2100, 1, 1), by=officer, **SAID).closed_on


def test_both_schools_must_be_served(school, officer, head, neighbour):
    elsewhere = SchoolFactory(district=neighbour)

    with pytest.raises(PermissionDenied):
        services.merge(school=school, into=elsewhere, on=NEXT, by=officer, **SAID)

    assert services.merge(school=school, into=elsewhere, on=NEXT, by=head, **SAID).merged_into == elsewhere


def test_a_merger_that_is_called_off_is_remembered_by_both(school, other, officer):
    services.merge(school=school, into=other, on=NEXT, by=officer, **SAID)
    services.cancel_closing(school=school, by=officer, **SAID)

    school.refresh_from_db()
    assert (school.closed_on, school.merged_into, school.version) == (None, None, 3)
    assert [act for act, *_ in history_of(school)] == ["merged", "closing_cancelled"]
    assert history_of(other)[1] == ("closing_cancelled", 3, NEXT, "Order 7", {"absorbed": [school.code, None]})
    assert compliance.count(Area(), NEXT).roll == 2


# --- Calling off ---


def test_a_closing_is_called_off_while_its_day_has_not_come(school, officer):
    services.close(school=school, on=NEXT, by=officer, **SAID)
    services.cancel_closing(school=school, by=officer, **SAID)

    school.refresh_from_db()
    assert school.closed_on is None
    assert history_of(school)[1] == (
        "closing_cancelled",
        3,
        NEXT,
        "Order 7",
        {"closed_on": ["2099-12-02", None]},
    )


def test_a_closing_that_has_come_stays(school, officer):
    services.close(school=school, on=NEXT, by=officer, **SAID)

    with pytest.raises(Conflict, match="No closing"):
        services.cancel_closing(school=school, reason="Order 8", by=officer, at=LATER)


def test_what_was_not_arranged_is_not_called_off(school, officer):
    with pytest.raises(Conflict, match="No closing"):
        services.cancel_closing(school=school, by=officer, **SAID)
    with pytest.raises(Conflict, match="No move"):
        services.cancel_move(school=school, by=officer, **SAID)


def test_a_move_that_is_called_off_leaves_the_school_where_it_is(school, district, neighbour, head):
    services.move(school=school, to=neighbour, on=NEXT, by=head, **SAID)
    StaleMark.objects.all().delete()
    services.cancel_move(school=school, by=head, **SAID)

    assert [district_of(school, day) for day in (DAY, NEXT)] == [district, district]
    there = {"district": ["east-kazakhstan/ridder", "east-kazakhstan/glubokoe"]}
    back = {"district": ["east-kazakhstan/glubokoe", "east-kazakhstan/ridder"]}
    assert history_of(school) == [
        ("moved", 2, NEXT, "Order 7", there),
        ("move_cancelled", 3, NEXT, "Order 7", back),
    ]
    marked = {mark.area.key for mark in StaleMark.objects.all()}
    assert marked == {"kz", "east-kazakhstan", "east-kazakhstan/ridder", "east-kazakhstan/glubokoe"}


def test_a_move_that_has_come_stays(school, neighbour, head):
    services.move(school=school, to=neighbour, on=NEXT, by=head, **SAID)

    with pytest.raises(Conflict, match="No move"):
        services.cancel_move(school=school, reason="Order 8", by=head, at=LATER)
    assert district_of(school, NEXT) == neighbour


def test_one_move_is_arranged_at_a_time(school, district, neighbour, head):
    services.move(school=school, to=neighbour, on=NEXT, by=head, **SAID)

    with pytest.raises(Conflict, match="cancel it first"):
        services.move(school=school, to=district, on=date(2100, 1, 1), by=head, **SAID)


def test_a_school_moves_before_it_closes(school, neighbour, head):
    services.close(school=school, on=DAY, by=head, **SAID)

    with pytest.raises(Invalid, match="before the day it closes"):
        services.move(school=school, to=neighbour, on=NEXT, by=head, **SAID)


# --- Every act ---


def acts(school, other, neighbour):
    return {
        "close": lambda **said: services.close(school=school, on=NEXT, **said),
        "move": lambda **said: services.move(school=school, to=neighbour, on=NEXT, **said),
        "merge": lambda **said: services.merge(school=school, into=other, on=NEXT, **said),
        "rename": lambda **said: services.rename(
            school=school, names=dict.fromkeys(("name_kk", "name_ru", "name_en"), "X"), on=AT.date(), **said
        ),
        "cancel_move": lambda **said: services.cancel_move(school=school, **said),
        "cancel_closing": lambda **said: services.cancel_closing(school=school, **said),
    }


@pytest.mark.parametrize("name", ["close", "move", "merge", "rename", "cancel_move", "cancel_closing"])
def test_every_dated_act_needs_a_reason_and_the_present_version(name, school, other, neighbour, head):
    act = acts(school, other, neighbour)[name]
    with pytest.raises(Invalid, match="Give a reason"):
        act(by=head, at=AT, reason="  ")
    services.correct(school=school, values={"pupils": 5}, by=head, at=AT)

    with pytest.raises(Outdated):
        act(by=head, at=AT, reason="Order 7", expects=1)

    assert Change.objects.count() == 1


@pytest.mark.parametrize("who", ["inspector", "viewer", "administrator", "statistician", "stranger"])
@pytest.mark.parametrize("name", ["close", "move", "merge", "rename", "cancel_move", "cancel_closing"])
def test_only_the_department_acts_on_the_roll(name, who, school, other, neighbour, request):
    with pytest.raises(PermissionDenied):
        acts(school, other, neighbour)[name](by=request.getfixturevalue(who), at=AT, reason="Order 7")

    assert not Change.objects.exists()
