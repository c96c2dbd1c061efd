"""What schools did not meet, in all of an area: the list, what it is made of, and whom it is open to."""

import pytest

from audits import ledger
from tests.answers import page_text
from tests.factories import DistrictFactory, SchoolFactory, audit_approved


def found_in(school, **results):
    """Violations of the school as an approved audit found them: found_in(school, C_01="not_met")."""
    results = {code.replace("_", "-"): result for code, result in results.items()}
    audit = audit_approved(school=school, results={"C-01": "met", "M-01": "met", "N-01": "met"} | results)
    ledger.rebuild(school)
    return audit


@pytest.fixture
def failed(school):
    """The school failed C-01 and N-01."""
    return found_in(school, C_01="not_met", N_01="not_met")


def codes(response):
    return [(violation.school.code, violation.code) for violation in response.context["page"]]


def test_violations_are_listed_the_last_recorded_first_with_their_true_total(browse, head, failed, school, district):
    other = SchoolFactory(district=district)
    found_in(other, C_01="not_met")

    response = browse(head).get("/violations/")

    assert codes(response)[0] == (other.code, "C-01")
    assert sorted(codes(response)[1:]) == [(school.code, "C-01"), (school.code, "N-01")]
    assert "3 violations · 2 schools" in page_text(response)


def test_fifty_are_shown_and_the_way_to_the_others(browse, head, district):
    for _ in range(26):
        found_in(SchoolFactory(district=district), C_01="not_met", N_01="not_met")

    first = browse(head).get("/violations/")
    second = browse(head).get(f"/violations/?cursor={first.context['page'].next}")

    assert "52 violations · 26 schools" in page_text(first)
    assert (len(codes(first)), len(codes(second))) == (50, 2)
    assert len({*codes(first), *codes(second)}) == 52


def test_the_page_says_by_which_requirement(browse, head, failed, district):
    found_in(SchoolFactory(district=district), C_01="not_met")

    rows = browse(head).get("/violations/").context["requirements"]

    assert [(row["code"], row["violations"], row["schools"]) for row in rows] == [("C-01", 2, 2), ("N-01", 1, 1)]
    assert rows[0]["requirement"].text == "Requirement C-01"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("code=C-01", ["C-01"]),
        ("severity=minor", ["N-01"]),
        ("severity=minor&severity=critical", ["C-01", "N-01"]),
        ("state=open", ["C-01", "N-01"]),
        ("state=fixed", []),
        ("area=east-kazakhstan", ["C-01", "N-01"]),
        ("area=east-kazakhstan/elsewhere", []),
        ("area=nowhere", []),
        ("school=OTHER", []),
        ("q=village", ["C-01", "N-01"]),
        ("q=nowhere", []),
        ("found_after=2021-05-10", ["C-01", "N-01"]),
        ("found_after=2021-05-11", []),
        ("found_before=2021-05-09", []),
    ],
)
def test_filters_narrow_the_list(browse, head, region, failed, query, found):
    DistrictFactory(region=region, slug="elsewhere")

    assert sorted(code for _school, code in codes(browse(head).get(f"/violations/?{query}"))) == found


def test_a_violation_that_was_fixed_says_when(browse, head, school, failed):
    fixed = found_in(school, N_01="not_met")

    text = page_text(browse(head).get("/violations/?state=fixed"))

    assert "1 violation · 1 school" in text
    assert f'<td data-label="Confirmed fixed"><a href="/audits/{fixed.pk}/">10 May 2021</a></td>' in text


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        *((person, 2) for person in ("head", "officer", "inspector", "viewer", "administrator")),
        ("stranger", 0),
        ("statistician", 0),
    ],
)
def test_what_a_school_lacks_is_for_those_who_work_on_it(browse, request, failed, person, seen):
    response = browse(request.getfixturevalue(person)).get("/violations/")

    assert len(codes(response)) == seen
    assert bool(response.context["requirements"]) == bool(seen)


@pytest.mark.parametrize("query", ["state=lost", "sevrity=minor", "found_after=soon", "cursor=x", "q=%00"])
def test_what_cannot_be_asked_is_refused_and_nothing_is_listed(browse, head, failed, query):
    response = browse(head).get(f"/violations/?{query}")

    assert response.status_code == 422
    assert codes(response) == []
    assert "Please correct:" in page_text(response)


def test_an_empty_list_says_why(browse, head, school):
    assert "Violations appear here when an audit" in page_text(browse(head).get("/violations/"))
    assert "Change or clear the filters above." in page_text(browse(head).get("/violations/?state=open"))


def test_htmx_gets_the_list_alone(browse, head, failed):
    response = browse(head).get("/violations/", headers={"HX-Request": "true"})

    assert page_text(response).startswith('<section class="card" id="violations"')


def test_the_list_costs_the_same_number_of_queries_for_1_violation_and_for_50(head, failed, district, queries_of):
    once = queries_of(head, "/violations/")
    for _ in range(25):
        found_in(SchoolFactory(district=district), C_01="not_met", N_01="not_met")

    assert queries_of(head, "/violations/") == once
