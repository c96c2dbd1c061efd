"""An audit: one visit to one school, judged against the edition that was in force on that day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audits.models.standard import Edition, Requirement, Standard
from audits.querysets import AnswerQuerySet, AuditEventQuerySet, AuditQuerySet
from schools.models import School


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    VOIDED = "voided", _("Voided")


# From each status, where an audit may go next. A status that is not a key is an end.
TRANSITIONS = {
    Status.PLANNED: {Status.IN_PROGRESS},
    Status.IN_PROGRESS: {Status.SUBMITTED},
    Status.SUBMITTED: {Status.RETURNED, Status.APPROVED},
    Status.RETURNED: {Status.IN_PROGRESS},
    Status.APPROVED: {Status.VOIDED},
}
JUDGED = (Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.VOIDED)


class Verdict(models.TextChoices):
    COMPLIANT = "compliant", _("Compliant")
    NON_COMPLIANT = "non_compliant", _("Non-compliant")


class Result(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Audit(models.Model):
    class Kind(models.TextChoices):
        MONITORING = "monitoring", _("Monitoring")
        INSPECTION = "inspection", _("Inspection")

    class Body(models.TextChoices):
        QUALITY_DEPARTMENT = "quality_department", _("Department for quality assurance in education")
        EDUCATION_DEPARTMENT = "education_department", _("Regional education department")
        POLICE = "police", _("Police department")

    school = models.ForeignKey(School, models.PROTECT, related_name="audits", verbose_name=_("school"))
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="audits", verbose_name=_("standard"))
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="audits", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    body = models.CharField(_("auditing body"), max_length=20, choices=Body)
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="audits", verbose_name=_("inspector")
    )
    planned_for = models.DateField(_("planned for"))
    visited_on = models.DateField(_("date of visit"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)
    verdict = models.CharField(_("verdict"), max_length=14, choices=Verdict, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    # The school as it was on the visit: what is asked of it, and how severely, must not change with its record.
    setting = models.CharField(_("city or village"), max_length=8, choices=School.Setting, blank=True)
    floors = models.PositiveSmallIntegerField(_("floors"), null=True, blank=True)
    has_outdoor_toilet = models.BooleanField(_("has an outdoor toilet"), null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        indexes = [
            # The newest audit that counts, of one school: the question every figure asks.
            models.Index(
                "school",
                F("visited_on").desc(),
                F("approved_at").desc(),
                F("id").desc(),
                condition=Q(approved_at__isnull=False),
                name="newest_audit_of_a_school",
            ),
            models.Index(fields=["inspector", "status"], name="audit_by_inspector"),
        ]
        constraints = [
            # Every figure counts by these two: a value nobody knows would count nowhere, or break the count.
            models.CheckConstraint(name="audit_status_is_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="audit_verdict_is_known_or_blank", condition=Q(verdict__in=["", *Verdict.values])
            ),
            models.CheckConstraint(
                name="audit_is_pinned_to_an_edition_once_begun",
                condition=Q(status="planned", edition=None, visited_on=None)
                | ~Q(status="planned") & Q(edition__isnull=False, visited_on__isnull=False),
            ),
            models.CheckConstraint(
                name="audit_is_judged_when_submitted",
                condition=Q(status__in=JUDGED, verdict__gt="", submitted_at__isnull=False, submitted_by__isnull=False)
                | ~Q(status__in=JUDGED) & Q(verdict="", submitted_at=None, submitted_by=None),
            ),
            models.CheckConstraint(
                name="audit_approval_is_whole",
                condition=Q(status__in=["approved", "voided"], approved_at__isnull=False, approved_by__isnull=False)
                | ~Q(status__in=["approved", "voided"]) & Q(approved_at=None, approved_by=None),
            ),
            models.CheckConstraint(
                name="audit_voiding_is_whole",
                condition=Q(status="voided", voided_at__isnull=False) | ~Q(status="voided") & Q(voided_at=None),
            ),
            models.CheckConstraint(
                name="the_author_of_an_audit_never_approves_it",
                condition=Q(approved_by=None) | ~Q(approved_by=F("inspector")) & ~Q(approved_by=F("submitted_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk} · {self.school}"

    @property
    def building(self) -> "School | Audit":
        """Whose setting, floors and toilet decide what is asked: as pinned at the visit, before it as they are now."""
        return self if self.setting else self.school

    @property
    def is_open_for_answers(self) -> bool:
        return self.status == Status.IN_PROGRESS

    @property
    def counts(self) -> bool:
        """It reaches the figures: approved and not voided."""
        return self.status == Status.APPROVED


class AuditEvent(models.Model):
    """One step of an audit: who took it, when, and why."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="events", verbose_name=_("audit"))
    was = models.CharField(_("was"), max_length=12, choices=Status, blank=True)
    became = models.CharField(_("became"), max_length=12, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an audit")
        verbose_name_plural = _("steps of an audit")
        constraints = [
            models.CheckConstraint(
                name="return_and_voiding_give_a_reason",
                condition=~Q(became__in=["returned", "voided"]) | Q(reason__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} → {self.became}"


class Answer(models.Model):
    """What was found for one requirement. A blank result is `not assessed`, never anything else."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="answers", verbose_name=_("audit"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="answers", verbose_name=_("requirement"))
    result = models.CharField(_("result"), max_length=14, choices=Result, blank=True)
    value = models.DecimalField(_("measured value"), max_digits=8, decimal_places=2, null=True, blank=True)
    choice = models.CharField(_("choice"), max_length=30, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by")
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["audit", "requirement"], name="one_answer_per_requirement_in_an_audit"),
            models.CheckConstraint(
                condition=Q(result="") | Q(result__in=Result.values), name="answer_result_is_known_or_blank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.result or '-'}"
