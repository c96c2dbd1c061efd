"""The standard's file is whole: both editions, every requirement, three languages."""

import json

import pytest
from django.conf import settings

from audits.models import Requirement

STANDARD = json.loads((settings.BASE_DIR / "audits/reference/school-cctv.json").read_text(encoding="utf-8"))
FIRST, SECOND = STANDARD["editions"]
CODES = [
    *(f"COV-{number:02}" for number in range(1, 12)),
    *(f"PRV-{number:02}" for number in range(1, 5)),
    *(f"SYS-{number:02}" for number in range(1, 9)),
    *(f"ARC-{number:02}" for number in range(1, 5)),
    *(f"IMG-{number:02}" for number in range(1, 7)),
    *(f"NET-{number:02}" for number in range(1, 4)),
    "ORG-01",
]
each_requirement = pytest.mark.parametrize(
    "requirement", FIRST["requirements"], ids=lambda requirement: requirement["code"]
)


def test_the_first_edition_has_the_37_requirements_in_order():
    assert [requirement["code"] for requirement in FIRST["requirements"]] == CODES


def test_the_later_edition_changes_only_the_storage_period_which_became_law():
    assert SECOND["based_on"] == FIRST["code"]
    assert list(SECOND["changes"]) == ["ARC-01"]
    assert SECOND["changes"]["ARC-01"]["engineering_default"] is False


@each_requirement
def test_a_requirement_fills_the_model(requirement):
    fields = {field.name for field in Requirement._meta.concrete_fields} - {"id", "edition", "position"}
    assert set(requirement) == fields
    Requirement(**requirement).clean_fields(exclude=["edition", "position"])


@each_requirement
def test_a_requirement_speaks_three_languages(requirement):
    for name in ("text", "help", "legal_basis"):
        kk, ru, en = (requirement[f"{name}_{language}"] for language in ("kk", "ru", "en"))
        assert all([kk, ru, en])
        assert not set(ru.lower()) & set("әғқңөұүһі")
        assert not set(en.lower()) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")


@each_requirement
def test_what_is_measured_has_a_threshold_and_a_unit_and_nothing_else_has(requirement):
    measured = requirement["kind"] in ("measured", "share")
    parts = [requirement[name] for name in ("threshold", "comparison", "unit_kk", "unit_ru", "unit_en")]
    assert [bool(part) for part in parts] == [measured] * 5


@each_requirement
def test_a_choice_can_be_met_and_can_be_missed_and_nothing_else_offers_one(requirement):
    meets = {choice["meets"] for choice in requirement["choices"]}
    assert meets == ({True, False} if requirement["kind"] == "choice" else set())


def test_only_the_connection_is_held_to_more_in_a_city():
    stricter = {r["code"]: (r["severity"], r["city_severity"]) for r in FIRST["requirements"] if r["city_severity"]}
    assert stricter == {"NET-01": ("major", "critical")}
