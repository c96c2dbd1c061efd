"""A school enters the register, and is in the figures from that day on."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audits import compliance
from core.errors import Conflict, Invalid
from schools import services
from schools.areas import Area
from schools.models import School
from tests.factories import DistrictFactory, SchoolFactory
from tests.schools.records import DETAILS, history_of, problems_of

AT = timezone.make_aware(datetime(2021, 8, 25, 12))
TODAY, OPENED = date(2021, 8, 25), date(2019, 9, 1)


def enter(district, by, **said):
    said = {"code": "EK-0648", "details": DETAILS, "opened_on": OPENED, "reason": "Order 7", "at": AT} | said
    return services.register(district=district, by=by, **said)


def test_a_school_that_opened_long_ago_counts_from_the_day_it_is_entered(district, officer):
    before = compliance.count(Area(), date(2021, 8, 24))
    school = enter(district, officer)

    assert compliance.count(Area(), date(2021, 8, 24)) == before
    assert [compliance.count(Area(district=district), day).roll for day in (date(2021, 8, 24), TODAY)] == [0, 1]
    assert school.placements.get().valid_from == TODAY


def test_a_school_that_is_to_open_counts_from_then(district, officer):
    school = enter(district, officer, opened_on=date(2021, 9, 1))

    assert school.placements.get().valid_from == date(2021, 9, 1)
    assert [compliance.count(Area(), day).roll for day in (TODAY, date(2021, 9, 1))] == [0, 1]


def test_the_history_begins_with_all_that_was_said(district, officer):
    school = enter(district, officer, details=DETAILS | {"director": " Ахметова А. Б. ", "phone": ""})

    said = DETAILS | {"director": "Ахметова А. Б."}
    entered = {"code": "EK-0648", "opened_on": "2019-09-01", "district": "east-kazakhstan/ridder", **said}
    assert history_of(school) == [
        ("registered", 1, TODAY, "Order 7", {name: [None, value] for name, value in entered.items()})
    ]
    assert (school.ownership, school.has_outdoor_toilet) == ("state", False)


def test_a_code_is_given_once(district, officer):
    SchoolFactory(code="EK-0648")

    with pytest.raises(Conflict, match="EK-0648"):
        enter(district, officer, code="ek-0648")


def test_the_last_day_that_a_date_can_be_is_refused(district, officer):
    with pytest.raises(Invalid, match="too far in the future"):
        enter(district, officer, opened_on=date.max)


def test_all_that_is_wrong_is_said_at_once(district, officer):
    details = {name: value for name, value in DETAILS.items() if name != "name_en"}
    wrong = {"kind": "castle", "floors": 12, "latitude": 10, "website": "x", "email": "nobody"}
    with pytest.raises(Invalid) as refused:
        enter(district, officer, code="EK 1/2", details=details | wrong, opened_on=date(1700, 1, 1))

    assert set(problems_of(refused)) == {"code", "opened_on", "name_en", "kind", "floors", "website", "email"}
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ({"latitude": "10.0", "longitude": "82.6"}, "latitude"),
        ({"latitude": "50.1", "longitude": "182.6"}, "longitude"),
        ({"latitude": "50.1"}, "longitude"),
        ({"longitude": "82.6"}, "latitude"),
    ],
)
def test_coordinates_lie_in_the_country_and_come_in_pairs(district, officer, place, path):
    with pytest.raises(Invalid) as refused:
        enter(district, officer, details=DETAILS | place)

    assert list(problems_of(refused)) == [path]


def test_no_school_is_entered_without_a_reason(district, officer):
    with pytest.raises(Invalid, match="Give a reason"):
        enter(district, officer, reason=" ")


def test_no_school_is_entered_in_a_district_that_is_gone_by_then(district, officer):
    district.abolished_on = TODAY
    district.save()

    with pytest.raises(Invalid, match="There is no such district"):
        enter(district, officer)


@pytest.mark.parametrize("who", ["inspector", "viewer", "administrator", "statistician", "stranger"])
def test_only_the_department_of_the_district_enters_schools(who, district, request):
    with pytest.raises(PermissionDenied):
        enter(district, request.getfixturevalue(who))


def test_an_officer_of_a_district_enters_none_in_another(officer, region):
    with pytest.raises(PermissionDenied):
        enter(DistrictFactory(region=region), officer)
