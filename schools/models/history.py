"""The history of the register: who changed what of a school and its equipment, from when on, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bulk.models import Import
from schools.models.school import School
from schools.querysets import ChangeQuerySet


class Change(models.Model):
    """One act on a school, a system or a camera. Written by schools/history.py; a trigger keeps it as it is."""

    class Subject(models.TextChoices):
        SCHOOL = "school", _("School")
        SYSTEM = "system", _("System")
        CAMERA = "camera", _("Camera")

    class Act(models.TextChoices):
        REGISTERED = "registered", _("Entered in the register")
        CORRECTED = "corrected", _("Corrected")
        RENAMED = "renamed", _("Renamed")
        MOVED = "moved", _("Moved to another district")
        MOVE_CANCELLED = "move_cancelled", _("Move cancelled")
        MERGED = "merged", _("Merged into another school")
        ABSORBED = "absorbed", _("Took over another school")
        CLOSED = "closed", _("Closed")
        CLOSING_CANCELLED = "closing_cancelled", _("Closing cancelled")
        REFORMED = "reformed", _("Moved by a reform of areas")
        CONFIRMED = "confirmed", _("Record confirmed")
        INSTALLED = "installed", _("Installed")
        REPLACED = "replaced", _("Replaced")
        RELOCATED = "relocated", _("Moved to another place")
        REMOVED = "removed", _("Removed")
        DECOMMISSIONED = "decommissioned", _("Decommissioned")
        IMPORT_UNDONE = "import_undone", _("Import undone")

    # No index of its own: change_by_school begins with it, and an import writes a row for each of its own.
    school = models.ForeignKey(School, models.CASCADE, related_name="changes", db_index=False, verbose_name=_("school"))
    subject = models.CharField(_("what changed"), max_length=8, choices=Subject)
    # Not a foreign key: systems and cameras are of an app above this one.
    subject_id = models.PositiveBigIntegerField(_("key of what changed"))
    # What it is called in any language: the code of a school, "1" of a system, "1/5" of a camera.
    subject_code = models.CharField(_("code of what changed"), max_length=16)
    version = models.PositiveIntegerField(_("version it became"))
    act = models.CharField(_("act"), max_length=18, choices=Act)
    effective_on = models.DateField(_("holds from"))
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("by"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # {field: [was, became]}, each as JSON knows it: dates in ISO form, a district by the key of its area.
    fields = models.JSONField(_("fields"), default=dict)
    bulk_import = models.ForeignKey(
        Import, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("import")
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("history of the register")
        indexes = [
            models.Index("school", F("at").desc(), F("id").desc(), name="change_by_school"),
            models.Index("subject", "subject_id", "version", name="change_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_code} · {self.get_act_display()}"
