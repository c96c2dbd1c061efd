"""Camera systems of schools, their cameras, and what state each camera was in when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cameras.querysets import CameraQuerySet, CameraSystemQuerySet, ConditionQuerySet
from schools.models import School, Versioned


class Counted(Versioned):
    """Equipment. The days on which it came and went are what people say; figures count it from the day they said so.

    A camera of 2019 that is entered today is in the figures from today on: what was told of past days stays.
    """

    counts_from = models.DateField(_("in the figures from"))
    counts_until = models.DateField(_("in the figures until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(counts_until=None) | Q(counts_until__gte=F("counts_from")),
                name="%(class)s_leaves_the_figures_after_it_entered_them",
            ),
        ]


class CameraSystem(Counted):
    """A recorder and what hangs on it. In service: counts_from <= day < counts_until."""

    register_subject = "system"

    class Kind(models.TextChoices):
        ANALOGUE = "analogue", _("Analogue")
        HYBRID = "hybrid", _("Hybrid")
        DIGITAL = "digital", _("Digital (IP)")

    class CentreLink(models.TextChoices):
        CONNECTED = "connected", _("Connected")
        ABLE = "able", _("Can be connected")
        UNABLE = "unable", _("Cannot be connected")

    school = models.ForeignKey(School, models.CASCADE, related_name="systems", verbose_name=_("school"))
    # Within the school, given once and never again: with the code of the school it names the system for ever.
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    recorder = models.CharField(_("video recorder"), max_length=100, blank=True)
    storage_tb = models.DecimalField(_("storage capacity, TB"), max_digits=7, decimal_places=2, null=True, blank=True)
    storage_days = models.PositiveSmallIntegerField(_("storage period, days"), null=True, blank=True)
    backup_minutes = models.PositiveSmallIntegerField(_("backup power, minutes"), null=True, blank=True)
    centre_link = models.CharField(
        _("connection to the operations control centre"), max_length=9, choices=CentreLink, blank=True
    )
    channel_mbps = models.DecimalField(
        _("internet channel reserved for video, Mbit/s"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    supplier = models.CharField(_("supplier"), max_length=200, blank=True)
    maintenance_contract = models.CharField(_("maintenance contract"), max_length=200, blank=True)
    maintenance_until = models.DateField(_("maintenance contract until"), null=True, blank=True)
    installed_on = models.DateField(_("installed on"), null=True, blank=True)
    commissioned_on = models.DateField(_("commissioned on"))
    decommissioned_on = models.DateField(_("decommissioned on"), null=True, blank=True)

    objects = CameraSystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("video surveillance system")
        verbose_name_plural = _("video surveillance systems")
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(fields=["school", "number"], name="one_system_per_number_in_a_school"),
            models.CheckConstraint(
                condition=Q(decommissioned_on=None, counts_until=None)
                | Q(decommissioned_on__isnull=False, counts_until__isnull=False),
                name="system_leaves_the_figures_when_decommissioned",
            ),
            models.CheckConstraint(
                condition=Q(decommissioned_on=None) | Q(decommissioned_on__gte=F("commissioned_on")),
                name="system_is_not_decommissioned_before_it_was_commissioned",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} · {self.get_kind_display()}"

    @property
    def register_school(self) -> School:
        return self.school

    @property
    def register_code(self) -> str:
        return str(self.number)


class Camera(Counted):
    register_subject = "camera"

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
    model = models.CharField(_("model"), max_length=100, blank=True)
    width_px = models.PositiveSmallIntegerField(_("horizontal resolution, px"), null=True, blank=True)
    height_px = models.PositiveSmallIntegerField(_("vertical resolution, px"), null=True, blank=True)
    frames_per_second = models.PositiveSmallIntegerField(_("frames per second"), null=True, blank=True)
    bitrate_mbps = models.DecimalField(_("stream, Mbit/s"), max_digits=6, decimal_places=2, null=True, blank=True)
    # What the pixel density follows from (IEC 62676-4): how wide it looks, and how far away what it must show is.
    field_of_view = models.DecimalField(
        _("horizontal field of view, degrees"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    target_distance = models.DecimalField(
        _("distance to the target, m"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    # Null: nobody has said.
    has_night_mode = models.BooleanField(_("night mode"), null=True, blank=True)
    installed_on = models.DateField(_("installed on"))
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    connected_on = models.DateField(_("connected to the operations control centre on"), null=True, blank=True)
    disconnected_on = models.DateField(_("disconnected on"), null=True, blank=True)

    objects = CameraQuerySet.as_manager()

    class Meta:
        verbose_name = _("camera")
        verbose_name_plural = _("cameras")
        constraints = [
            *Counted.Meta.constraints,
            # A camera that replaces another takes over its number.
            models.UniqueConstraint(
                fields=["system", "number"], condition=Q(removed_on=None), name="one_camera_per_number_in_a_system"
            ),
            models.CheckConstraint(
                condition=Q(field_of_view=None) | Q(field_of_view__gt=0, field_of_view__lt=180),
                name="field_of_view_is_between_0_and_180_degrees",
            ),
            models.CheckConstraint(
                condition=Q(target_distance=None) | Q(target_distance__gt=0), name="target_is_at_some_distance"
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None, counts_until=None)
                | Q(removed_on__isnull=False, counts_until__isnull=False),
                name="camera_leaves_the_figures_when_removed",
            ),
            models.CheckConstraint(
                # On the same day: what was entered by mistake hung on no day.
                condition=Q(removed_on=None) | Q(removed_on__gte=F("installed_on")),
                name="camera_is_not_removed_before_it_was_installed",
            ),
            models.CheckConstraint(
                condition=Q(disconnected_on=None)
                | Q(connected_on__isnull=False, disconnected_on__gt=F("connected_on")),
                name="camera_is_disconnected_after_it_was_connected",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} · {self.get_zone_display()}"

    @property
    def register_school(self) -> School:
        return self.system.school

    @property
    def register_code(self) -> str:
        return f"{self.system.number}/{self.number}"


class FormerConnection(models.Model):
    """A time during which a camera was connected, before it was connected again. Half open, as all days here."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="former_connections", verbose_name=_("camera"))
    connected_on = models.DateField(_("connected to the operations control centre on"))
    disconnected_on = models.DateField(_("disconnected on"))

    class Meta:
        verbose_name = _("former connection")
        verbose_name_plural = _("former connections")
        constraints = [
            models.CheckConstraint(
                condition=Q(disconnected_on__gt=F("connected_on")), name="former_connection_ended_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.camera} · {self.connected_on} – {self.disconnected_on}"


class Condition(models.Model):
    """The state of a camera from when it was reported until the next report. The newest has no end."""

    class State(models.TextChoices):
        WORKING = "working", _("Working")
        FAULTY = "faulty", _("Does not work")
        NO_POWER = "no_power", _("Not powered")
        REMOVED = "removed", _("Removed")

    class Source(models.TextChoices):
        SCHOOL = "school", _("Reported by the school")
        AUDIT = "audit", _("Found by an audit")
        DEPARTMENT = "department", _("Recorded by the department")

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="conditions", verbose_name=_("camera"))
    state = models.CharField(_("condition"), max_length=8, choices=State)
    observed_on = models.DateField(_("observed on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.SCHOOL)
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
                condition=Q(state__in=["working", "faulty", "no_power", "removed"]), name="condition_state_is_known"
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
