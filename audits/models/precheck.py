"""What the inventory alone let expect of a requirement, kept beside what the inspector found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.models.audit import Audit
from audits.models.standard import Requirement


class Expectation(models.Model):
    """What the pre-check said of one requirement when the audit was submitted. Never changes an answer."""

    class Outcome(models.TextChoices):
        MET = "met", _("Expected to be met")
        NOT_MET = "not_met", _("Expected not to be met")
        UNKNOWN = "unknown", _("Unknown")

    class Agreement(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        STRICTER = "stricter", _("Inspector stricter")
        MILDER = "milder", _("Inspector milder")
        UNKNOWN = "unknown", _("Unknown to the pre-check")
        UNANSWERED = "unanswered", _("Not applicable or not assessed")

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="expectations", verbose_name=_("audit"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+", verbose_name=_("requirement"))
    outcome = models.CharField(_("expected"), max_length=8, choices=Outcome)
    # How the answer of the inspector, frozen in the same act, stands to it.
    agreement = models.CharField(_("agreement"), max_length=10, choices=Agreement)
    # The rule and the numbers that went into it, as audits/precheck made them.
    grounds = models.JSONField(_("grounds"), default=dict)

    class Meta:
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")
        constraints = [
            models.UniqueConstraint(fields=["audit", "requirement"], name="one_expectation_per_audit_and_requirement"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["met", "not_met", "unknown"]), name="expectation_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="unknown", agreement="unknown")
                | ~models.Q(outcome="unknown") & models.Q(agreement__in=["agreed", "stricter", "milder", "unanswered"]),
                name="expectation_is_compared_where_it_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code} {self.outcome}"
