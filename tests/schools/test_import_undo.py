"""An import of schools is taken back, as long as nothing was built on it."""

from datetime import timedelta

import pytest

from audits.models import StaleMark
from core.errors import Conflict
from schools import services
from schools.models import Change, Placement, School
from tests.factories import CameraSystemFactory, MembershipFactory, audit_approved
from tests.imports import counts, imported, undo
from tests.schools.rows import NEW


def test_an_import_is_taken_back_whole(school, officer, noon):
    School.objects.filter(pk=school.pk).update(latitude="50.1", longitude="83.1")
    school.refresh_from_db()
    changed = {**NEW, "code": school.code, "opened_on": "2015-09-01", "latitude": "", "longitude": ""}
    done = imported("schools", NEW, changed, by=officer, at=noon)
    StaleMark.objects.all().delete()

    undo(done, by=officer, at=noon + timedelta(hours=1))

    now = School.objects.get()
    columns = [field.name for field in School._meta.concrete_fields if field.name != "version"]
    assert {name: getattr(now, name) for name in columns} == {name: getattr(school, name) for name in columns}
    assert (now.version, Placement.objects.count(), StaleMark.objects.count()) == (3, 1, 3)
    change = now.changes.newest_first()[0]
    assert (change.act, change.version, change.fields["pupils"]) == ("import_undone", 3, [640, 300])
    assert counts(done) == (1, 1, 0)


def built(how, school, officer, noon):
    later = noon + timedelta(minutes=5)
    if how == "a later change":
        services.correct(school=school, values={"pupils": 9}, by=officer, at=later)
    elif how == "an audit":
        audit_approved(school=school)
    elif how == "a person":
        MembershipFactory(school=school)
    elif how == "equipment":
        CameraSystemFactory(school=school)


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ("a later change", "EK-0001: Corrected, 25 August 2021 Marat"),
        ("an audit", "EK-0001: Audit"),
        ("a person", "EK-0001: Membership"),
        ("equipment", "EK-0001: Video surveillance system"),
    ],
)
def test_an_import_stays_when_something_was_built_on_it(how, named, district, officer, noon):
    done = imported("schools", NEW, by=officer, at=noon)
    built(how, School.objects.get(), officer, noon)

    with pytest.raises(Conflict) as refused:
        undo(done, by=officer, at=noon + timedelta(hours=1))

    assert refused.value.problems == ["This import cannot be undone any more. What was built on it: 1.", named]
    assert School.objects.exists()


def test_a_correction_that_was_corrected_again_stays(school, officer, noon):
    done = imported("schools", {"code": school.code, "pupils": 7}, by=officer, at=noon)
    services.correct(school=School.objects.get(), values={"pupils": 9}, by=officer, at=noon)

    with pytest.raises(Conflict, match="Corrected"):
        undo(done, by=officer, at=noon)


def test_imports_are_taken_back_one_after_the_other(district, officer, noon):
    first = imported("schools", NEW, by=officer, at=noon)
    second = imported("schools", {"code": NEW["code"], "pupils": 7}, by=officer, at=noon)

    with pytest.raises(Conflict):
        undo(first, by=officer, at=noon)
    undo(second, by=officer, at=noon)
    undo(first, by=officer, at=noon)

    assert not School.objects.exists()
    assert not Change.objects.exists()


def test_what_was_built_is_named_ten_times_and_counted(district, officer, noon):
    rows = [{**NEW, "code": f"EK-{number:04}"} for number in range(12)]
    done = imported("schools", *rows, by=officer, at=noon)
    for school in School.objects.all():
        MembershipFactory(school=school)

    with pytest.raises(Conflict) as refused:
        undo(done, by=officer, at=noon)

    first, *named = refused.value.problems
    assert first == "This import cannot be undone any more. What was built on it: 12."
    assert named == [f"EK-{number:04}: Membership" for number in range(10)]


def test_schools_that_past_days_have_counted_stay_and_corrections_do_not(school, officer, noon):
    entered = imported("schools", NEW, by=officer, at=noon)
    corrected = imported("schools", {"code": school.code, "pupils": 7}, by=officer, at=noon)

    with pytest.raises(Conflict, match=r"EK-0001: counted in the figures since 25 August 2021"):
        undo(entered, by=officer, at=noon + timedelta(days=1))
    undo(corrected, by=officer, at=noon + timedelta(days=1))

    school.refresh_from_db()
    assert school.pupils == 300


def test_schools_of_another_are_not_taken_back(school, officer, head, noon):
    done = imported("schools", {"code": school.code, "pupils": 7}, by=head, at=noon)
    head.memberships.all().delete()

    with pytest.raises(Conflict, match="no longer serve: 1"):
        undo(done, by=head, at=noon)
