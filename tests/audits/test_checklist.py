"""The field form: what is asked, what is kept, what is refused, and the summary before the audit is submitted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from audits import services
from audits.models import Answer, Audit, Edition, Status
from tests.factories import LONG_AGO_AT, RequirementFactory, StandardFactory, audit_in_progress

CONNECTION = [
    {"value": "connected", "label_kk": "Қосылған", "label_ru": "Подключена", "label_en": "Connected", "meets": True},
    {"value": "unable", "label_kk": "Қосыла алмайды", "label_ru": "Невозможно", "label_en": "Unable", "meets": False},
]


@pytest.fixture
def edition(db):
    """Coverage C-01 critical and C-02 for two floors and more; archive M-01 major, 30 days; network N-01 a choice; S-01 minor."""
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
def audit(edition, school, inspector):
    return audit_in_progress(school=school, inspector=inspector)


def section_of(audit, key):
    return reverse("audits:checklist_section", args=[audit.pk, key])


def kept(audit, code):
    """What is stored for a requirement: (result, value, choice, note)."""
    answers = Answer.objects.filter(audit=audit, requirement__code=code)
    return answers.values_list("result", "value", "choice", "note").get()


@pytest.fixture
def say(browse, inspector, audit):
    """Send one answer as the browser does by itself: say("M-01", value="12")."""

    def send(code, **fields):
        said = {f"{code}-{name}": value for name, value in fields.items()}
        return browse(inspector).post(reverse("audits:checklist_answer", args=[audit.pk, code]), said)

    return send


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


# --- The summary -----------------------------------------------------------------------------------------------------


def test_the_summary_leads_to_everything_that_is_missing(browse, audit, inspector, say):
    say("C-01", result="not_met")

    page = browse(inspector).get(reverse("audits:audit_summary", args=[audit.pk]))

    assert [row.requirement.code for row in page.context["sheet"].missing] == ["M-01", "N-01"]
    assert f'href="{section_of(audit, "archive")}#M-01"' in page.text
    assert "none yet" in page.text
    assert 'disabled aria-describedby="why-not"' in page.text


def test_the_summary_tells_the_verdict_before_it_is_computed_for_good(browse, audit, inspector, say):
    for code, result in {"C-01": "met", "M-01": "not_met", "N-01": "met"}.items():
        say(code, result=result)

    page = browse(inspector).get(reverse("audits:audit_summary", args=[audit.pk]))

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
