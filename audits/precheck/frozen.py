"""Expectations as an audit keeps them: those of the day of the visit, frozen when it is submitted."""

from dataclasses import asdict

from audits.models import Audit, Expectation
from audits.precheck.agreement import compare
from audits.precheck.case import Grounds, Outcome
from audits.precheck.expectations import Expected, expectations_of
from audits.precheck.inventory import inventory_of


def expected_now(audit: Audit) -> list[Expected]:
    """What the inventory of the day of the visit, as it is recorded now, lets expect of the audit. Three queries."""
    assert audit.edition is not None
    assert audit.visited_on is not None
    inventory = inventory_of(audit.school, audit.visited_on, building=audit.building)
    return expectations_of(inventory, audit.edition.requirements.order_by("position"))


def freeze(audit: Audit) -> None:
    """Keep what is expected beside what was answered, in place of what an earlier submission kept.

    The caller holds the locks of the school and of the audit, which is in progress: later a trigger refuses it.
    """
    results = dict(audit.answers.values_list("requirement_id", "result"))
    audit.expectations.all().delete()
    Expectation.objects.bulk_create(
        expectation(audit, each, results.get(each.requirement.pk, "")) for each in expected_now(audit)
    )


def expectation(audit: Audit, expected: Expected, result: str) -> Expectation:
    """An unsaved row: what was expected, and how the answer stands to it."""
    return Expectation(
        audit=audit,
        requirement=expected.requirement,
        outcome=expected.outcome,
        agreement=compare(expected.outcome, result),
        grounds=asdict(expected.grounds),
    )


def expected_in(audit: Audit) -> list[Expected]:
    """What was expected of an audit that was handed in; while it is open for answers, what is expected now."""
    if audit.edition is None:
        return []
    if audit.is_open_for_answers:
        return expected_now(audit)
    kept = audit.expectations.select_related("requirement").order_by("requirement__position")
    return [Expected(row.requirement, Outcome(row.outcome), Grounds(**row.grounds)) for row in kept]
