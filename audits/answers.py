"""What an inspector may say about one requirement: parsed, checked, and turned into a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from audits.models import Requirement, Result
from core.translated import translated


@dataclass(frozen=True)
class Finding:
    """An answer as it comes in. A blank result with a value or a choice takes the result that follows from it."""

    code: str
    result: str = ""
    value: Decimal | None = None
    choice: str = ""
    note: str = ""


def result_of(finding: Finding, requirement: Requirement) -> tuple[str, list[str]]:
    """The result the finding amounts to, and every problem with it as a sentence."""
    problems = []
    if finding.result and finding.result not in Result.values:
        problems.append(_("%(code)s: choose met, not met or not applicable.") % {"code": requirement.code})
    if finding.value is not None and requirement.threshold is None:
        problems.append(_("%(code)s: this requirement has no measured value.") % {"code": requirement.code})
    elif finding.value is not None and not _fits(finding.value):
        problems.append(
            _("%(code)s: the value must lie between 0 and 999,999, with two decimals at most.")
            % {"code": requirement.code}
        )
    if finding.choice and finding.choice not in {option["value"] for option in requirement.choices}:
        problems.append(_("%(code)s: this choice is not offered.") % {"code": requirement.code})
    if problems:
        return finding.result, problems
    follows = _what_follows(finding, requirement)
    if follows and finding.result and finding.result != follows:
        label = {"code": requirement.code, "result": Result(follows).label}
        return finding.result, [_("%(code)s: what was measured or chosen means “%(result)s”.") % label]
    return finding.result or follows, []


def _fits(value: Decimal) -> bool:
    """It can be stored as it is: a value that was rounded after it was judged could contradict its result."""
    return value.is_finite() and 0 <= value < 1_000_000 and value == round(value, 2)


def _what_follows(finding: Finding, requirement: Requirement) -> str:
    """The result that a value or a choice alone decides, blank if neither was given or it does not apply."""
    if finding.result == Result.NOT_APPLICABLE:
        return ""
    if finding.value is not None:
        return Result.MET if requirement.is_met_by(finding.value) else Result.NOT_MET
    for option in requirement.choices:
        if option["value"] == finding.choice:
            return Result.MET if option["meets"] else Result.NOT_MET
    return ""


def choices_of(requirement: Requirement) -> Sequence[tuple[str, str]]:
    """The options of a choice with their labels in the reader's language."""
    return [(option["value"], translated(_Option(option), "label")) for option in requirement.choices]


class _Option:
    """Lets a stored option answer to translated() as a row does."""

    def __init__(self, option: dict) -> None:
        self.__dict__.update(option)
