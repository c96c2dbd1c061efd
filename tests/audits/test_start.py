"""Beginning a visit, and whose audits make violations."""

from datetime import date, timedelta

import pytest

from audits import ledger, services
from audits.models import Status
from audits.services import NotAllowedFrom
from core.errors import Invalid
from tests.factories import (
    AuditFactory,
    StandardFactory,
    audit_approved,
    audit_in_progress,
)

VISIT = date(2021, 8, 24)


# --- Beginning a visit, and whose audits make violations ---


def test_an_inspector_who_no_longer_serves_the_school_cannot_begin(api, edition, inspector, school, noon):
    audit = AuditFactory(school=school, inspector=inspector)
    inspector.memberships.all().delete()

    response = api(inspector).post(f"/api/v1/audits/{audit.pk}/start/", {"visited_on": VISIT.isoformat()})

    assert response.status_code == 403
    audit.refresh_from_db()
    assert audit.status == Status.PLANNED


def test_a_visit_to_a_school_that_is_closed_that_day_cannot_be_begun(edition, inspector, school, noon):
    audit = AuditFactory(school=school, inspector=inspector)
    type(school).objects.update(closed_on=VISIT)

    with pytest.raises(Invalid, match=r"The school is not open on that day\."):
        services.start(audit=audit, visited_on=VISIT, by=inspector, at=noon)
    assert (
        services.start(audit=audit, visited_on=VISIT - timedelta(days=1), by=inspector, at=noon).status
        == Status.IN_PROGRESS
    )


def test_all_that_is_wrong_with_a_beginning_is_said_at_once(edition, inspector, school, noon):
    audit = AuditFactory(school=school, inspector=inspector)
    type(school).objects.update(closed_on=VISIT)

    with pytest.raises(Invalid) as refused:
        services.start(audit=audit, visited_on=date(2999, 1, 1), by=inspector, at=noon)
    assert list(refused.value.problems) == [
        "The day of the visit lies in the future.",
        "The school is not open on that day.",
    ]


def test_an_audit_begun_already_is_a_conflict(edition, inspector, school, noon):
    audit = audit_in_progress(school=school, inspector=inspector)

    with pytest.raises(NotAllowedFrom):
        services.start(audit=audit, visited_on=VISIT, by=inspector, at=noon)


def test_the_ledger_reads_only_the_standard_that_decides_standing(school):
    audit_approved(school=school, standard=StandardFactory(slug="drills", decides_standing=False))
    ledger.rebuild(school)
    assert not school.violations.exists()

    audit_approved(school=school)
    ledger.rebuild(school)
    assert [each.code for each in school.violations.all()] == ["C-01"]
