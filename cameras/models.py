"""Camera systems of schools, their cameras, and what state each camera was in when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cameras.querysets import CameraQuerySet, CameraSystemQuerySet, ConditionQuerySet
from schools.models import School


class CameraSystem(models.Model):
    """A recorder and what hangs on it. In service: commissioned_on <= day < decommissioned_on."""

    class Kind(models.TextChoices):
        ANALOGUE = "analogue", _("Analogue")
        HYBRID = "hybrid", _("Hybrid")
        DIGITAL = "digital", _("Digital (IP)")

    school = models.ForeignKey(School, models.CASCADE, related_name="systems", verbose_name=_("school"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    recorder = models.CharField(_("video recorder"), max_length=100, blank=True)
    storage_days = models.PositiveSmallIntegerField(_("storage period, days"), null=True, blank=True)
    backup_minutes = models.PositiveSmallIntegerField(_("backup power, minutes"), null=True, blank=True)
    commissioned_on = models.DateField(_("commissioned on"))
    decommissioned_on = models.DateField(_("decommissioned on"), null=True, blank=True)

    objects = CameraSystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("video surveillance system")
        verbose_name_plural = _("video surveillance systems")
        constraints = [
            models.CheckConstraint(
                condition=Q(decommissioned_on=None) | Q(decommissioned_on__gt=F("commissioned_on")),
                name="system_is_decommissioned_after_it_was_commissioned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.school}"


class Camera(models.Model):
    class Zone(models.TextChoices):
        MAIN_ENTRANCE = "main_entrance", _("Main entrance")
        RESERVE_EXIT = "reserve_exit", _("Reserve exit")
        CORRIDOR = "corridor", _("Corridor")
        STAIRWELL = "stairwell", _("Stairwell")
        HALL = "hall", _("Room of mass gathering")
        YARD = "yard", _("Yard")
        PERIMETER = "perimeter", _("Perimeter")
        GATE = "gate", _("Gate")
        OTHER = "other", _("Other room")

    system = models.ForeignKey(CameraSystem, models.CASCADE, related_name="cameras", verbose_name=_("system"))
    number = models.PositiveSmallIntegerField(_("number"))
    zone = models.CharField(_("zone"), max_length=16, choices=Zone)
    floor = models.PositiveSmallIntegerField(_("floor"), null=True, blank=True)
    is_outdoor = models.BooleanField(_("outdoor"), default=False)
    is_digital = models.BooleanField(_("digital"))
    width_px = models.PositiveSmallIntegerField(_("horizontal resolution, px"), null=True, blank=True)
    height_px = models.PositiveSmallIntegerField(_("vertical resolution, px"), null=True, blank=True)
    frames_per_second = models.PositiveSmallIntegerField(_("frames per second"), null=True, blank=True)
    has_night_mode = models.BooleanField(_("night mode"), default=False)
    installed_on = models.DateField(_("installed on"))
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    connected_on = models.DateField(_("connected to the operations control centre on"), null=True, blank=True)
    disconnected_on = models.DateField(_("disconnected on"), null=True, blank=True)

    objects = CameraQuerySet.as_manager()

    class Meta:
        verbose_name = _("camera")
        verbose_name_plural = _("cameras")
        constraints = [
            models.UniqueConstraint(fields=["system", "number"], name="one_camera_per_number_in_a_system"),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(removed_on__gt=F("installed_on")),
                name="camera_is_removed_after_it_was_installed",
            ),
            models.CheckConstraint(
                condition=Q(disconnected_on=None)
                | Q(connected_on__isnull=False, disconnected_on__gt=F("connected_on")),
                name="camera_is_disconnected_after_it_was_connected",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} · {self.get_zone_display()}"


class Condition(models.Model):
    """The state of a camera from when it was reported until the next report. The newest has no end."""

    class State(models.TextChoices):
        WORKING = "working", _("Working")
        FAULTY = "faulty", _("Does not work")
        NO_POWER = "no_power", _("Not powered")

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="conditions", verbose_name=_("camera"))
    state = models.CharField(_("condition"), max_length=8, choices=State)
    observed_on = models.DateField(_("observed on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        indexes = [
            # The count of malfunctioning schools reads only what does not work, which is little.
            models.Index(fields=["camera"], condition=~Q(state="working"), name="condition_not_working"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["working", "faulty", "no_power"]), name="condition_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["camera"], condition=Q(superseded_at=None), name="one_present_condition_per_camera"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name="condition_is_superseded_after_it_was_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.camera} · {self.get_state_display()}"
