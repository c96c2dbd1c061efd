"""What a visit asks of a school is what the school was then: correcting its record later changes no audit."""

from datetime import date

import pytest

from audits import services
from audits.answers import Finding
from audits.precheck import expected_in
from audits.sheet import sheet_of
from audits.verdict import judge_audit
from schools import services as roll
from tests.answers import page_text
from tests.factories import AuditFactory, MembershipFactory

VISIT = date(2021, 8, 24)


@pytest.fixture
def visited(edition, school, inspector, noon):
    """Begun in a village school of two floors; everything that is asked there is met."""
    audit = AuditFactory(school=school, inspector=inspector)
    audit = services.start(audit=audit, visited_on=VISIT, by=inspector, at=noon)
    findings = [
        Finding(row.code, result="" if row.choices else "met", choice="connected" if row.choices else "")
        for row in edition.requirements.all()
    ]
    services.answer(audit=audit, findings=findings, by=inspector, at=noon)
    return audit


def correct(school, officer, noon):
    values = {"floors": 1, "setting": "city", "has_outdoor_toilet": True}
    roll.correct(school=school, values=values, reason="Counted again", by=officer, at=noon)


def asked(audit):
    return [(row.requirement.code, row.severity) for row in sheet_of(audit).rows]


def test_the_visit_pins_the_building(visited, school):
    pinned = (visited.setting, visited.floors, visited.has_outdoor_toilet)

    assert pinned == (school.setting, school.floors, school.has_outdoor_toilet) == ("village", 2, False)


def test_before_the_visit_the_building_is_the_school_as_it_is(edition, school, inspector, head, noon):
    audit = AuditFactory(school=school, inspector=inspector)
    correct(school, head, noon)

    services.start(audit=audit, visited_on=VISIT, by=inspector, at=noon)
    audit.refresh_from_db()

    assert (audit.setting, audit.floors, audit.has_outdoor_toilet) == ("city", 1, True)
    assert "C-02" not in dict(asked(audit))


def test_correcting_the_record_changes_neither_sheet_nor_judgement(visited, school, head, noon):
    before = asked(visited), judge_audit(visited)
    correct(school, head, noon)
    visited.refresh_from_db()

    assert visited.school.floors == 1
    assert (asked(visited), judge_audit(visited)) == before
    assert "C-02" in dict(asked(visited))


def test_correcting_the_record_changes_neither_verdict_nor_what_is_printed(
    visited, school, inspector, head, noon, browse
):
    services.submit(audit=visited, by=inspector, at=noon)
    services.approve(audit=visited, by=head, at=noon)
    page = f"/audits/{visited.pk}/"
    before = answers_on(browse(head).get(page))
    correct(school, MembershipFactory(school=school, user=head).user, noon)

    visited.refresh_from_db()
    assert visited.verdict == "compliant"
    assert answers_on(browse(head).get(page)) == before


def answers_on(response):
    return page_text(response).partition("All answers")[2].partition("About this audit")[0]


def test_what_is_expected_goes_by_the_pinned_building(visited, school, head, noon):
    before = [each.requirement.code for each in expected_in(visited)]
    correct(school, head, noon)

    visited.refresh_from_db()
    assert [each.requirement.code for each in expected_in(visited)] == before
