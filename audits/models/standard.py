"""The standard schools are judged against: dated editions made of requirements."""

from decimal import Decimal
from typing import Any, Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.querysets import EditionQuerySet
from core.translated import translated
from schools.models import School


class Standard(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=300)
    name_ru = models.CharField(_("name in Russian"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    # Other standards may be audited beside it (access regime, drills); they never make a school compliant.
    decides_standing = models.BooleanField(_("decides the standing of a school"), default=False)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        constraints = [
            models.UniqueConstraint(
                fields=["decides_standing"], condition=Q(decides_standing=True), name="one_standard_decides_standing"
            ),
        ]

    def __str__(self) -> str:
        return translated(self, "name")


class Edition(models.Model):
    """A dated text of the standard. Published it is immutable (a trigger sees to it); a correction is a new edition."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions", verbose_name=_("standard"))
    code = models.SlugField(_("edition"), unique=True)
    in_force_from = models.DateField(_("in force from"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300)
    legal_act_kk = models.TextField(_("legal act in Kazakh"))
    legal_act_ru = models.TextField(_("legal act in Russian"))
    legal_act_en = models.TextField(_("legal act in English"))
    note_kk = models.TextField(_("note in Kazakh"), blank=True)
    note_ru = models.TextField(_("note in Russian"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["standard", "in_force_from"], name="one_edition_of_a_standard_per_day"),
        ]

    def __str__(self) -> str:
        return translated(self, "title")

    @property
    def legal_act(self) -> str:
        return translated(self, "legal_act")

    @property
    def note(self) -> str:
        return translated(self, "note")


SEVERITIES = ("critical", "major", "minor")


class Building(Protocol):
    """A school as it is now, or as an audit has pinned it."""

    setting: Any
    floors: Any
    has_outdoor_toilet: Any


class Requirement(models.Model):
    class Section(models.TextChoices):
        COVERAGE = "coverage", _("Coverage")
        PRIVACY = "privacy", _("Privacy")
        SYSTEM = "system", _("System")
        ARCHIVE = "archive", _("Archive")
        IMAGE = "image", _("Image quality")
        NETWORK = "network", _("Connection")
        ORGANISATION = "organisation", _("Organisation")

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Yes or no")
        MEASURED = "measured", _("Measured")
        SHARE = "share", _("Share")
        CHOICE = "choice", _("Choice")

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    class Severity(models.TextChoices):
        CRITICAL = "critical", _("Critical")
        MAJOR = "major", _("Major")
        MINOR = "minor", _("Minor")

    class Evidence(models.TextChoices):
        NONE = "none", _("No evidence")
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")

    class AppliesTo(models.TextChoices):
        ALL = "all", _("All schools")
        CITY = "city", _("City schools")
        VILLAGE = "village", _("Village schools")
        MULTI_STOREY = "multi_storey", _("Schools of two floors and more")
        OUTDOOR_TOILET = "outdoor_toilet", _("Schools with an outdoor toilet")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="requirements", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=12)
    position = models.PositiveSmallIntegerField(_("position"))
    section = models.CharField(_("section"), max_length=12, choices=Section)
    text_kk = models.TextField(_("requirement in Kazakh"))
    text_ru = models.TextField(_("requirement in Russian"))
    text_en = models.TextField(_("requirement in English"))
    help_kk = models.TextField(_("how to check, in Kazakh"), blank=True)
    help_ru = models.TextField(_("how to check, in Russian"), blank=True)
    help_en = models.TextField(_("how to check, in English"), blank=True)
    legal_basis_kk = models.CharField(_("legal basis in Kazakh"), max_length=300)
    legal_basis_ru = models.CharField(_("legal basis in Russian"), max_length=300)
    legal_basis_en = models.CharField(_("legal basis in English"), max_length=300)
    engineering_default = models.BooleanField(_("engineering default, not law"), default=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    threshold = models.DecimalField(_("threshold"), max_digits=8, decimal_places=2, null=True, blank=True)
    comparison = models.CharField(_("comparison"), max_length=8, choices=Comparison, blank=True)
    unit_kk = models.CharField(_("unit in Kazakh"), max_length=20, blank=True)
    unit_ru = models.CharField(_("unit in Russian"), max_length=20, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=20, blank=True)
    # [{"value", "label_kk", "label_ru", "label_en", "meets"}] for a choice, else empty.
    choices = models.JSONField(_("choices"), default=list, blank=True)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    city_severity = models.CharField(_("severity in a city"), max_length=8, choices=Severity, blank=True)
    evidence = models.CharField(_("evidence"), max_length=8, choices=Evidence, default=Evidence.NONE)
    applies_to = models.CharField(_("applies to"), max_length=14, choices=AppliesTo, default=AppliesTo.ALL)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_requirement_per_code_in_an_edition"),
            # A severity that nobody knows would never decide, and what it names would pass unanswered.
            models.CheckConstraint(
                name="requirement_severity_is_known",
                condition=Q(severity__in=SEVERITIES, city_severity__in=("", *SEVERITIES)),
            ),
            models.CheckConstraint(
                name="threshold_and_comparison_come_together",
                condition=Q(threshold=None, comparison="") | Q(threshold__isnull=False, comparison__gt=""),
            ),
            models.CheckConstraint(
                name="measured_requirement_has_a_threshold",
                condition=~Q(kind__in=["measured", "share"]) | Q(threshold__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def text(self) -> str:
        return translated(self, "text")

    @property
    def help(self) -> str:
        return translated(self, "help")

    @property
    def legal_basis(self) -> str:
        return translated(self, "legal_basis")

    @property
    def unit(self) -> str:
        return translated(self, "unit")

    def severity_for(self, school: Building) -> str:
        """A city school may be held to more: connection to the operations centre is critical there."""
        if school.setting == School.Setting.CITY and self.city_severity:
            return self.city_severity
        return self.severity

    def applies_to_school(self, school: Building) -> bool:
        """What does not apply is not asked, and leaves the denominator."""
        applies = {
            self.AppliesTo.CITY: school.setting == School.Setting.CITY,
            self.AppliesTo.VILLAGE: school.setting == School.Setting.VILLAGE,
            self.AppliesTo.MULTI_STOREY: school.floors > 1,
            self.AppliesTo.OUTDOOR_TOILET: school.has_outdoor_toilet,
        }
        return applies.get(self.AppliesTo(self.applies_to), True)

    def is_met_by(self, value: Decimal) -> bool:
        """Whether a measured value reaches the threshold."""
        assert self.threshold is not None
        return value >= self.threshold if self.comparison == self.Comparison.AT_LEAST else value <= self.threshold
