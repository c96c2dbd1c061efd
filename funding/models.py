"""An upgrade request: what a school asks for, how much it costs, and which violations it would cure. Money in tenge."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.models import Violation
from funding.querysets import UpgradeRequestQuerySet
from schools.models import School


class UpgradeRequest(models.Model):
    class Purpose(models.TextChoices):
        ADDITION = "addition", _("Additional equipping")
        RENEWAL = "renewal", _("Renewal")

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    school = models.ForeignKey(School, models.PROTECT, related_name="upgrade_requests", verbose_name=_("school"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    description = models.TextField(_("what is needed"), max_length=2000)
    amount = models.DecimalField(
        _("requested amount, ₸"), max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    violations = models.ManyToManyField(
        Violation, related_name="upgrade_requests", verbose_name=_("violations it would cure")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.SUBMITTED)
    filed_at = models.DateTimeField(_("filed at"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.TextField(_("reason"), blank=True)

    objects = UpgradeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("upgrade request")
        verbose_name_plural = _("upgrade requests")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="request_asks_for_money"),
            models.CheckConstraint(
                name="request_withdrawal_is_whole",
                condition=Q(
                    status="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawal_reason__gt=""
                )
                | Q(status="submitted", withdrawn_at=None, withdrawn_by=None, withdrawal_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk} · {self.school}"
