"""The field form: what is asked, what is kept, what is refused."""

from decimal import Decimal

import pytest
from django.urls import reverse

from audits import services
from audits.models import Answer
from tests.factories import audit_in_progress


def section_of(audit, key):
    return reverse("audits:checklist_section", args=[audit.pk, key])


def kept(audit, code):
    """What is stored for a requirement: (result, value, choice, note)."""
    answers = Answer.objects.filter(audit=audit, requirement__code=code)
    return answers.values_list("result", "value", "choice", "note").get()


# --- What is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "section"),
    [
        ({}, "coverage"),
        ({"C-01": "met"}, "archive"),
        ({"C-01": "met", "M-01": "met"}, "network"),
        ({"C-01": "met", "M-01": "met", "N-01": "met"}, "coverage"),
        ({"C-01": "met", "C-02": "met", "M-01": "met", "N-01": "met"}, "network"),
    ],
)
def test_the_checklist_resumes_at_the_first_section_that_misses_something(
    browse, edition, school, inspector, results, section
):
    audit = audit_in_progress(school=school, inspector=inspector, results=results)

    resumed = browse(inspector).get(reverse("audits:audit_checklist", args=[audit.pk]))

    assert resumed.headers["Location"] == section_of(audit, section)


def test_only_what_applies_to_the_school_is_asked(browse, audit, school, inspector):
    assert "Requirement C-02" in browse(inspector).get(section_of(audit, "coverage")).text
    school.floors = 1
    school.save()
    assert "Requirement C-02" not in browse(inspector).get(section_of(audit, "coverage")).text


def test_a_requirement_shows_its_threshold_its_legal_basis_and_that_it_is_not_law(browse, audit, inspector):
    page = browse(inspector).get(section_of(audit, "archive"))

    assert "at least 30 days" in page.text
    assert "Engineering default, not law" in page.text
    assert "Legal basis: V1900018239" in page.text
    assert 'inputmode="decimal"' in page.text


def test_a_section_takes_as_many_queries_with_answers_as_without(queries_of, audit, inspector, noon):
    before = queries_of(inspector, section_of(audit, "network"))
    services.answer(audit=audit, findings=[services.Finding("S-01", "met")], by=inspector, at=noon)

    assert queries_of(inspector, section_of(audit, "network")) == before


# --- A section sent as a whole ---------------------------------------------------------------------------------------


def test_a_section_is_kept_and_the_next_one_follows(browse, audit, inspector):
    sent = browse(inspector).post(
        section_of(audit, "coverage"), {"C-01-result": "not_met", "C-01-note": "No camera", "C-02-result": ""}
    )

    assert sent.headers["Location"] == section_of(audit, "archive")
    assert kept(audit, "C-01") == ("not_met", None, "", "No camera")
    assert not Answer.objects.filter(requirement__code="C-02").exists()


@pytest.mark.parametrize(("tapped", "follows"), [("network", "checklist/network/"), ("summary", "summary/")])
def test_a_tab_keeps_the_section_before_it_leads_away(browse, audit, inspector, tapped, follows):
    sent = browse(inspector).post(section_of(audit, "coverage"), {"C-01-result": "met", "go_to": tapped})

    assert sent.headers["Location"] == f"/audits/{audit.pk}/{follows}"
    assert kept(audit, "C-01") == ("met", None, "", "")


def test_after_the_last_section_comes_the_summary(browse, audit, inspector):
    sent = browse(inspector).post(section_of(audit, "network"), {"N-01-choice": "unable"})

    assert sent.headers["Location"] == reverse("audits:audit_summary", args=[audit.pk])
    assert kept(audit, "N-01") == ("not_met", None, "unable", "")


def test_all_problems_of_a_section_come_at_once_and_nothing_that_was_typed_is_lost(browse, audit, inspector):
    said = {"N-01-result": "met", "N-01-choice": "unable", "S-01-result": "perhaps", "S-01-note": "Asked the guard"}
    refused = browse(inspector).post(section_of(audit, "network"), said)

    assert refused.status_code == 422
    assert "N-01: what was measured or chosen means “Not met”." in refused.text
    assert 'href="#S-01"' in refused.text
    assert "Asked the guard" in refused.text
    assert not Answer.objects.filter(audit=audit).exists()


def test_an_answer_nobody_touched_keeps_who_gave_it_and_when(browse, audit, inspector, noon):
    services.answer(audit=audit, findings=[services.Finding("S-01", "met")], by=inspector, at=noon)

    browse(inspector).post(section_of(audit, "network"), {"S-01-result": "met", "N-01-choice": "connected"})

    assert Answer.objects.get(requirement__code="S-01").answered_at == noon
    assert kept(audit, "N-01") == ("met", None, "connected", "")


