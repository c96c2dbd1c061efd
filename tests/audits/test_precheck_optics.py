"""Pixel density, distances and storage against values worked by hand, and as properties."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audits.precheck.optics import LEVELS, density, greatest_distance, level_below, level_of
from audits.precheck.storage import days_kept, needed_tb

pixels = st.integers(1, 8000)
angles = st.floats(1, 179)
distances = st.floats(0.1, 500)


def test_1920_pixels_over_90_degrees_at_5_metres_recognise_but_do_not_identify():
    reached = density(1920, 90, 5)

    assert reached == 192
    assert level_of(reached).key == "recognise"


@pytest.mark.parametrize(
    ("px", "angle", "distances"),
    [
        (1280, 90, ["2.56", "5.12", "10.24", "25.60", "51.20"]),
        (1920, 60, ["6.65", "13.30", "26.60", "66.51", "133.02"]),
        (1920, 90, ["3.84", "7.68", "15.36", "38.40", "76.80"]),
        (1920, 105, ["2.95", "5.89", "11.79", "29.47", "58.93"]),
        (2560, 90, ["5.12", "10.24", "20.48", "51.20", "102.40"]),
        (3840, 90, ["7.68", "15.36", "30.72", "76.80", "153.60"]),
    ],
)
def test_the_greatest_distance_for_each_level(px, angle, distances):
    levels = ["identify", "recognise", "observe", "detect", "monitor"]
    required = {level.key: level.density for level in LEVELS}

    assert [str(round(greatest_distance(px, angle, required[key]), 2)) for key in levels] == distances


def test_the_levels_of_the_edition_of_2014():
    table = [(level.key, str(level.density)) for level in LEVELS]

    assert table == [
        ("monitor", "12.5"),
        ("detect", "25"),
        ("observe", "62.5"),
        ("recognise", "125"),
        ("identify", "250"),
        ("inspect", "1000"),
    ]
    assert [level_of(Decimal(value)) and level_of(Decimal(value)).key for value in ("12.4", "12.5", "5000")] == [
        None,
        "monitor",
        "inspect",
    ]
    assert (level_below(Decimal(125)).key, level_below(Decimal("12.5"))) == ("observe", None)


@pytest.mark.parametrize(
    ("px", "angle", "distance"),
    [(1920, 0, 5), (1920, 180, 5), (1920, -1, 5), (1920, 90, 0), (1920, 90, -2), (-1, 90, 5)],
)
def test_a_view_that_cannot_be_is_refused(px, angle, distance):
    with pytest.raises(ValueError, match="distance|density|field of view|pixels"):
        density(px, angle, distance)
    with pytest.raises(ValueError, match="distance|density|field of view|pixels"):
        greatest_distance(px, angle, distance)


@given(pixels, pixels, angles, distances)
def test_more_pixels_never_show_less(some, more, angle, distance):
    assume(some <= more)

    assert density(some, angle, distance) <= density(more, angle, distance)


@given(pixels, angles, distances, distances)
def test_what_is_farther_is_never_shown_better(px, angle, near, far):
    assume(near <= far)

    assert density(px, angle, near) >= density(px, angle, far)


@given(pixels, st.floats(1, 170), st.floats(1, 1000))
def test_at_the_greatest_distance_the_density_is_the_one_asked_for(px, angle, required):
    distance = greatest_distance(px, angle, required)
    assume(distance >= 1)

    assert float(density(px, angle, distance)) == pytest.approx(required, rel=1e-5)


@pytest.mark.parametrize(("cameras", "mbps", "terabytes"), [(16, 4, "20.74"), (16, 2, "10.37"), (24, 4, "31.10")])
def test_what_thirty_days_need(cameras, mbps, terabytes):
    assert str(round(needed_tb(Decimal(cameras * mbps), Decimal(30)), 2)) == terabytes


def test_8_terabytes_hold_16_streams_of_4_megabits_for_11_days_and_a_half():
    assert str(round(days_kept(Decimal(8), Decimal(64)), 1)) == "11.6"
