"""Schools from a file: entered, corrected, renamed, and taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import override

from audits import compliance
from audits.models import StaleMark
from bulk.kinds import KINDS
from bulk.models import Import
from core.errors import Conflict
from schools import services
from schools.areas import Area
from schools.imports.school_work import SchoolsWork
from schools.models import Change, School
from tests.factories import DistrictFactory, SchoolFactory
from tests.imports import compared, counts, imported, rows_of, silent, written
from tests.schools.rows import NEW

REQUIRED = "This field is required."


@pytest.fixture
def neighbour(region):
    return DistrictFactory(region=region, slug="glubokoe", name_en="Glubokoe")


def test_a_new_school_enters_the_roll_on_the_day_of_the_import(district, officer, noon):
    done = imported("schools", NEW, by=officer, at=noon)

    school = School.objects.get()
    assert counts(done) == (1, 0, 0)
    assert (school.code, school.name_ru, school.kind, school.ownership) == (
        "EK-0001",
        "Школа № 1",
        "gymnasium",
        "state",
    )
    assert (school.latitude, school.longitude) == (Decimal("50.34410"), Decimal("83.51290"))
    assert (school.opened_on, school.director, school.version) == (date(1972, 9, 1), "", 1)
    assert list(school.placements.values_list("district", "valid_from", "valid_to")) == [
        (district.pk, date(2021, 8, 25), None)
    ]
    days = (date(2021, 8, 24), date(2021, 8, 25))
    assert [compliance.count(Area(), day).roll for day in days] == [0, 1]
    assert {mark.area.key for mark in StaleMark.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}


def test_its_first_entry_in_the_history_is_that_of_a_school_entered_by_hand(district, officer, noon):
    done = imported("schools", NEW, by=officer, at=noon)
    twin = services.register(
        district=district,
        code="EK-0002",
        details={
            **{name: NEW[name] for name in ("name_kk", "name_ru", "name_en", "setting", "pupils", "floors")},
            **{name: NEW[name] for name in ("locality_kk", "locality_ru", "locality_en")},
            **{"kind": "gymnasium", "latitude": Decimal("50.3441"), "longitude": Decimal("83.5129")},
        },
        opened_on=date(1972, 9, 1),
        reason="Order 7",
        by=officer,
        at=noon,
    )

    entry, by_hand = Change.objects.get(bulk_import=done), Change.objects.get(school=twin)
    assert {**entry.fields, "code": None, "ownership": None} == {
        **by_hand.fields,
        "code": None,
        "ownership": None,
        "has_outdoor_toilet": [None, False],
        "latitude": [None, "50.34410"],
        "longitude": [None, "83.51290"],
    }
    same = ("subject", "version", "act", "effective_on", "at", "by_id", "reason")
    assert [getattr(entry, name) for name in same] == [getattr(by_hand, name) for name in same]


def test_a_school_that_is_there_is_corrected_by_its_code(school, officer, noon):
    row = {"code": school.code.lower(), "pupils": 512, "director": "Ахметова Г.", "ownership": ""}

    done = imported("schools", row, by=officer, at=noon)

    school.refresh_from_db()
    assert (school.pupils, school.director, school.ownership, school.version) == (512, "Ахметова Г.", "state", 2)
    change = school.changes.get()
    assert (change.act, change.version, change.bulk_import, change.reason) == ("corrected", 2, done, "Order 7")
    assert change.fields == {"pupils": [300, 512], "director": ["", "Ахметова Г."]}


def test_other_names_are_a_new_name_in_the_history(school, officer, noon):
    imported("schools", {"code": school.code, "name_ru": "Лицей № 7", "pupils": 1}, by=officer, at=noon)

    change = school.changes.get()
    assert (change.act, set(change.fields), change.effective_on) == (
        "renamed",
        {"name_ru", "pupils"},
        date(2021, 8, 25),
    )


def test_a_column_that_is_missing_keeps_and_a_blank_cell_clears(school, officer, noon):
    School.objects.update(director="Ахметова", phone="1", latitude="50.1", longitude="83.1")

    imported("schools", {"code": school.code, "director": "", "latitude": "", "longitude": ""}, by=officer, at=noon)

    school.refresh_from_db()
    assert (school.director, school.phone, school.latitude, school.longitude) == ("", "1", None, None)


def test_the_same_file_a_second_time_changes_nothing(school, officer, noon):
    rows = (NEW, {**NEW, "code": school.code, "opened_on": "2015-09-01"})
    assert counts(imported("schools", *rows, by=officer, at=noon)) == (1, 1, 0)
    before = list(School.objects.order_by("pk").values())

    again = imported("schools", *rows, by=officer, at=noon + timedelta(days=3))

    assert counts(again) == (0, 0, 2)
    assert list(School.objects.order_by("pk").values()) == before
    assert not again.changes.exists()


def test_every_problem_of_every_row_is_told_at_once(school, neighbour, officer, head, noon):
    elsewhere = SchoolFactory(code="FAR-1")
    blank = dict.fromkeys(NEW, "")
    numbers, problems = compared(
        "schools",
        NEW,
        {**NEW, "code": "ek-0001"},
        {**blank, "code": "EK-0002"},
        {**NEW, "code": "EK 3", "latitude": "10", "opened_on": "1900-01-01"},
        {**NEW, "code": "EK-0004", "district": "Atlantis", "longitude": ""},
        {**NEW, "code": "EK-0005", "district": "Glubokoe"},
        {**blank, "code": school.code, "district": "glubokoe", "opened_on": "2016-09-01", "floors": 2},
        {**NEW, "code": elsewhere.code},
        {**NEW, "code": "EK-0006", "floors": 12, "pupils": "many", "latitude": "north", "district": "Glubokoe"},
        by=officer,
        at=noon,
    )

    lacking = [name for name in NEW if name not in {"code", "latitude", "longitude"}]
    kept = [name for name in lacking if name not in {"district", "opened_on", "floors"}]
    assert numbers == (1, 0, 0)
    assert [(row, column) for row, column, _message in problems] == [
        (3, "code"),
        *((4, name) for name in [*(n for n in lacking if n not in {"district", "opened_on"}), "opened_on", "district"]),
        (5, "code"),
        (5, "latitude"),
        (6, "longitude"),
        (6, "district"),
        (7, "district"),
        *((8, name) for name in kept),
        (8, "district"),
        (8, "opened_on"),
        (9, "code"),
        (10, "pupils"),
        (10, "floors"),
        (10, "latitude"),
        (10, "district"),
    ]
    said = {(row, column): message for row, column, message in problems}
    assert said[3, "code"] == "Row 2 is about the same."
    assert {message for (row, _column), message in said.items() if row == 4} == {REQUIRED}
    assert said[6, "district"] == "There is no such district."
    assert said[7, "district"] == "This district is not one of those you serve."
    assert said[8, "district"] == "The school is in another district. Move schools by a file of placements."
    assert said[9, "code"] == "This school is not one of those you serve."


def test_a_name_that_two_districts_have_is_not_enough(district, head, noon):
    DistrictFactory(region=district.region, slug="ridder-rural", name_en="Ridder")

    _numbers, problems = compared("schools", {**NEW, "district": "RIDDER"}, by=head, at=noon)

    said = "Several districts have this name. Write one of: east-kazakhstan/ridder, east-kazakhstan/ridder-rural."
    assert problems == [(2, "district", said)]


def test_a_new_school_is_not_placed_in_a_district_that_is_no_more(district, head, noon):
    district.abolished_on = noon.date()
    district.save()

    _numbers, problems = compared("schools", NEW, by=head, at=noon)

    assert problems == [(2, "district", "There is no such district.")]


def test_problems_are_told_in_the_language_of_the_person(school, officer, noon):
    with override("ru"):
        _numbers, problems = compared("schools", {"code": school.code, "name_kk": ""}, by=officer, at=noon)

    assert problems == [(2, "name_kk", "Обязательное поле.")]


def test_past_days_keep_their_figures(school, district, officer, noon):
    past = [noon.date() - timedelta(days=days) for days in (1, 300, 2000)]
    before = [compliance.count(Area(), day) for day in past]

    imported("schools", NEW, {**NEW, "code": school.code, "opened_on": ""}, by=officer, at=noon)

    assert [compliance.count(Area(), day) for day in past] == before


def test_what_is_there_comes_out_and_goes_in_unchanged(school, neighbour, officer, noon):
    imported("schools", {**NEW, "ownership": "private", "email": "a@example.kz"}, by=officer, at=noon)
    SchoolFactory(district=neighbour)
    SchoolFactory(district=school.placements.get().district, closed_on=date(2020, 1, 1))

    rows = written("schools", officer)

    assert {row["code"] for row in rows} == {"EK-0001", school.code}
    assert counts(imported("schools", *rows, by=officer, at=noon)) == (0, 0, 2)


def test_a_code_that_is_given_away_at_this_moment_is_a_conflict(district, officer, noon, monkeypatch):
    monkeypatch.setattr(SchoolsWork, "finish", lambda work: SchoolFactory(code="EK-0001"))
    sent = Import.objects.create(
        kind="schools", filename="x", reason="Order", uploaded_at=noon, moved_at=noon, by=officer, language="en"
    )

    with pytest.raises(Conflict, match="at this moment"), transaction.atomic():
        KINDS["schools"].apply(rows_of("schools", NEW), to=sent, by=officer, at=noon, progress=silent)

    assert not Change.objects.exists()


@pytest.mark.parametrize("person", ["inspector", "viewer", "administrator", "statistician"])
@pytest.mark.parametrize("kind", ["schools", "placements"])
def test_the_roll_is_imported_by_the_department_alone(kind, person, request, noon):
    with pytest.raises(PermissionDenied):
        KINDS[kind].compare([], by=request.getfixturevalue(person), at=noon, progress=silent)
