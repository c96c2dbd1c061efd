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

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="expectations", verbose_name=_("audit"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+", verbose_name=_("requirement"))
    outcome = models.CharField(_("expected"), max_length=8, choices=Outcome)
    # The rule and the numbers that went into it, as audits/precheck.py made them.
    grounds = models.JSONField(_("grounds"), default=dict)

    class Meta:
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")
        constraints = [
            models.UniqueConstraint(fields=["audit", "requirement"], name="one_expectation_per_audit_and_requirement"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["met", "not_met", "unknown"]), name="expectation_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.code} {self.outcome}"
