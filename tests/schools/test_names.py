"""How names of schools sort and how they are found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.models import KAZAKH_ALPHABET, School, folded
from tests.factories import SchoolFactory

WRITTEN = KAZAKH_ALPHABET + KAZAKH_ALPHABET.upper() + "ABCxyz №-–«»\"'`’.,()/0123456789 \t"
TEXT = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=("Cs",)) | st.sampled_from(WRITTEN))


@pytest.mark.parametrize(
    "ordered",
    [
        ["№ 2 мектеп", "№ 10 мектеп", "№ 100 мектеп"],
        ["№ 2 мектеп", "№ 2а мектеп", "№ 10 мектеп"],
        ["Абай", "Әуезов", "Бөкей", "Ғабдуллин", "Жамбыл"],
        ["Құрманғазы 9", "құрманғазы 10", "Құрманғазы 11"],
        ["Мектеп 7", "Мектеп 07б", "Мектеп 8"],
    ],
)
def test_names_sort_by_the_kazakh_alphabet_and_numbers_by_value(db, ordered):
    for name in reversed(ordered):
        SchoolFactory(name_kk=name)

    kept = [school.name_kk for school in School.objects.sorted_by_name()]
    assert kept == ordered


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Өскемен", "оскемен"),
        ("Катон-Қарағай", "катонкарагай"),
        ("№ 10 мектеп", "№10"),
        ("Шәкәрім «Алаш»", "шакарим"),
        ("Щучинск", "шучинск"),
        ("Объездная", "обездная"),
    ],
)
def test_a_school_is_found_however_its_name_is_spelt(db, name, asked):
    school = SchoolFactory(name_kk=name)

    assert School.objects.get(search_text__contains=folded(asked)) == school


@given(texts=st.tuples(*[TEXT] * 6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_folds_every_text_as_the_search_does(school, texts):
    columns = [f"{field}_{language}" for field in ("name", "locality") for language in ("kk", "ru", "en")]
    School.objects.filter(pk=school.pk).update(**{c: t[:100] for c, t in zip(columns, texts, strict=True)})

    kept = School.objects.get(pk=school.pk)
    assert kept.search_text == " ".join(folded(text[:100]) for text in (*texts, kept.code))
