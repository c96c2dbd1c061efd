"""Counted figures of areas, and the marks that say a figure is due for a recount."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audits.querysets import AreaFiguresQuerySet
from schools.areas import Area
from schools.models import District, Region


class OfAnArea(models.Model):
    """A row about a region, a district or, with neither, the country."""

    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("district")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(region=None) | Q(district=None), name="%(class)s_is_of_one_area"),
        ]

    @property
    def area(self) -> Area:
        return Area(region=self.region, district=self.district)


class AreaFigures(OfAnArea):
    """How many schools of an area were in which standing on a day. Written by audits/compliance.py alone.

    One row per area, day and change: the newest of a day is the figure of that day. Counts, never shares.
    """

    as_of = models.DateField(_("as of"))
    computed_at = models.DateTimeField(_("computed at"))
    compliant = models.PositiveIntegerField(_("compliant"))
    non_compliant = models.PositiveIntegerField(_("non-compliant"))
    unequipped = models.PositiveIntegerField(_("not equipped"))
    unassessed = models.PositiveIntegerField(_("not assessed"))
    malfunctioning = models.PositiveIntegerField(_("malfunctioning"))
    connected_fully = models.PositiveIntegerField(_("fully connected"))
    connected_partly = models.PositiveIntegerField(_("partly connected"))
    # {edition code: number of schools whose verdict was made under it}
    editions = models.JSONField(_("editions"), default=dict)

    objects = AreaFiguresQuerySet.as_manager()

    class Meta(OfAnArea.Meta):
        verbose_name = _("figures of an area")
        verbose_name_plural = _("figures of areas")
        indexes = [
            models.Index("region", "district", F("as_of").desc(), F("id").desc(), name="newest_figures_of_an_area"),
        ]
        constraints = [
            *OfAnArea.Meta.constraints,
            models.CheckConstraint(
                name="only_equipped_schools_malfunction_or_connect",
                condition=Q(malfunctioning__lte=F("compliant") + F("non_compliant") + F("unassessed"))
                & Q(connected_fully__lte=F("compliant") + F("non_compliant") + F("unassessed") - F("connected_partly")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area.key} {self.as_of}"


class StaleMark(OfAnArea):
    """Written in the transaction that changed something; deleted by the recount that saw the change.

    Rows, not a flag: fifty approvals in one region do not wait for each other, and none can hide another's mark.
    """

    marked_at = models.DateTimeField(_("marked at"), auto_now_add=True)

    class Meta(OfAnArea.Meta):
        verbose_name = _("mark of a stale area")
        verbose_name_plural = _("marks of stale areas")

    def __str__(self) -> str:
        return f"{self.area.key} {self.marked_at}"
