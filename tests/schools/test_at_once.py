"""Two act on a school at once, each in a session of its own: nobody overwrites the other unseen."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audits import tasks
from core.errors import Conflict, Invalid, Outdated
from schools import services
from schools.models import Change, School
from tests.audits.workers import until
from tests.beside import at_once, refused, somebody_waits
from tests.factories import DistrictFactory, SchoolFactory
from tests.imports import imported
from tests.schools.records import DETAILS
from tests.schools.rows import NEW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """No recount meddles."""
    monkeypatch.setattr(tasks.recompute_area, "delay", lambda **_columns: None)


def test_of_two_who_saw_the_same_version_one_saves(beside, school, head, officer):
    outcomes = at_once(
        beside,
        *(
            lambda by=by, pupils=pupils: services.correct(
                school=school, values={"pupils": pupils}, by=by, at=timezone.now(), expects=1
            )
            for by, pupils in ((head, 311), (officer, 312))
        ),
    )

    [loser] = refused(outcomes)
    assert type(loser) is Outdated
    kept = School.objects.get(pk=school.pk)
    assert (kept.version, [each.became for each in loser.differences]) == (2, [str(kept.pupils)])
    assert Change.objects.count() == 1


def test_a_code_that_two_enter_at_once_is_given_once(beside, district, officer):
    def enter():
        return services.register(
            district=district,
            code="EK-0648",
            details=DETAILS,
            opened_on=timezone.localdate(),
            reason="Order 7",
            by=officer,
            at=timezone.now(),
        )

    outcomes = at_once(beside, enter, enter)

    assert [type(each) for each in refused(outcomes)] == [Conflict]
    assert (School.objects.count(), Change.objects.count()) == (1, 1)


def test_who_waited_for_a_move_is_asked_again_whether_the_school_is_theirs(
    beside,
    school,
    officer,
    head,
    region,
):
    elsewhere = DistrictFactory(region=region)
    tomorrow = timezone.localdate() + timedelta(days=1)

    with transaction.atomic():
        services.move(
            school=school, to=elsewhere, on=timezone.localdate(), reason="Order 7", by=head, at=timezone.now()
        )
        closing = beside(
            lambda: services.close(school=school, on=tomorrow, reason="Order 8", by=officer, at=timezone.now())
        )
        until(somebody_waits)

    assert type(closing.exception(timeout=20)) is PermissionDenied
    assert School.objects.get(pk=school.pk).closed_on is None


def test_no_school_enters_a_district_that_is_being_abolished(beside, district, officer):
    with transaction.atomic():
        type(district).objects.filter(pk=district.pk).update(abolished_on=timezone.localdate())
        entering = beside(
            lambda: services.register(
                district=district,
                code="EK-0648",
                details=DETAILS,
                opened_on=timezone.localdate(),
                reason="Order 7",
                by=officer,
                at=timezone.now(),
            )
        )
        until(somebody_waits)

    assert type(entering.exception(timeout=20)) is Invalid
    assert not School.objects.exists()


def test_no_file_brings_a_school_to_a_district_that_is_being_abolished(beside, district, officer):
    @transaction.atomic
    def bring():
        imported("schools", NEW, by=officer, at=timezone.now())

    with transaction.atomic():
        type(district).objects.filter(pk=district.pk).update(abolished_on=timezone.localdate() + timedelta(days=9))
        bringing = beside(bring)
        until(somebody_waits)

    assert type(bringing.exception(timeout=20)) is AssertionError  # of a file with a problem
    assert not School.objects.exists()


def test_two_mergers_crosswise_do_not_wait_for_each_other_for_ever(beside, district, school, officer):
    other = SchoolFactory(district=district)
    tomorrow = timezone.localdate() + timedelta(days=1)

    outcomes = at_once(
        beside,
        *(
            lambda one=one, two=two: services.merge(
                school=one, into=two, on=tomorrow, reason="Order 7", by=officer, at=timezone.now()
            )
            for one, two in ((school, other), (other, school))
        ),
    )

    assert [type(each) for each in refused(outcomes)] == [Conflict]
    assert School.objects.filter(merged_into=None).count() == 1
