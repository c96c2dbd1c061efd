"""The ledger of violations follows from the approved audits, in whatever order they are approved and voided."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from audits import ledger, services
from audits.models import Audit, Result, Status, Violation
from schools.models import School
from tests.factories import (
    DistrictFactory,
    EditionFactory,
    MembershipFactory,
    SchoolFactory,
    UserFactory,
    audit_in_progress,
    audit_submitted,
)

DECISIVE, MINOR = "C-01", "N-01"
FIRST = date(2021, 3, 1)
some = settings(max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink])

# One sheet per visit: what was found for each of the three requirements; the minor one may be left blank.
decided = st.sampled_from(Result.values)
sheets = st.fixed_dictionaries({"C-01": decided, "M-01": decided, "N-01": decided | st.just("")})
histories = st.lists(st.tuples(st.integers(0, 3), sheets), min_size=1, max_size=5)


def entries(school):
    """The ledger without what was annulled, as tuples."""
    return sorted(
        (v.code, v.found_by_id, v.seen_by_id, v.fixed_by_id, v.state, v.severity, v.requirement_id)
        for v in school.violations.exclude(state=Violation.State.ANNULLED)
    )


def told_by(school):
    """The ledger told anew from the answers of the approved audits, the plain way: one requirement at a time."""
    approved = school.audits.filter(status=Status.APPROVED).order_by("visited_on", "approved_at", "pk")
    told = []
    for code in ("C-01", "M-01", "N-01"):
        running = None
        for audit in approved:
            answer = audit.answers.filter(requirement__code=code).first()
            result = answer.result if answer else ""
            if result == "not_met" and running is None:
                running = [code, audit.pk, audit.pk, None, "open", answer.requirement.severity, answer.requirement_id]
                told.append(running)
            elif result == "not_met":
                running[2] = audit.pk
            elif result and running is not None:
                running[3:5] = [audit.pk, "fixed"]
                running = None
    return sorted(tuple(entry) for entry in told)


def a_school_with_its_head():
    district = DistrictFactory()
    head = MembershipFactory(region=district.region, user=UserFactory(role=Role.DEPARTMENT_HEAD)).user
    return SchoolFactory(district=district), head


@pytest.mark.django_db
@some
@given(histories, st.data())
def test_the_ledger_is_what_the_remaining_audits_say_after_every_approval_and_voiding(history, data):
    with transaction.atomic():
        school, head = a_school_with_its_head()
        waiting = [
            audit_submitted(school=school, visited_on=FIRST + timedelta(days=day), results=sheet)
            for day, sheet in history
        ]
        at = timezone.make_aware(datetime(2021, 6, 1))
        approved = []
        for _step in range(2 * len(history)):
            at += timedelta(hours=data.draw(st.integers(0, 30)))
            if approved and (not waiting or data.draw(st.integers(0, 2)) == 0):
                audit = approved.pop(data.draw(st.integers(0, len(approved) - 1)))
                services.void(audit=audit, reason="Wrong school", by=head, at=at)
            elif waiting:
                audit = waiting.pop(data.draw(st.integers(0, len(waiting) - 1)))
                approved.append(services.approve(audit=audit, by=head, at=at))
            assert entries(school) == told_by(school)
        was = entries(school)
        ledger.rebuild(school)
        assert entries(school) == was
        school.violations.all().delete()
        ledger.rebuild(school)
        assert entries(school) == was
        transaction.set_rollback(True)


@pytest.fixture
def visit(school, inspector, head, noon):
    """Approves a visit of the month with what was found for the critical requirement."""

    def approve(month, result, **results):
        sheet = {"C-01": result, "M-01": "met", "N-01": "met"} | results
        audit = audit_submitted(
            school=school, inspector=inspector, visited_on=date(2021, month, 1), results=sheet, submitted_at=noon
        )
        return services.approve(audit=audit, by=head, at=noon)

    return approve


def the_one(school):
    return school.violations.exclude(state="annulled").get()


def test_a_violation_is_found_seen_again_and_confirmed_fixed(school, visit):
    found, seen, fixed = visit(3, "not_met"), visit(4, "not_met"), visit(5, "met")

    violation = the_one(school)
    assert (violation.found_by, violation.seen_by, violation.fixed_by) == (found, seen, fixed)
    assert (violation.state, violation.code, violation.severity) == ("fixed", DECISIVE, "critical")


def test_what_comes_back_after_it_was_fixed_is_a_violation_of_its_own(school, visit):
    visit(3, "not_met")
    visit(4, "met")
    again = visit(5, "not_met")

    assert [(v.found_by_id == again.pk, v.state) for v in school.violations.order_by("pk")] == [
        (False, "fixed"),
        (True, "open"),
    ]


def test_what_a_later_audit_does_not_assess_stays_open(school, visit):
    visit(3, "met", **{MINOR: "not_met"})
    visit(4, "met", **{MINOR: ""})

    violation = the_one(school)
    assert (violation.code, violation.state, violation.severity) == (MINOR, "open", "minor")


def test_what_no_longer_applies_is_no_longer_open(school, visit):
    visit(3, "not_met")
    visit(4, "not_applicable")

    assert the_one(school).state == "fixed"


def test_voiding_the_audit_that_confirmed_the_repair_opens_the_violation_again(school, visit, head, noon):
    visit(3, "not_met")
    fixed = visit(4, "met")

    services.void(audit=fixed, reason="Wrong school", by=head, at=noon)

    assert (the_one(school).state, the_one(school).fixed_by) == ("open", None)


def test_voiding_the_only_audit_that_found_it_annuls_the_violation(school, visit, head, noon):
    found = visit(3, "not_met")

    services.void(audit=found, reason="Wrong school", by=head, at=noon)

    assert [(v.state, v.found_by) for v in school.violations.all()] == [("annulled", found)]


def test_a_violation_keeps_its_identity_when_the_audit_that_found_it_is_voided(school, visit, head, noon):
    found, seen = visit(3, "not_met"), visit(4, "not_met")
    was = the_one(school)

    services.void(audit=found, reason="Wrong school", by=head, at=noon)

    now = the_one(school)
    assert (now.pk, now.state, now.found_by, now.seen_by) == (was.pk, "open", seen, seen)
    assert school.violations.count() == 1


def test_a_violation_keeps_its_identity_when_an_earlier_visit_is_approved_late(school, visit):
    later = visit(4, "not_met")
    was = the_one(school)

    earlier = visit(3, "not_met")

    now = the_one(school)
    assert (now.pk, now.found_by, now.seen_by) == (was.pk, earlier, later)


def test_the_same_code_in_a_later_edition_is_the_same_violation(school, visit, inspector, head, noon):
    found = visit(3, "not_met")
    later = EditionFactory(code="2022", in_force_from=date(2021, 4, 1))
    audit = audit_in_progress(school=school, inspector=inspector, visited_on=date(2021, 4, 1))
    Audit.objects.filter(pk=audit.pk).update(edition=later)
    requirement = later.requirements.get(code=DECISIVE)
    audit.answers.create(requirement=requirement, result="not_met", answered_at=noon, answered_by=inspector)
    audit.answers.create(
        requirement=later.requirements.get(code="M-01"), result="met", answered_at=noon, answered_by=inspector
    )
    services.approve(audit=services.submit(audit=audit, by=inspector, at=noon), by=head, at=noon)

    violation = the_one(school)
    assert (violation.found_by, violation.seen_by.pk, violation.requirement.edition.code) == (found, audit.pk, "2019")


def test_violations_of_one_school_are_not_those_of_another(school, visit, district):
    visit(3, "not_met")

    assert not School.objects.get(pk=SchoolFactory(district=district).pk).violations.exists()
