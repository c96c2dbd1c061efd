"""How long the word of a school on its own record holds."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from schools import services
from schools.confirmation import Confirmation
from schools.models import School
from tests.factories import SchoolFactory

DAY = date(2021, 8, 25)


def noon_of(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def status_of(school, day):
    """The one status of which the school is, and until when its word holds."""
    row = School.objects.with_confirmation(day).get(pk=school.pk)
    assert [each.value for each in Confirmation if School.objects.confirmation_is(each, day).filter(pk=school.pk)] == [
        row.confirmation
    ]
    return row.confirmation, row.confirmation_until


@pytest.mark.parametrize(
    ("days", "status"),
    [(0, "confirmed"), (151, "confirmed"), (152, "due"), (182, "due"), (183, "overdue"), (4000, "overdue")],
)
def test_a_word_holds_for_half_a_year_and_is_asked_for_a_month_before(school, administrator, days, status):
    services.confirm(school=school, by=administrator, at=noon_of(DAY))

    assert status_of(school, DAY + timedelta(days=days)) == (status, DAY + timedelta(days=182))


def test_who_never_confirmed_counts_from_the_day_of_entering(school):
    entered = school.placements.get().valid_from

    assert status_of(school, entered + timedelta(days=151)) == ("confirmed", entered + timedelta(days=182))
    assert status_of(school, DAY)[0] == "overdue"


def test_a_school_that_was_entered_lately_need_not_confirm_at_once(db):
    school = SchoolFactory(opened_on=date(1950, 9, 1))
    school.placements.update(valid_from=DAY)

    assert status_of(school, DAY) == ("confirmed", DAY + timedelta(days=182))


def test_a_confirmation_counts_on_the_day_of_the_office(school, administrator):
    late = timezone.make_aware(datetime(2021, 8, 25, 23, 30))
    services.confirm(school=school, by=administrator, at=late)

    assert status_of(school, DAY) == ("confirmed", DAY + timedelta(days=182))
    assert status_of(school, DAY - timedelta(days=1))[0] == "overdue"


def test_a_later_confirmation_does_not_change_what_held_before(school, administrator):
    services.confirm(school=school, by=administrator, at=noon_of(DAY))
    services.confirm(school=school, by=administrator, at=noon_of(date(2022, 8, 25)))

    assert status_of(school, DAY) == ("confirmed", DAY + timedelta(days=182))
    assert status_of(school, date(2022, 8, 24)) == ("overdue", DAY + timedelta(days=182))
    assert status_of(school, date(2022, 8, 25))[0] == "confirmed"
