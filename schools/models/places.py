"""Regions and districts. Dates are half open: established_on <= day < abolished_on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.translated import translated
from schools.models.order import KazakhOrder
from schools.querysets import DistrictQuerySet, RegionQuerySet


class AdministrativeUnit(models.Model):
    """What a region and a district have in common."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        DISTRICT = "district", _("District")
        CITY = "city", _("City")

    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name_kk = models.CharField(_("name in Kazakh"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_sort = models.GeneratedField(
        expression=KazakhOrder(F("name_kk")), output_field=models.CharField(max_length=100), db_persist=True
    )
    center_kk = models.CharField(_("centre in Kazakh"), max_length=100, blank=True)
    center_ru = models.CharField(_("centre in Russian"), max_length=100, blank=True)
    center_en = models.CharField(_("centre in English"), max_length=100, blank=True)
    # Codes are reissued by reforms, and free lists of them disagree: never a key.
    kato = models.CharField(_("KATO code"), max_length=9, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(established_on=None) | Q(abolished_on=None) | Q(abolished_on__gt=F("established_on")),
                name="%(class)s_is_abolished_after_it_was_established",
            ),
            models.UniqueConstraint(
                fields=["kato"], condition=Q(abolished_on=None), name="one_standing_%(class)s_per_kato_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def center(self) -> str:
        return translated(self, "center")


class Region(AdministrativeUnit):
    """A first-level unit: one of 17 regions and 3 cities since 08.06.2022."""

    objects = RegionQuerySet.as_manager()

    class Meta(AdministrativeUnit.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class District(AdministrativeUnit):
    """A second-level unit. It never changes region: a reform makes a new one that names its predecessor."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="districts", verbose_name=_("region"))
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("predecessor")
    )

    objects = DistrictQuerySet.as_manager()

    class Meta(AdministrativeUnit.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
