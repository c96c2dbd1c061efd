"""Schools and where they are placed. Dates are half open: valid_from <= day < valid_to."""

from abc import abstractmethod
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from core.translated import translated
from schools.models.order import NaturalKazakhOrder, SearchText
from schools.models.places import District
from schools.querysets import PlacementQuerySet, SchoolQuerySet

LANGUAGES = ("kk", "ru", "en")


class Versioned(models.Model):
    """A row that people change. The version goes up by one with each change, so that no one overwrites another."""

    version = models.PositiveIntegerField(_("version"), default=1)

    # A Change.Subject: the history knows the row by it and by the two properties below.
    register_subject: ClassVar[str]

    class Meta:
        abstract = True

    @property
    @abstractmethod
    def register_school(self) -> "School":
        """The school it belongs to; a school itself."""

    @property
    @abstractmethod
    def register_code(self) -> str:
        """What it is called in any language, within the school."""


class School(Versioned):
    register_subject = "school"

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("Primary school")
        BASIC = "basic", _("Basic secondary school")
        SECONDARY = "secondary", _("General secondary school")
        GYMNASIUM = "gymnasium", _("Gymnasium")
        LYCEUM = "lyceum", _("Lyceum")
        BOARDING = "boarding", _("Boarding school")

    class Ownership(models.TextChoices):
        STATE = "state", _("State")
        PRIVATE = "private", _("Private")

    class Setting(models.TextChoices):
        CITY = "city", _("City")
        VILLAGE = "village", _("Village")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    # Byte by byte, as its expression means it, not as the locale of the database would have it.
    name_sort = models.GeneratedField(
        expression=NaturalKazakhOrder(F("name_kk")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=SearchText(
            *(F(f"{field}_{language}") for field in ("name", "locality") for language in LANGUAGES), F("code")
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    ownership = models.CharField(_("ownership"), max_length=8, choices=Ownership, default=Ownership.STATE)
    setting = models.CharField(_("city or village"), max_length=8, choices=Setting)
    locality_kk = models.CharField(_("locality in Kazakh"), max_length=100)
    locality_ru = models.CharField(_("locality in Russian"), max_length=100)
    locality_en = models.CharField(_("locality in English"), max_length=100)
    pupils = models.PositiveIntegerField(_("pupils"))
    floors = models.PositiveSmallIntegerField(_("floors"), validators=[MinValueValidator(1), MaxValueValidator(9)])
    has_outdoor_toilet = models.BooleanField(_("has an outdoor toilet"), default=False)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    director = models.CharField(_("director"), max_length=150, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name=_("merged into")
    )
    # The school says twice a year that its record is right.
    confirmed_at = models.DateTimeField(_("record confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        indexes = [models.Index("name_sort", "id", name="school_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")), name="school_closes_after_it_opened"
            ),
            models.CheckConstraint(condition=Q(floors__range=(1, 9)), name="school_has_one_to_nine_floors"),
            models.CheckConstraint(condition=Q(setting__in=["city", "village"]), name="school_setting_is_known"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_on__isnull=False), name="merged_school_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def locality(self) -> str:
        return translated(self, "locality")

    @property
    def register_school(self) -> "School":
        return self

    @property
    def register_code(self) -> str:
        return self.code


class Placement(models.Model):
    """Which district a school belonged to, and from when to when."""

    school = models.ForeignKey(School, models.CASCADE, related_name="placements", verbose_name=_("school"))
    district = models.ForeignKey(District, models.PROTECT, related_name="placements", verbose_name=_("district"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        indexes = [models.Index("district", "school", name="placement_by_district")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="placement_ends_after_it_begins"
            ),
            # A range of one school instead of the plain key, so that no extension (btree_gist) is needed.
            ExclusionConstraint(
                name="school_is_in_one_district_at_a_time",
                expressions=[
                    (Func(F("school_id"), F("school_id"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("valid_from"), F("valid_to"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} · {self.district}"