def test_a_section_sent_after_the_audit_was_submitted_changes_nothing_and_says_so(browse, audit, inspector, noon):
    results = [services.Finding(code, "met") for code in ("C-01", "M-01", "N-01")]
    services.answer(audit=audit, findings=results, by=inspector, at=noon)
    services.submit(audit=audit, by=inspector, at=noon)

    late = browse(inspector).post(section_of(audit, "coverage"), {"C-01-result": "not_met"})

    assert late.status_code == 409
    assert "Answers can be changed only while the audit is in progress." in late.text
    assert kept(audit, "C-01") == ("met", None, "", "")


# --- An answer by itself ---------------------------------------------------------------------------------------------


def test_an_answer_is_kept_at_once_and_the_progress_comes_back(say, audit):
    saved = say("C-01", result="met")

    assert saved.status_code == 200
    assert saved.json() | {"saved_at": ""} == {"saved_at": "", "answered": 1, "asked": 5, "required_left": 2}
    assert len(saved.json()["saved_at"]) == len("14:32")
    assert kept(audit, "C-01") == ("met", None, "", "")


@pytest.mark.parametrize(
    ("typed", "result", "value"),
    [
        ("30", "met", "30.00"),
        ("29,5", "not_met", "29.50"),
        ("29.5", "not_met", "29.50"),
        ("1\N{NO-BREAK SPACE}920", "met", "1920.00"),
        (" 30 ", "met", "30.00"),
    ],
)
def test_a_measured_value_takes_comma_or_point_and_decides_the_result(say, audit, typed, result, value):
    assert say("M-01", value=typed).status_code == 200
    assert kept(audit, "M-01") == (result, Decimal(value), "", "")


@pytest.mark.parametrize("typed", ["1,920", "about 30", "-1", "1.000,5", "NaN", "9" * 400])
def test_a_value_that_is_no_such_number_is_refused(say, typed):
    refused = say("M-01", value=typed)

    assert refused.status_code == 422
    assert len(refused.json()["errors"]) >= 1
    assert not Answer.objects.exists()


def test_a_new_measurement_outweighs_the_result_of_the_old_one(say, audit):
    say("M-01", value="12")
    say("M-01", result="not_met", value="30")

    assert kept(audit, "M-01") == ("met", Decimal("30.00"), "", "")


def test_a_result_chosen_against_the_measurement_is_refused(say, audit):
    say("M-01", value="12")
    refused = say("M-01", result="met", value="12")

    assert refused.status_code == 422
    assert refused.json() == {"errors": ["M-01: what was measured or chosen means “Not met”."]}
    assert kept(audit, "M-01") == ("not_met", Decimal("12.00"), "", "")


def test_not_assessed_takes_the_measurement_back(say, audit):
    say("M-01", value="12", note="By the recorder")
    say("M-01", result="", value="12", note="By the recorder")

    assert kept(audit, "M-01") == ("", None, "", "By the recorder")


def test_a_note_alone_leaves_the_requirement_not_assessed(say, audit):
    assert say("C-01", note="Ask the director").json()["answered"] == 0
    assert kept(audit, "C-01") == ("", None, "", "Ask the director")


def test_an_answer_to_a_submitted_audit_conflicts(say, audit, inspector, noon):
    for code in ("C-01", "M-01", "N-01"):
        say(code, result="met")
    services.submit(audit=audit, by=inspector, at=noon)

    late = say("C-01", result="not_met")

    assert late.status_code == 409
    assert late.json() == {"errors": ["Answers can be changed only while the audit is in progress."]}
    assert kept(audit, "C-01") == ("met", None, "", "")


def test_after_the_session_has_ended_an_answer_is_not_lost_in_the_sign_in_page(client, audit):
    answer = client.post(reverse("audits:checklist_answer", args=[audit.pk, "C-01"]), {"C-01-result": "met"})

    assert answer.status_code == 401
    assert "Sign in again in another tab" in answer.json()["errors"][0]


def test_an_answer_to_what_is_not_asked_is_not_found(say):
    assert say("X-99", result="met").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("head", 403), ("stranger", 404)])
def test_only_the_assigned_inspector_answers(browse, audit, name, status, request):
    client = browse(request.getfixturevalue(name))

    assert client.post(section_of(audit, "coverage"), {"C-01-result": "met"}).status_code == status
    assert client.get(reverse("audits:audit_summary", args=[audit.pk])).status_code == status
    assert not Answer.objects.exists()
