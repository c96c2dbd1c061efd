"""Files that people send in, and files made for them. The files lie in Django's default storage, which is private."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bulk.querysets import ExportQuerySet, ImportQuerySet

LONGEST_QUERY = 2000


class Job(models.Model):
    """Work that a worker does for a person, who watches how far it is."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    # What the worker says, it says in the language of the person.
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_total = models.PositiveIntegerField(_("rows in all"), null=True, blank=True)

    class Meta:
        abstract = True


class Import(Job):
    """One file of rows. Checked first; applied whole or not at all; undone while nothing was built on it."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be checked")
        CHECKING = "checking", _("Being checked")
        REFUSED = "refused", _("Has errors")
        READY = "ready", _("Checked, ready to apply")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Failed")

    # What a worker does, or is to do.
    AT_WORK = (State.UPLOADED, State.CHECKING, State.APPLYING, State.UNDOING)

    kind = models.CharField(_("kind of rows"), max_length=20)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.UPLOADED)
    filename = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to="imports/")
    reason = models.CharField(_("reason"), max_length=500)
    # When its state last changed, or a worker last began; how many workers began what the state says.
    moved_at = models.DateTimeField(_("last moved at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    created = models.PositiveIntegerField(_("rows created"), default=0)
    changed = models.PositiveIntegerField(_("rows changed"), default=0)
    unchanged = models.PositiveIntegerField(_("rows unchanged"), default=0)
    # [{"row": 7, "column": "pupils", "message": "…"}], row None the whole file: why it cannot be applied, or undone.
    problems = models.JSONField(_("problems"), default=list)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="applied_import_says_when",
                condition=~Q(state__in=["applied", "undoing", "undone"]) | Q(applied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_is_undone_after_it_was_applied",
                condition=Q(undone_at=None) | Q(applied_at__isnull=False, undone_at__gte=F("applied_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_at_work(self) -> bool:
        """A worker has it, or will."""
        return self.state in self.AT_WORK


class Export(Job):
    """A list too long to wait for, as a file behind a private link that expires."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.CharField(_("list"), max_length=20)
    # The filters as they stand in the address of the list.
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    filename = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to="exports/", blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("link expires at"))

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(
                name="ready_export_has_a_file", condition=~Q(state="ready") | Q(ready_at__isnull=False) & ~Q(file="")
            ),
            models.CheckConstraint(name="export_expires_after_it_was_asked", condition=Q(expires_at__gt=F("asked_at"))),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_unfinished(self) -> bool:
        return self.state in {self.State.WAITING, self.State.WORKING}

    def is_expired(self, at: datetime) -> bool:
        return self.expires_at <= at

    def is_open(self, at: datetime) -> bool:
        """The file is there, and its link has not expired."""
        return self.state == self.State.READY and not self.is_expired(at)
