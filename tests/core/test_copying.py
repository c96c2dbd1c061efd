"""Many rows at once are the rows that were meant."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core import copying
from schools.models import School
from tests.factories import SchoolFactory

COLUMNS = [
    *("id", "version", "code", "name_kk", "name_ru", "name_en", "kind", "ownership", "setting", "locality_kk"),
    *("locality_ru", "locality_en", "pupils", "floors", "has_outdoor_toilet", "director", "phone", "email", "address"),
    *("opened_on", "latitude"),
]


def row(key, director="", code=None):
    texts = (code or f"C-{key}", "а", "б", "c", "primary", "state", "city", "а", "б", "c")
    return [key, 1, *texts, 7, 2, False, director, "", "", "", date(2000, 1, 1), None]


AWKWARD = ["", " ", "\\.", "a\n\\.\nb", "\\N", "NULL", 'a "b", c', "tab\tand\r\nline", "Ә😀", "'=1"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_is_kept_as_it_is(text):
    (key,) = copying.new_keys(School, 1)

    copying.copy_in(School, COLUMNS, [row(key, director=text)])

    school = School.objects.get()
    assert (school.pk, school.director, school.closed_on, school.has_outdoor_toilet) == (key, text, None, False)
    copying.copy_over(School, ["director", "latitude"], [[key, f"{text}!", Decimal("50.12345")]])
    school.refresh_from_db()
    assert (school.director, school.latitude) == (f"{text}!", Decimal("50.12345"))


@pytest.mark.django_db
def test_keys_are_given_once():
    keys = copying.new_keys(School, 3)

    assert len({*keys, *copying.new_keys(School, 2), SchoolFactory().pk}) == 6


@pytest.mark.django_db
def test_only_the_columns_and_rows_that_are_named_change():
    one, other = SchoolFactory(director="A"), SchoolFactory(director="B")

    copying.copy_over(School, ["director"], [[one.pk, "C"]])
    copying.copy_over(School, ["pupils"], [[one.pk, 5]])

    found = School.objects.order_by("pk").values_list("director", "pupils")
    assert list(found) == [("C", 5), ("B", other.pupils)]


@pytest.mark.django_db
def test_more_rows_than_go_at_once_all_come(monkeypatch):
    monkeypatch.setattr(copying, "BATCH", 2)
    keys = copying.new_keys(School, 5)

    copying.copy_in(School, COLUMNS, (row(key) for key in keys))

    assert School.objects.count() == 5


@pytest.mark.django_db
def test_a_constraint_that_is_broken_is_an_error_of_django():
    keys = copying.new_keys(School, 2)

    with pytest.raises(IntegrityError), transaction.atomic():
        copying.copy_in(School, COLUMNS, [row(key, code="SAME") for key in keys])
