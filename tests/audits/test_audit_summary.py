"""The summary before an audit is submitted, and its submission."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audits import services
from audits.models import Audit, Status


@pytest.fixture
def summary(audit):
    return reverse("audits:audit_summary", args=[audit.pk])


def test_the_summary_leads_to_everything_that_is_missing(browse, audit, inspector, say, summary):
    say("C-01", result="not_met")

    page = browse(inspector).get(summary)

    assert [row.requirement.code for row in page.context["sheet"].missing] == ["M-01", "N-01"]
    assert f'href="/audits/{audit.pk}/checklist/archive/#M-01"' in page.text
    assert "none yet" in page.text
    assert 'disabled aria-describedby="why-not"' in page.text


def test_the_summary_tells_the_verdict_before_it_is_computed_for_good(browse, audit, inspector, say, summary):
    for code, result in {"C-01": "met", "M-01": "not_met", "N-01": "met"}.items():
        say(code, result=result)

    page = browse(inspector).get(summary)

    assert "Non-compliant</span>" in page.text
    assert "disabled" not in page.text
    assert Audit.objects.get().verdict == ""


def test_submitting_too_early_names_what_is_missing(browse, audit, inspector):
    refused = browse(inspector).post(reverse("audits:audit_submit", args=[audit.pk]))

    assert refused.status_code == 422
    assert "Critical and major requirements without an answer: C-01, M-01, N-01." in refused.text
    assert Audit.objects.get().status == Status.IN_PROGRESS


def test_a_complete_audit_is_submitted(browse, audit, inspector, say):
    for code in ("C-01", "M-01", "N-01"):
        say(code, result="met")

    browse(inspector).post(reverse("audits:audit_submit", args=[audit.pk]))

    audit.refresh_from_db()
    assert (audit.status, audit.verdict) == ("submitted", "compliant")


def test_the_checklist_of_a_submitted_audit_leads_to_its_page(browse, audit, inspector, say, noon):
    for code in ("C-01", "M-01", "N-01"):
        say(code, result="met")
    services.submit(audit=audit, by=inspector, at=noon + timedelta(hours=1))

    for address in ("checklist/", "checklist/coverage/", "summary/"):
        moved = browse(inspector).get(f"/audits/{audit.pk}/{address}")
        assert moved.headers["Location"] == reverse("audits:audit_page", args=[audit.pk])
