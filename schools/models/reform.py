"""Reforms of areas: which districts and schools went where, from which day on."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.querysets import ReformQuerySet


class Reform(models.Model):
    """One act that moved districts, or schools, to others. Written by schools/reform.py alone."""

    effective_on = models.DateField(_("in force from"))
    # The legal act, and why: people read it in the history of every school it moved.
    reason = models.CharField(_("legal act"), max_length=500)
    # As it was carried out; see schools/reform.py.
    plan = models.JSONField(_("plan"), encoder=DjangoJSONEncoder)
    schools = models.PositiveIntegerField(_("schools moved"))
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = ReformQuerySet.as_manager()

    class Meta:
        verbose_name = _("reform of areas")
        verbose_name_plural = _("reforms of areas")

    def __str__(self) -> str:
        return f"{self.effective_on} {self.reason}"
