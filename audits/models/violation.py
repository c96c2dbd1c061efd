"""A requirement a school did not meet, from the audit that found it to the audit that confirmed it fixed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.models.audit import Audit
from audits.models.standard import Requirement
from audits.querysets import ViolationQuerySet
from schools.models import School


class Violation(models.Model):
    """Found by an approved audit, seen again by later ones, confirmed fixed only by an approved audit."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        FIXED = "fixed", _("Confirmed fixed")
        ANNULLED = "annulled", _("Annulled: its audit was voided")

    school = models.ForeignKey(School, models.PROTECT, related_name="violations", verbose_name=_("school"))
    # The same code in a later edition is the same violation, seen again.
    code = models.CharField(_("code"), max_length=12)
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, related_name="violations", verbose_name=_("requirement")
    )
    severity = models.CharField(_("severity"), max_length=8, choices=Requirement.Severity)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    found_by = models.ForeignKey(Audit, models.PROTECT, related_name="violations_found", verbose_name=_("found by"))
    seen_by = models.ForeignKey(Audit, models.PROTECT, related_name="violations_seen", verbose_name=_("last seen by"))
    fixed_by = models.ForeignKey(
        Audit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="violations_fixed",
        verbose_name=_("confirmed fixed by"),
    )

    objects = ViolationQuerySet.as_manager()

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code"],
                condition=Q(state="open"),
                name="one_open_violation_per_school_and_requirement",
            ),
            models.UniqueConstraint(fields=["found_by", "code"], name="one_violation_per_audit_and_requirement"),
            models.CheckConstraint(
                name="violation_is_fixed_by_an_audit",
                condition=Q(state="fixed", fixed_by__isnull=False)
                | Q(state__in=["open", "annulled"]) & Q(fixed_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.school}"
