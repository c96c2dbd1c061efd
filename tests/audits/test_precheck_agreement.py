"""How often inspectors found what the pre-check expected: counted once, on a page that leads to the audits."""

from datetime import date, timedelta

import pytest

from audits.precheck import agreement
from schools.areas import Area
from schools.models import Placement
from tests.answers import page_text, problems
from tests.factories import (
    DistrictFactory,
    SchoolFactory,
    audit_approved,
    audit_in_progress,
    audit_submitted,
)

VISIT = date(2021, 8, 24)


PAGE = "/precheck/"
KINDS = ("agreed", "stricter", "milder", "unknown", "unanswered")


def counts(area=None, *period):
    return {
        code: tuple(one.counts[kind] for kind in KINDS)
        for code, one in agreement.count(area or Area(), *period).items()
    }


@pytest.mark.parametrize(
    ("outcome", "result", "says"),
    [
        ("met", "met", "agreed"),
        ("not_met", "not_met", "agreed"),
        ("met", "not_met", "stricter"),
        ("not_met", "met", "milder"),
        ("unknown", "met", "unknown"),
        ("unknown", "", "unknown"),
        ("met", "not_applicable", "unanswered"),
        ("not_met", "", "unanswered"),
    ],
)
def test_how_an_answer_stands_to_what_was_expected(outcome, result, says):
    assert agreement.compare(outcome, result) == says
    assert agreement.differs(outcome, result) is (says in {"stricter", "milder"})


def test_the_counts_of_each_requirement_sum_to_its_audits(school):
    for outcome in ("met", "not_met", "unknown"):
        audit_approved(school=school, expected={"C-01": outcome})  # found: not met

    assert counts() == {"C-01": (1, 1, 0, 1, 0)}
    [one] = agreement.count(Area()).values()
    assert (one.total, one.comparable, one.differing, str(one.agreed_share)) == (3, 2, 1, "50.0")


def test_only_approved_audits_are_counted(school):
    audit_in_progress(school=school, results={"C-01": "met"}, expected={"C-01": "met"})
    audit_submitted(school=school, expected={"C-01": "met"})
    audit = audit_approved(school=school, expected={"C-01": "met"})
    type(audit).objects.filter(pk=audit.pk).update(status="voided", voided_at=audit.approved_at)

    assert counts() == {}


def test_a_school_counts_where_it_was_on_the_day_of_the_visit(school, district, region):
    elsewhere = DistrictFactory()
    moved = date(2021, 6, 1)
    school.placements.update(valid_to=moved)
    Placement.objects.create(school=school, district=elsewhere, valid_from=moved)
    for day in (moved - timedelta(days=1), moved):
        audit_approved(school=school, visited_on=day, expected={"C-01": "not_met"})

    one = {"C-01": (1, 0, 0, 0, 0)}
    assert [counts(Area(district=district)), counts(Area(region=region)), counts(Area(district=elsewhere))] == [one] * 3
    assert counts() == {"C-01": (2, 0, 0, 0, 0)}


def test_both_ends_of_the_period_are_in_it(school):
    for day in (9, 10, 11, 12):
        audit_approved(school=school, visited_on=date(2021, 5, day), expected={"C-01": "not_met"})

    assert counts(None, date(2021, 5, 10), date(2021, 5, 11)) == {"C-01": (2, 0, 0, 0, 0)}
    assert counts(None, None, date(2021, 5, 10)) == {"C-01": (2, 0, 0, 0, 0)}
    assert counts(None, date(2021, 5, 12)) == {"C-01": (1, 0, 0, 0, 0)}


def test_the_count_is_one_query(school, django_assert_num_queries):
    for _audit in range(3):
        audit_approved(school=school, expected={"C-01": "met", "N-01": "met"})

    with django_assert_num_queries(1):
        agreement.count(Area())


# --- The page ---


def test_each_count_leads_to_its_audits(browse, head, school):
    stricter = audit_approved(school=school, expected={"C-01": "met"})
    audit_approved(school=school, expected={"C-01": "not_met"})
    audit_approved(school=SchoolFactory(), expected={"C-01": "met"})
    [row] = browse(head).get(PAGE).context["rows"]

    for cell in row["cells"]:
        listed = browse(head).get(cell["url"]).context["page"]
        assert listed.paginator.count == cell["count"], cell["kind"]
    [cell] = [cell for cell in row["cells"] if cell["kind"] == "stricter"]
    assert [audit.pk for audit in browse(head).get(cell["url"]).context["page"]] == [stricter.pk]


def test_the_page_says_how_often_they_differ(browse, viewer, school):
    audit_approved(school=school, expected={"C-01": "met", "N-01": "met"})

    text = page_text(browse(viewer).get(PAGE))

    assert "The inspectors differ from the pre-check in <strong>1</strong> of 2 answers that can be compared." in text
    assert "Requirement C-01" in text


def test_the_page_of_a_district_begins_with_the_district(browse, officer, district):
    response = browse(officer).get(PAGE)

    assert response.context["area"] == Area(district=district)
    assert "Nothing to compare yet" in page_text(response)


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("since=2021-09-01&until=2021-01-01", "The period ends before it begins."),
        ("area=nowhere", "Select a valid choice."),
        ("since=yesterday", "Enter a valid date."),
    ],
)
def test_what_cannot_be_asked_is_refused_and_kept(browse, head, asked, problem):
    response = browse(head).get(f"{PAGE}?{asked}")

    assert response.status_code == 422
    assert problem in page_text(response)


def test_an_area_one_does_not_serve_is_not_offered(browse, officer, region):
    assert browse(officer).get(f"{PAGE}?area={region.slug}").status_code == 422


@pytest.mark.parametrize("person", ["inspector", "administrator", "statistician"])
def test_others_do_not_read_how_inspectors_differ(browse, request, person):
    assert browse(request.getfixturevalue(person)).get(PAGE).status_code == 403


def test_the_list_of_audits_leads_there_for_those_who_may(browse, head, inspector):
    assert f'href="{PAGE}"' in page_text(browse(head).get("/audits/"))
    assert f'href="{PAGE}"' not in page_text(browse(inspector).get("/audits/"))


@pytest.mark.parametrize("said", ["C-01", "C-01:often", ":stricter", "C-01:stricter:milder"])
def test_a_comparison_that_nobody_knows_lists_nothing_by_itself(api, head, school, said):
    audit_approved(school=school, expected={"C-01": "met"})

    assert problems(api(head).get("/api/v1/audits/", {"precheck": said})) == [("invalid", "precheck")]


def test_audits_are_narrowed_by_their_area_on_the_day_of_the_visit(api, viewer, school, region):
    audit_approved(school=school)

    found = [
        api(viewer).get("/api/v1/audits/", {"area": key}).json()["count"] for key in (region.slug, "kz", "nowhere")
    ]
    assert found == [1, 1, 0]


def test_the_page_costs_the_same_with_1_audit_and_with_20(head, school, queries_of):
    audit_approved(school=school, expected={"C-01": "met", "M-01": "met", "N-01": "met"})
    once = queries_of(head, PAGE)
    for _audit in range(20):
        audit_approved(school=school, expected={"C-01": "met", "M-01": "met", "N-01": "met"})

    assert queries_of(head, PAGE) == once
