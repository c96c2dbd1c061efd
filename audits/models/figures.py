"""Counted figures of areas, and the marks that say a figure is due for a recount."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audits.models.audit import Audit
from audits.querysets import AreaFiguresQuerySet
from schools.areas import Area
from schools.models import District, Region, School


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


class SchoolFacts(models.Model):
    """What is true of a school now, as compliance.facts() says it. Written by audits/kept_facts.py alone."""

    school = models.OneToOneField(
        School, models.CASCADE, primary_key=True, related_name="facts", verbose_name=_("school")
    )
    is_equipped = models.BooleanField(_("equipped"))
    is_malfunctioning = models.BooleanField(_("malfunctioning"))
    connection = models.CharField(_("connection"), max_length=8)
    newest_audit = models.ForeignKey(
        Audit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("newest audit that counts")
    )
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    edition_code = models.CharField(_("edition"), max_length=50, null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=16, null=True, blank=True)
    standing = models.CharField(_("standing"), max_length=16)
    open_violations = models.PositiveSmallIntegerField(_("open violations"))

    class Meta:
        verbose_name = _("facts of a school")
        verbose_name_plural = _("facts of schools")

    def __str__(self) -> str:
        return f"{self.school_id} {self.standing}"
