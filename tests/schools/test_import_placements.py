"""Placements from a file: schools move today or later, the past stays as it is."""

from datetime import date, timedelta

import pytest

from audits import compliance
from audits.models import StaleMark
from core.errors import Conflict
from schools import services
from schools.areas import Area
from schools.models import Change, Placement, School
from tests.factories import DistrictFactory, SchoolFactory
from tests.imports import compared, counts, imported, undo, written

TODAY, NEXT = date(2021, 8, 25), date(2021, 9, 1)


@pytest.fixture
def neighbour(region):
    return DistrictFactory(region=region, slug="glubokoe", name_en="Glubokoe")


def to(school, place, on):
    return {"school": school.code, "district": place, "valid_from": on}


def places(school):
    return list(school.placements.order_by("valid_from").values_list("district__slug", "valid_from", "valid_to"))


def test_a_school_moves_on_the_day_as_by_hand(school, district, neighbour, head, noon):
    done = imported("placements", to(school, "Glubokoe", NEXT), by=head, at=noon)

    assert counts(done) == (1, 0, 0)
    assert places(school) == [("ridder", date(2015, 9, 1), NEXT), ("glubokoe", NEXT, None)]
    change = school.changes.get()
    assert (change.act, change.effective_on, change.version, change.bulk_import) == ("moved", NEXT, 2, done)
    assert change.fields == {"district": ["east-kazakhstan/ridder", "east-kazakhstan/glubokoe"]}
    assert [compliance.count(Area(district=district), day).roll for day in (TODAY, NEXT)] == [1, 0]
    assert {"east-kazakhstan/ridder", "east-kazakhstan/glubokoe"} < {mark.area.key for mark in StaleMark.objects.all()}


def test_the_same_file_a_second_time_changes_nothing(school, neighbour, head, noon):
    rows = (to(school, "glubokoe", NEXT), to(school, "ridder", "2015-09-01"))
    imported("placements", *rows, by=head, at=noon)

    for days in (0, 100):
        again = imported("placements", *rows, by=head, at=noon + timedelta(days=days))
        assert counts(again) == (0, 0, 2)
    assert Change.objects.count() == 1


def test_a_school_may_move_today_and_once_more_to_come(school, neighbour, head, noon):
    rows = (to(school, "ridder", NEXT), to(school, "glubokoe", TODAY))

    done = imported("placements", *rows, by=head, at=noon)

    assert places(school) == [
        ("ridder", date(2015, 9, 1), TODAY),
        ("glubokoe", TODAY, NEXT),
        ("ridder", NEXT, None),
    ]
    assert list(school.changes.order_by("pk").values_list("version", "effective_on")) == [(2, TODAY), (3, NEXT)]
    undo(done, by=head, at=noon)
    assert places(school) == [("ridder", date(2015, 9, 1), None)]
    assert School.objects.get().version == 4
    assert school.changes.newest_first()[0].fields == {}


def test_every_problem_is_told_at_once(school, district, neighbour, officer, head, noon):
    closed = SchoolFactory(district=district, closed_on=date(2020, 1, 1))
    closing = SchoolFactory(district=district, closed_on=NEXT)
    moving = SchoolFactory(district=district)
    services.move(school=moving, to=neighbour, on=date(2021, 10, 1), reason="Order", by=head, at=noon)
    twice = SchoolFactory(district=district)
    elsewhere = SchoolFactory()
    _numbers, problems = compared(
        "placements",
        {**to(school, "glubokoe", NEXT), "school": "NONE"},
        to(elsewhere, "glubokoe", NEXT),
        to(school, "glubokoe", "2021-08-24"),
        to(closed, "glubokoe", NEXT),
        to(closing, "glubokoe", NEXT),
        to(moving, "ridder", date(2021, 12, 1)),
        to(twice, "glubokoe", NEXT),
        to(twice, "glubokoe", NEXT),
        to(twice, "Atlantis", date(2021, 12, 1)),
        {"school": "", "district": "", "valid_from": "soon"},
        to(school, "Atlantis", "soon"),
        by=head,
        at=noon,
    )

    assert [(row, column) for row, column, _message in problems] == [
        (2, "school"),
        (3, "school"),
        (4, "valid_from"),
        (5, "valid_from"),
        (5, "district"),
        (6, "valid_from"),
        (7, "district"),
        (9, "valid_from"),
        (10, "district"),
        (11, "school"),
        (11, "district"),
        (11, "valid_from"),
        (12, "valid_from"),
        (12, "district"),
    ]
    said = {(row, column): message for row, column, message in problems}
    assert said[4, "valid_from"] == "Choose today or a later day: the figures of past days do not change."
    assert said[5, "district"] == "This school is closed already."
    assert said[7, "district"] == "A move of this school is arranged already: cancel it first."
    assert said[9, "valid_from"] == "Row 8 is about the same."


def test_a_school_does_not_move_to_where_it_is(school, head, noon):
    _numbers, problems = compared("placements", to(school, "ridder", NEXT), by=head, at=noon)

    assert problems == [(2, "district", "This school is in that district already.")]


def test_a_school_does_not_move_to_a_district_that_is_not_the_persons(school, neighbour, officer, noon):
    _numbers, problems = compared("placements", to(school, "glubokoe", NEXT), by=officer, at=noon)

    assert problems == [(2, "district", "This district is not one of those you serve.")]


def test_what_is_there_comes_out_and_goes_in_unchanged(school, neighbour, head, noon):
    services.move(school=school, to=neighbour, on=NEXT, reason="Order", by=head, at=noon)

    rows = written("placements", head)

    assert len(rows) == 2
    assert counts(imported("placements", *rows, by=head, at=noon)) == (0, 0, 2)


def test_a_move_that_has_come_is_not_taken_back(school, neighbour, head, noon):
    done = imported("placements", to(school, "glubokoe", NEXT), by=head, at=noon)

    with pytest.raises(Conflict, match="counted in the figures since 1 September 2021"):
        undo(done, by=head, at=noon + timedelta(days=30))
    undo(done, by=head, at=noon + timedelta(days=2))

    assert Placement.objects.get().valid_to is None


def test_a_move_that_was_called_off_is_not_taken_back(school, neighbour, head, noon):
    done = imported("placements", to(school, "glubokoe", NEXT), by=head, at=noon)
    services.cancel_move(school=school, reason="Order 8", by=head, at=noon)

    with pytest.raises(Conflict, match="Move cancelled"):
        undo(done, by=head, at=noon)
