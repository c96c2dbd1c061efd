"""What was expected of an audit is kept with it when it is submitted, and compared with the answers."""

from datetime import date
from decimal import Decimal

import pytest

from audits import services
from audits.answers import Finding
from audits.models import Expectation
from audits.precheck import expectations, expected_in
from cameras.models import Camera
from core.errors import Invalid
from tests.answers import page_text
from tests.factories import (
    AuditFactory,
)

VISIT = date(2021, 8, 24)


def visit(school, inspector, noon, edition):
    """A visit that found everything met."""
    audit = services.start(
        audit=AuditFactory(school=school, inspector=inspector), visited_on=VISIT, by=inspector, at=noon
    )
    findings = [
        Finding(row.code, result="" if row.choices else "met", choice=row.choices[0]["value"] if row.choices else "")
        for row in edition.requirements.all()
        if row.applies_to_school(audit.building)
    ]
    services.answer(audit=audit, findings=findings, by=inspector, at=noon)
    return audit


# --- Frozen with the audit ---


def test_submitting_keeps_what_was_expected_beside_the_answers(standard, watched, inspector, noon):
    audit = visit(watched, inspector, noon, standard)
    services.submit(audit=audit, by=inspector, at=noon)

    kept = {each.requirement.code: each for each in audit.expectations.select_related("requirement")}
    assert (kept["IMG-03"].outcome, kept["IMG-03"].agreement) == ("not_met", "milder")
    assert (kept["COV-05"].outcome, kept["COV-05"].agreement) == ("unknown", "unknown")
    assert kept["IMG-03"].grounds["numbers"]["density"] == 192
    assert set(kept) == {each.requirement.code for each in expectations(watched, standard, VISIT)}
    audit.refresh_from_db()
    assert audit.verdict == "compliant"  # the answer stands


def test_what_was_expected_does_not_change_with_the_inventory(standard, watched, inspector, noon):
    audit = visit(watched, inspector, noon, standard)
    services.submit(audit=audit, by=inspector, at=noon)
    audit.refresh_from_db()
    before = [(each.requirement.code, each.outcome, each.formula, each.cameras) for each in expected_in(audit)]
    Camera.objects.update(width_px=640, zone="hall")

    assert [(e.requirement.code, e.outcome, e.formula, e.cameras) for e in expected_in(audit)] == before


def test_submitting_again_replaces_what_was_expected(standard, watched, inspector, head, noon):
    audit = visit(watched, inspector, noon, standard)
    services.submit(audit=audit, by=inspector, at=noon)
    services.return_(audit=audit, reason="Look again", by=head, at=noon)
    services.resume(audit=audit, by=inspector, at=noon)
    Camera.objects.filter(number=1).update(target_distance=Decimal(2))
    services.answer(audit=audit, findings=[Finding("IMG-03", result="not_met")], by=inspector, at=noon)
    services.submit(audit=audit, by=inspector, at=noon)

    kept = audit.expectations.get(requirement__code="IMG-03")
    assert (kept.outcome, kept.agreement) == ("met", "stricter")


def test_a_submission_that_is_refused_keeps_nothing(standard, watched, inspector, noon):
    audit = visit(watched, inspector, noon, standard)
    services.answer(audit=audit, findings=[Finding("COV-01")], by=inspector, at=noon)
    with pytest.raises(Invalid):
        services.submit(audit=audit, by=inspector, at=noon)

    assert not Expectation.objects.exists()


def test_the_page_of_the_audit_counts_and_marks_where_the_inspector_differs(
    browse, head, viewer, standard, watched, inspector, noon
):
    audit = visit(watched, inspector, noon, standard)
    services.submit(audit=audit, by=inspector, at=noon)
    services.approve(audit=audit, by=head, at=noon)
    kept = audit.expectations
    differing, comparable = kept.filter(agreement="milder").count(), kept.exclude(outcome="unknown").count()
    text = page_text(browse(head).get(f"/audits/{audit.pk}/"))

    said = f"The inspector differs from the pre-check in {differing} of {comparable} answers that can be compared."
    assert (said in text, text.count("Pre-check</p>") or text.count("Why this was expected")) == (True, differing)
    assert "= 192 px/m (Recognise)" in text
    of_the_country = page_text(browse(viewer).get(f"/audits/{audit.pk}/"))
    assert said in of_the_country
    assert "192 px/m" not in of_the_country
