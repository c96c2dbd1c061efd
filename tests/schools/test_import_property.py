"""An import of schools writes what the same acts would have written one by one."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools import services
from schools.models import School
from tests.factories import SchoolFactory
from tests.imports import imported, undo
from tests.schools.rows import NEW

TEXT = st.text("аЯ№1 ;\"'\\=-қ", max_size=8).map(lambda text: text.strip())
NAMES = ("name_kk", "name_ru", "name_en")
ROW = st.fixed_dictionaries(
    {
        "name_ru": TEXT.map(lambda text: f"Школа {text}".strip()),
        "kind": st.sampled_from(School.Kind.values),
        "pupils": st.integers(0, 3000),
        "has_outdoor_toilet": st.booleans(),
        "director": TEXT.map(lambda text: text.lstrip("'")),
        "email": st.sampled_from(["", "a@example.kz"]),
    }
)


def act(code, row, *, district, by, at):
    """What a person would do who has the row in hand."""
    who = {"reason": "Order 7", "by": by, "at": at}
    school = School.objects.filter(code=code).first()
    if school is None:
        said = {name: NEW[name] for name in NEW if name not in {"code", "district", "opened_on", "kind"}}
        details = {**said, **row, "latitude": "50.3441", "longitude": "83.5129"}
        services.register(district=district, code=code, details=details, opened_on=date(1972, 9, 1), **who)
        return
    names = {name: row[name] for name in NAMES if name in row}
    services.rename(school=school, names=names, on=date(2021, 8, 25), **who)
    services.correct(school=school, values={name: row[name] for name in row if name not in NAMES}, **who)


def facts(codes):
    """All that is known of the schools, without keys, codes and versions."""
    unlike = {"id", "code", "version", "search_text"}
    rows = School.objects.filter(code__in=codes).order_by("code").values()
    placements = School.objects.filter(code__in=codes).order_by("code")
    placed = placements.values_list("placements__district", "placements__valid_from", "placements__valid_to")
    return [{name: value for name, value in row.items() if name not in unlike} for row in rows], list(placed)


def cells(row):
    words = {True: "yes", False: "no"}
    return {name: words[cell] if isinstance(cell, bool) else str(cell).replace('"', '""') for name, cell in row.items()}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(ROW, max_size=2), new=st.lists(ROW, max_size=2))
def test_an_import_is_the_same_acts_one_by_one_and_its_undo_is_none(district, head, noon, known, new):
    with transaction.atomic():
        by_hand, by_file = ([f"{prefix}-{n}" for n in range(len(known + new))] for prefix in ("HAND", "FILE"))
        for code in (*by_hand[: len(known)], *by_file[: len(known)]):
            SchoolFactory(code=code, district=district, name_kk="а", name_ru="б", name_en="c")
        before = facts(by_file)
        for code, row in zip(by_hand, known + new, strict=True):
            act(code, row, district=district, by=head, at=noon)
        table = [{**cells(row), "code": code} for code, row in zip(by_file, known + new, strict=True)]
        tables = table[: len(known)], [{**NEW, **row} for row in table[len(known) :]]

        done = [imported("schools", *rows, by=head, at=noon) for rows in tables if rows]

        assert facts(by_file) == facts(by_hand)
        for each in done:
            undo(each, by=head, at=noon)
        assert facts(by_file) == before
        transaction.set_rollback(True)
