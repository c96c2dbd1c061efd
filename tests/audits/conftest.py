"""How tests of pages get in, and an audit with one requirement of each kind."""

from decimal import Decimal

import pytest
from django.urls import reverse

from audits.editions import load_standard
from audits.models import Edition, Verdict
from tests.factories import (
    LONG_AGO_AT,
    CameraFactory,
    RequirementFactory,
    StandardFactory,
    audit_approved,
    audit_in_progress,
)

CONNECTION = [
    {"value": "connected", "label_kk": "Қосылған", "label_ru": "Подключена", "label_en": "Connected", "meets": True},
    {"value": "unable", "label_kk": "Қосыла алмайды", "label_ru": "Невозможно", "label_en": "Unable", "meets": False},
]


@pytest.fixture
def edition(db):
    """Coverage: C-01 critical, C-02 minor for two floors and more. Archive: M-01 major, 30 days at least.

    Network: N-01 major, a choice; S-01 minor.
    """
    edition = Edition.objects.create(
        standard=StandardFactory(),
        code="2019",
        in_force_from="2019-02-01",
        title_kk="2019",
        title_ru="2019",
        title_en="Edition of 2019",
        legal_act_kk="V1900018239",
        legal_act_ru="V1900018239",
        legal_act_en="V1900018239",
    )
    asked = [
        {"code": "C-01"},
        {"code": "C-02", "severity": "minor", "applies_to": "multi_storey"},
        {"code": "M-01", "section": "archive", "severity": "major", "kind": "measured", "engineering_default": True},
        {"code": "N-01", "section": "network", "severity": "major", "kind": "choice", "choices": CONNECTION},
        {"code": "S-01", "section": "network", "severity": "minor"},
    ]
    for position, row in enumerate(asked, start=1):
        measure = {"threshold": 30, "comparison": "at_least", "unit_en": "days"} if row["code"] == "M-01" else {}
        RequirementFactory(edition=edition, position=position, **row | measure)
    edition.published_at = LONG_AGO_AT
    edition.save()
    return edition


@pytest.fixture
def failing(district):
    """A non-compliant school named like a formula."""
    school = CameraFactory(
        system__school__district=district, system__school__code="F1", system__school__name_en="=School", state="faulty"
    ).system.school
    audit_approved(school=school, verdict=Verdict.NON_COMPLIANT)
    return school


@pytest.fixture
def standard(db):
    """The reference standard, as it is published."""
    load_standard()
    return Edition.objects.get(code="2019")


@pytest.fixture
def watched(school):
    """A door camera that shows too little, one in the yard of which nothing is recorded."""
    door = CameraFactory(
        system__school=school,
        system__number=1,
        number=1,
        width_px=1920,
        height_px=1080,
        field_of_view=Decimal(90),
        target_distance=Decimal(5),
        floor=1,
    )
    CameraFactory(system=door.system, number=2, zone="yard", state=False)
    return school


@pytest.fixture
def audit(edition, school, inspector):
    return audit_in_progress(school=school, inspector=inspector)


@pytest.fixture
def say(browse, inspector, audit):
    """Send one answer as the browser does by itself: say("M-01", value="12")."""

    def send(code, **fields):
        said = {f"{code}-{name}": value for name, value in fields.items()}
        return browse(inspector).post(reverse("audits:checklist_answer", args=[audit.pk, code]), said)

    return send
