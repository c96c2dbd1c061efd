"""Planning a visit: who may, for which school, by whom, and for which day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from audits import services
from audits.models import Audit
from core.errors import Invalid

TODAY = date(2021, 8, 25)


@pytest.fixture
def plan(edition, school, inspector, noon):
    """Everything right, but for what is said: plan(by=officer, kind="party")."""
    right = {"school": school, "inspector": inspector, "planned_for": TODAY, "kind": "inspection"}
    right |= {"body": Audit.Body.values[0], "at": noon}
    return lambda **said: services.plan(**right | said)


def test_a_plan_is_kept_with_who_made_it(plan, officer, noon):
    audit = plan(by=officer)

    assert (audit.status, audit.planned_for, audit.edition) == ("planned", TODAY, None)
    assert list(audit.events.values_list("was", "became", "by", "at")) == [("", "planned", officer.pk, noon)]


@pytest.mark.parametrize("person", ["inspector", "administrator", "viewer", "statistician", "stranger"])
def test_only_the_department_of_the_school_plans(request, plan, person):
    with pytest.raises(PermissionDenied):
        plan(by=request.getfixturevalue(person))

    assert not Audit.objects.exists()


def test_a_plan_that_cannot_be_is_refused_with_every_reason_at_once(plan, school, officer):
    school.closed_on = TODAY - timedelta(days=1)
    school.save()

    with pytest.raises(Invalid) as refused:
        plan(by=officer, inspector=officer, planned_for=TODAY - timedelta(days=1), kind="party")

    assert refused.value.problems == [
        "Marat is not an inspector of this school.",
        "The school is not open on that day.",
        "The day of the visit lies in the past.",
        "Choose the kind of audit and the auditing body.",
    ]
    assert not Audit.objects.exists()


def test_a_school_is_not_visited_from_the_day_it_closes(plan, school, officer):
    school.closed_on = TODAY + timedelta(days=1)
    school.save()

    assert plan(by=officer).planned_for == TODAY
    with pytest.raises(Invalid, match="The school is not open on that day"):
        plan(by=officer, planned_for=school.closed_on)
