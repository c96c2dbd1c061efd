"""Violations through the REST API."""

import pytest
from django.utils import timezone

from audits import services
from tests.factories import audit_submitted

VIOLATIONS = "/api/v1/violations/"


@pytest.fixture
def audit(school, inspector, head):
    """An approved audit that found C-01 not met."""
    return services.approve(audit=audit_submitted(school=school, inspector=inspector), by=head, at=timezone.now())


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("viewer", 1),
        ("head", 1),
        ("officer", 1),
        ("inspector", 1),
        ("administrator", 1),
        ("statistician", 0),
        ("stranger", 0),
    ],
)
def test_violations_are_for_those_who_may_know_the_weak_spots(api, request, audit, person, seen):
    client = api(request.getfixturevalue(person))

    assert client.get(VIOLATIONS, {"state": "open"}).json()["count"] == seen


def test_a_violation_names_its_audits(api, viewer, audit, school):
    [violation] = api(viewer).get(VIOLATIONS).json()["results"]

    witness = {"id": audit.pk, "visited_on": "2021-05-10"}
    assert violation == {
        "id": violation["id"],
        "school": {"code": school.code, "name": school.name_en},
        "code": "C-01",
        "requirement": "Requirement C-01",
        "severity": "critical",
        "state": "open",
        "state_label": "Open",
        "found_by": witness,
        "seen_by": witness,
        "fixed_by": None,
    }
    assert api(viewer).get(f"{VIOLATIONS}{violation['id']}/").json() == violation


def test_violations_are_narrowed_by_school_state_severity_and_code(api, viewer, audit, school):
    client = api(viewer)

    for query in ({"school": school.code}, {"state": "open"}, {"severity": "critical"}, {"code": "C-01"}):
        assert client.get(VIOLATIONS, query).json()["count"] == 1
    for query in ({"school": "other"}, {"state": "fixed"}, {"severity": "minor"}, {"code": "M-01"}):
        assert client.get(VIOLATIONS, query).json()["count"] == 0
