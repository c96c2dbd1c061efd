"""Dates and numbers read right in each language."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import formats, timezone, translation

DAY = date(2021, 8, 25)
MOMENT = datetime(2021, 8, 25, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", ["2021 жылғы 25 тамыз", "25.08.2021", "2021 жылғы тамыз", "25 тамыз"]),
        ("ru", ["25 августа 2021\xa0г.", "25.08.2021", "Август 2021\xa0г.", "25 августа"]),
        ("en", ["25 August 2021", "25 Aug 2021", "August 2021", "25 August"]),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language, expected):
    kinds = ["DATE_FORMAT", "SHORT_DATE_FORMAT", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT"]
    with translation.override(language):
        assert [formats.date_format(DAY, kind) for kind in kinds] == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", "2021 жылғы 25 тамыз, 09:05"),
        ("ru", "25 августа 2021\xa0г., 09:05"),
        ("en", "25 August 2021, 09:05"),
    ],
)
def test_a_moment_is_written_in_almaty_time_with_24_hours(language, expected):
    with translation.override(language):
        assert formats.date_format(timezone.localtime(MOMENT), "DATETIME_FORMAT") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("kk", ["82,4", "1\xa0234\xa0567"]), ("ru", ["82,4", "1\xa0234\xa0567"]), ("en", ["82.4", "1,234,567"])],
)
def test_a_number_has_the_separators_of_the_language(language, expected):
    with translation.override(language):
        assert [formats.localize(82.4), formats.localize(1234567)] == expected


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("typed", ["25.08.2021", "2021-08-25"])
def test_a_day_typed_day_first_or_in_iso_is_understood(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == DAY
