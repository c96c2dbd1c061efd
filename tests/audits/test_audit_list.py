"""The list of audits: whose turn it is, and how to find one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audits import services
from audits.models import Audit, Verdict
from tests.factories import (
    AuditFactory,
    SchoolFactory,
    audit_approved,
    audit_in_progress,
    audit_submitted,
)


def shown(response):
    """The audits of the list in the order in which they are shown."""
    return list(response.context["page"])


def returned_audit(*, head, noon, reason="The yard is not described", **fields):
    audit = audit_submitted(**fields)
    services.return_(audit=audit, reason=reason, by=head, at=noon)
    return audit


def test_an_inspector_finds_the_visit_under_way_first_then_the_returned_then_the_planned(
    browse, school, inspector, head, noon
):
    approved = audit_approved(inspector=inspector)
    planned = AuditFactory(inspector=inspector)
    returned = returned_audit(school=school, inspector=inspector, head=head, noon=noon)
    submitted = audit_submitted(inspector=inspector)
    under_way = audit_in_progress(inspector=inspector)

    page = browse(inspector).get("/audits/")

    assert shown(page) == [under_way, returned, planned, submitted, approved]
    assert "The yard is not described" in page.text


def test_planned_visits_come_soonest_first_and_say_which_are_overdue(browse, inspector):
    today = timezone.localdate()
    later = AuditFactory(inspector=inspector, planned_for=today + timedelta(days=9))
    overdue = AuditFactory(inspector=inspector, planned_for=today - timedelta(days=1))
    due_today = AuditFactory(inspector=inspector, planned_for=today)

    page = browse(inspector).get("/audits/")

    assert shown(page) == [overdue, due_today, later]
    assert page.text.count("Overdue") == 1


def test_a_head_finds_what_waits_for_review_first(browse, school, head):
    approved = audit_approved(school=school)
    planned = AuditFactory(school=school)
    waiting = audit_submitted(school=school)

    assert shown(browse(head).get("/audits/")) == [waiting, planned, approved]


def test_the_newest_approval_comes_first(browse, school, head, noon):
    earlier = audit_approved(school=school, approved_at=noon - timedelta(days=1))
    later = audit_approved(school=school, approved_at=noon)

    assert shown(browse(head).get("/audits/")) == [later, earlier]


def test_an_inspector_begins_with_own_audits_and_may_look_at_the_approved_ones_of_others(browse, school, inspector):
    own = AuditFactory(inspector=inspector)
    of_another = audit_approved(school=school)

    assert shown(browse(inspector).get("/audits/")) == [own]
    assert shown(browse(inspector).get("/audits/?mine=false")) == [own, of_another]


def test_the_list_shows_fifty_and_says_the_true_total(browse, school, head):
    for _number in range(51):
        AuditFactory(school=school)

    first, second = browse(head).get("/audits/"), browse(head).get("/audits/?page=2")

    assert (len(shown(first)), len(shown(second))) == (50, 1)
    assert "1–50 of 51" in first.text
    assert "51–51 of 51" in second.text


def test_the_list_takes_as_many_queries_for_one_audit_as_for_twelve(queries_of, school, head, noon):
    returned_audit(school=school, head=head, noon=noon)
    one = queries_of(head, "/audits/")
    for _number in range(11):
        returned_audit(school=SchoolFactory(district=school.placements.get().district), head=head, noon=noon)

    assert queries_of(head, "/audits/") == one


def test_each_status_says_how_many_audits_it_has_whichever_is_chosen(browse, school, head):
    planned = AuditFactory(school=school)
    audit_submitted(school=school)
    audit_submitted(school=school)

    page = browse(head).get("/audits/?status=planned")

    assert shown(page) == [planned]
    assert [(status.value, count) for status, _label, count in page.context["groups"]] == [
        ("submitted", 2),
        ("planned", 1),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Zhana", {"of Zhana"}),
        ("q=жаңа", {"of Zhana"}),
        ("verdict=compliant", {"compliant"}),
        ("kind=inspection", {"inspection"}),
        ("visited_after=2021-06-01", {"in June"}),
        ("visited_before=2021-04-30", {"compliant"}),
    ],
)
def test_the_list_is_narrowed_by_each_filter(browse, district, head, query, found):
    zhana = SchoolFactory(district=district, locality_en="Zhana", locality_kk="Жаңа")
    other = SchoolFactory(district=district)
    audits = {
        "of Zhana": AuditFactory(school=zhana),
        "compliant": audit_approved(school=other, verdict=Verdict.COMPLIANT, visited_on=date(2021, 4, 1)),
        "inspection": audit_submitted(school=other, kind=Audit.Kind.INSPECTION),
        "in June": audit_submitted(school=other, visited_on=date(2021, 6, 2)),
    }

    page = browse(head).get(f"/audits/?{query}")

    assert set(shown(page)) == {audits[name] for name in found}


@pytest.mark.parametrize(
    ("query", "problem"),
    [("visited_after=soon", "Enter a valid date."), ("vedict=compliant", "There is no filter “vedict”.")],
)
def test_a_wrong_filter_is_named_and_lists_nothing(browse, school, head, query, problem):
    AuditFactory(school=school)

    page = browse(head).get(f"/audits/?{query}")

    assert page.status_code == 422
    assert shown(page) == []
    assert problem in page.text


def test_htmx_gets_only_the_part_that_changes(browse, school, head):
    AuditFactory(school=school)

    part = browse(head).get("/audits/", headers={"HX-Request": "true"})

    assert part.text.lstrip().startswith('<div id="audit-list">')
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "No audit is assigned to you"),
        ("?status=planned", "No audit fits these filters"),
        ("?q=nowhere", "No audit fits these filters"),
    ],
)
def test_an_empty_list_says_what_to_do(browse, inspector, query, says):
    assert says in browse(inspector).get(f"/audits/{query}").text


def test_a_department_without_audits_is_sent_to_its_schools(browse, head):
    page = browse(head).get("/audits/")

    assert "No audits yet" in page.text
    assert 'href="/schools/"' in page.text


@pytest.mark.parametrize("name", ["stranger", "statistician", "administrator"])
def test_nobody_lists_what_is_not_theirs_to_see(browse, school, name, request):
    audit_submitted(school=school)

    assert shown(browse(request.getfixturevalue(name)).get("/audits/")) == []


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get("/audits/").headers["Location"] == "/accounts/login/?next=/audits/"
