"""Cells as people and programs write them."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils.translation import override

from bulk import cells
from bulk.kinds import Unreadable
from schools.models import Region


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("№ 12", "№ 12"),
        (12.0, "12"),
        (0.5, "0.5"),
        (True, "True"),
        (date(2021, 9, 1), "2021-09-01"),
        (datetime(2021, 9, 1), "2021-09-01"),
        (datetime(2021, 9, 1, 13, 30), "2021-09-01 13:30:00"),
    ],
)
def test_text_is_what_a_person_sees_in_the_cell(cell, value):
    assert cells.Text(40)(cell) == value


@pytest.mark.parametrize("cell", ["12345678901", "a\x00b"])
def test_text_that_does_not_fit_or_cannot_be_kept_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.Text(10)(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (7.0, 7),
        ("7", 7),
        (" 7 ".strip(), 7),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("7,0", 7),
        (0, 0),
        (6.9999999999, 7),
    ],
)
def test_whole_numbers_are_read_however_they_are_written(cell, value):
    assert cells.Whole(0, 5000)(cell) == value


@pytest.mark.parametrize(
    "cell", ["", "seven", "7.5", 7.5, -1, 5001, True, "1e3", "Infinity", float("inf"), float("nan"), date(2021, 9, 1)]
)
def test_what_is_no_whole_number_within_its_bounds_is_refused_with_what_is_expected(cell):
    with override("en"), pytest.raises(Unreadable, match="Expected: a whole number from 0 to 5,000"):
        cells.Whole(0, 5000)(cell)


@pytest.mark.parametrize(
    ("cell", "value"), [("2,8", "2.80"), ("2.8", "2.80"), (2.8, "2.80"), (0.1 + 0.2, "0.30"), (3, "3.00")]
)
def test_fractions_take_a_comma_or_a_point_and_forgive_the_noise_of_programs(cell, value):
    assert str(cells.Fraction(Decimal(0), Decimal(100), 2)(cell)) == value


@pytest.mark.parametrize("cell", ["2.801", 101, "1,000,5", "x", "-0.01"])
def test_fractions_keep_to_their_places_and_bounds(cell):
    with pytest.raises(Unreadable):
        cells.Fraction(Decimal(0), Decimal(100), 2)(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(True, True), (1.0, True), ("Иә", True), ("ДА", True), ("yes", True), (False, False), (0.0, False)]
    + [(word, False) for word in ("жоқ", "Нет", "NO", "false")],
)
def test_yes_and_no_are_understood_in_three_languages(cell, value):
    assert cells.YesNo()(cell) is value


@pytest.mark.parametrize("cell", ["maybe", 2.0, "-"])
def test_neither_yes_nor_no_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.YesNo()(cell)


@pytest.mark.parametrize(
    "cell", [date(2021, 9, 1), datetime(2021, 9, 1), datetime(2021, 9, 1, 8), "2021-09-01", "01.09.2021", "1.9.2021"]
)
def test_a_day_is_read_as_a_program_or_a_person_writes_it(cell):
    assert cells.Day()(cell) == date(2021, 9, 1)


@pytest.mark.parametrize(
    "cell", ["31.02.2021", "2021-13-01", "soon", "9/1/2021", 44440.0, time(8), "01.01.1021", "1.1.9021"]
)
def test_what_is_no_day_of_our_times_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.Day()(cell)


def test_a_choice_is_known_by_its_code_and_by_its_word_in_each_language():
    read = cells.Choice(Region.Kind)
    words = {"region", " REGION ".strip()}
    for language in ("kk", "ru", "en"):
        with override(language):
            words.add(str(Region.Kind.REGION.label))

    assert {read(word) for word in words} == {"region"}
    assert len(words) >= 4


def test_an_unknown_choice_names_those_there_are():
    with override("en"), pytest.raises(Unreadable, match="“village” cannot be read here. Expected: one of: "):
        cells.Choice(Region.Kind)("village")


def test_a_long_cell_is_quoted_by_its_beginning():
    with pytest.raises(Unreadable) as refused:
        cells.YesNo()("x" * 500)

    assert len(str(refused.value)) < 150


def test_blank_cells_are_what_their_columns_hold_for_nothing():
    blank = [each.blank for each in (cells.Text(9), cells.Text(9, None), cells.Whole(0, 9), cells.Day(), cells.YesNo())]

    assert blank == ["", None, None, None, None]
