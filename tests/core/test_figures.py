"""The one place where a share is rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import share


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (533, 647, "82.4"),  # the press cut it off at 82.3
        (0, 647, "0.0"),
        (647, 647, "100.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2000, "0.1"),  # 0.05 exactly: half up
        (3, 2000, "0.2"),  # 0.15, where half to even and binary fractions both fail
        (1, 2001, "0.0"),
    ],
)
def test_a_share_is_rounded_half_up_to_a_tenth(numerator, denominator, percent):
    assert share(numerator, denominator) == Decimal(percent)


def test_there_is_no_share_of_nothing():
    assert share(0, 0) is None


@given(st.integers(1, 10**7), st.data())
def test_a_share_is_the_tenth_that_whole_numbers_alone_give(denominator, data):
    numerator = data.draw(st.integers(0, denominator))

    assert share(numerator, denominator) * 10 == (2000 * numerator + denominator) // (2 * denominator)
