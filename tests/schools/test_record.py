"""What the register says of a school: corrected, renamed, confirmed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.errors import Conflict, Invalid, Outdated
from schools import history, services
from schools.models import Change
from tests.schools.records import history_of, problems_of

AT = timezone.make_aware(datetime(2021, 8, 25, 12))
TODAY = date(2021, 8, 25)
NAMES = {"name_kk": "Абай мектебі", "name_ru": "Школа имени Абая", "name_en": "Abai School"}


def correct(school, by, values, **said):
    return services.correct(school=school, values=values, by=by, **({"reason": "Counted anew", "at": AT} | said))


def rename(school, by, **said):
    said = {"names": NAMES, "on": TODAY, "reason": "Order 7", "at": AT} | said
    return services.rename(school=school, by=by, **said)


# --- Correcting ---


def test_what_differs_is_written_and_kept_and_nothing_else(school, administrator):
    corrected = correct(school, administrator, {"pupils": 311, "floors": 2, "director": " Ахметова А. "})

    assert (corrected.pupils, corrected.director, corrected.version) == (311, "Ахметова А.", 2)
    fields = {"pupils": [300, 311], "director": ["", "Ахметова А."]}
    assert history_of(school) == [("corrected", 2, TODAY, "Counted anew", fields)]


def test_saying_what_is_known_changes_nothing(school, administrator):
    correct(school, administrator, {"pupils": 300, "latitude": None, "longitude": None})

    school.refresh_from_db()
    assert (school.version, history_of(school)) == (1, [])


def test_a_school_corrects_what_it_knows_best_and_hears_of_all_the_rest_at_once(school, administrator):
    with pytest.raises(PermissionDenied, match="Only the department may change: Kind, Locality in Kazakh"):
        correct(school, administrator, {"pupils": 311, "kind": "lyceum", "locality_kk": "Риддер"})

    school.refresh_from_db()
    assert school.pupils == 300


def test_the_department_corrects_every_descriptive_column(school, officer):
    values = {"kind": "lyceum", "ownership": "private", "setting": "city", "locality_ru": "Риддер", "pupils": 5}
    values |= {"latitude": Decimal("50.34"), "longitude": Decimal("83.51"), "address": "Абай к., 1"}
    corrected = correct(school, officer, values)

    assert {name: getattr(corrected, name) for name in values} == values
    assert history_of(school)[0][4]["latitude"] == [None, "50.34"]


@pytest.mark.parametrize("name", ["code", "opened_on", "closed_on", "name_kk", "version", "confirmed_at"])
def test_what_is_not_a_description_is_not_corrected(school, head, name):
    with pytest.raises(Invalid) as refused:
        correct(school, head, {name: "x"})

    assert list(problems_of(refused)) == [name]


def test_all_that_is_wrong_with_a_correction_is_said_at_once(school, head):
    with pytest.raises(Invalid) as refused:
        correct(school, head, {"pupils": -1, "floors": 0, "email": "nobody", "kind": "castle", "phone": "8" * 60})

    assert set(problems_of(refused)) == {"pupils", "floors", "email", "kind", "phone"}


@pytest.mark.parametrize("who", ["inspector", "viewer", "statistician", "stranger"])
def test_others_correct_nothing(who, school, request):
    with pytest.raises(PermissionDenied):
        correct(school, request.getfixturevalue(who), {"pupils": 1})


def test_an_older_version_is_told_what_is_different_and_writes_nothing(school, administrator, officer):
    correct(school, officer, {"pupils": 500, "kind": "lyceum"})
    correct(school, officer, {"pupils": 510})

    with pytest.raises(Outdated) as outdated:
        correct(school, administrator, {"pupils": 311}, expects=1)

    assert outdated.value.version == 3
    told = [(each.label, each.was, each.became, each.by) for each in outdated.value.differences]
    assert told == [
        ("Kind", "General secondary school", "Lyceum", "Marat"),
        ("Pupils", "300", "510", "Marat"),
    ]
    school.refresh_from_db()
    assert school.pupils == 510


def test_what_was_changed_and_changed_back_is_no_difference(school, administrator, officer):
    correct(school, officer, {"pupils": 500})
    correct(school, officer, {"pupils": 300})

    with pytest.raises(Outdated) as outdated:
        correct(school, administrator, {"floors": 3}, expects=1)

    assert outdated.value.differences == []


# --- Renaming ---


def test_a_new_name_holds_since_a_day_that_has_come(school, officer):
    was = {name: getattr(school, name) for name in NAMES}
    renamed = rename(school, officer, on=date(2021, 7, 1))

    assert (renamed.name_ru, renamed.version) == ("Школа имени Абая", 2)
    fields = {name: [was[name], NAMES[name]] for name in NAMES}
    assert history_of(school) == [("renamed", 2, date(2021, 7, 1), "Order 7", fields)]


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2015, 8, 31)])
def test_a_school_is_not_renamed_for_a_day_to_come_or_before_it_opened(school, officer, on):
    with pytest.raises(Invalid) as refused:
        rename(school, officer, on=on)

    assert list(problems_of(refused)) == ["on"]


def test_renamings_follow_each_other(school, officer):
    rename(school, officer, on=date(2021, 7, 1))

    with pytest.raises(Invalid, match="renamed on 1 July 2021 already"):
        rename(school, officer, names=NAMES | {"name_en": "Other"}, on=date(2021, 6, 30))


def test_a_name_is_given_in_every_language(school, officer):
    with pytest.raises(Invalid) as refused:
        rename(school, officer, names=NAMES | {"name_kk": " ", "name_en": ""})

    assert set(problems_of(refused)) == {"name_kk", "name_en"}


def test_a_school_does_not_rename_itself(school, administrator):
    with pytest.raises(PermissionDenied):
        rename(school, administrator)


# --- Confirming ---


@pytest.mark.parametrize("who", ["administrator", "officer"])
def test_the_school_or_its_department_confirms(who, school, request):
    person = request.getfixturevalue(who)
    confirmed = services.confirm(school=school, by=person, at=AT)

    assert (confirmed.confirmed_at, confirmed.confirmed_by, confirmed.version) == (AT, person, 2)
    assert history_of(school) == [("confirmed", 2, TODAY, "", {})]


@pytest.mark.parametrize("who", ["inspector", "viewer", "statistician", "stranger"])
def test_others_confirm_nothing(who, school, request):
    with pytest.raises(PermissionDenied):
        services.confirm(school=school, by=request.getfixturevalue(who), at=AT)


def test_a_closed_school_confirms_nothing(school, administrator):
    school.closed_on = TODAY
    school.save()

    with pytest.raises(Conflict, match="closed"):
        services.confirm(school=school, by=administrator, at=AT)


def test_what_was_not_seen_is_not_confirmed(school, administrator, officer):
    correct(school, officer, {"pupils": 500})

    with pytest.raises(Outdated):
        services.confirm(school=school, by=administrator, at=AT, expects=1)

    school.refresh_from_db()
    assert school.confirmed_at is None


def test_a_correction_may_confirm_all_the_rest(school, administrator):
    correct(school, administrator, {"pupils": 311}, confirms=True)

    assert [(act, version) for act, version, *_ in history_of(school)] == [("corrected", 2), ("confirmed", 3)]
    school.refresh_from_db()
    assert (school.confirmed_at, school.version) == (AT, 3)


def test_the_history_is_told_in_words(school, officer):
    correct(school, officer, {"has_outdoor_toilet": True, "kind": "lyceum", "latitude": "50.34", "longitude": "83.51"})

    [entry] = history.narrated(Change.objects.filter(school=school))
    assert [(each["label"], each["was"], each["became"]) for each in entry["fields"]] == [
        ("Kind", "General secondary school", "Lyceum"),
        ("Has an outdoor toilet", "No", "Yes"),
        ("Latitude", "—", "50.34"),
        ("Longitude", "—", "83.51"),
    ]
