"""Regions, districts, schools, placements and memberships. Dates are half open: valid_from <= day < valid_to."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from core.translated import translated
from schools.querysets import DistrictQuerySet, PlacementQuerySet, RegionQuerySet, SchoolQuerySet

# The 42 letters of the Kazakh alphabet in their order, which no collation of a bare PostgreSQL knows.
KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


class KazakhOrder(Func):
    """A text that sorts, byte by byte, as its Kazakh original does by alphabet. Folds case in any locale."""

    function = "translate"
    output_field = models.CharField()

    def __init__(self, expression: object) -> None:
        ordered = "".join(chr(0x1000 + place) for place in range(len(KAZAKH_ALPHABET)))
        super().__init__(expression, Value(KAZAKH_ALPHABET + KAZAKH_ALPHABET.upper()), Value(ordered + ordered))

    def deconstruct(self) -> tuple:
        return ("schools.models.KazakhOrder", [self.source_expressions[0]], {})


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


class School(models.Model):
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
    name_sort = models.GeneratedField(
        expression=KazakhOrder(F("name_kk")), output_field=models.CharField(max_length=200), db_persist=True
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
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def locality(self) -> str:
        return translated(self, "locality")


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


class Membership(models.Model):
    """A person serves exactly one of: the country, a region, a district, a school. Several rows, several areas."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    whole_country = models.BooleanField(_("the whole country"), default=False)
    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("region")
    )
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("district")
    )
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("school")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_serves_exactly_one_area",
                violation_error_message=_("Choose exactly one: the whole country, a region, a district or a school."),
                condition=(
                    Q(whole_country=True, region=None, district=None, school=None)
                    | Q(whole_country=False, region__isnull=False, district=None, school=None)
                    | Q(whole_country=False, region=None, district__isnull=False, school=None)
                    | Q(whole_country=False, region=None, district=None, school__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "region", "district", "school"],
                nulls_distinct=False,
                name="one_membership_per_person_and_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.region or self.district or self.school or _('the whole country')}"
