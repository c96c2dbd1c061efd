"""The rows a test needs and no others. Dates lie well before the days the tests speak of."""

from datetime import date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Role, User
from audits.models import (
    Answer,
    Audit,
    AuditEvent,
    Edition,
    Expectation,
    Requirement,
    Result,
    Standard,
    Status,
    Verdict,
)
from audits.precheck.agreement import compare
from cameras.models import Camera, CameraSystem, Condition
from schools.models import District, Membership, Placement, Region, School

LONG_AGO = date(2015, 9, 1)
LONG_AGO_AT = timezone.make_aware(datetime(2015, 9, 1, 12))


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("person{}@example.kz".format)
    name = factory.Sequence("Person {}".format)
    language = "en"
    role = Role.DEPARTMENT_OFFICER


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    slug = factory.Sequence("region-{}".format)
    kind = Region.Kind.REGION
    name_kk = factory.Sequence("{} облысы".format)
    name_ru = factory.Sequence("Область {}".format)
    name_en = factory.Sequence("Region {}".format)


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    region = factory.SubFactory(RegionFactory)
    slug = factory.Sequence("district-{}".format)
    kind = District.Kind.DISTRICT
    name_kk = factory.Sequence("{} ауданы".format)
    name_ru = factory.Sequence("Район {}".format)
    name_en = factory.Sequence("District {}".format)


class SchoolFactory(DjangoModelFactory):
    """A school of two floors in a village, placed in a district since it opened. `district=` says which."""

    class Meta:
        model = School
        skip_postgeneration_save = True

    code = factory.Sequence("S{:06}".format)
    name_kk = factory.Sequence("№ {} жалпы білім беретін мектеп".format)
    name_ru = factory.Sequence("Общеобразовательная школа № {}".format)
    name_en = factory.Sequence("School No. {}".format)
    kind = School.Kind.SECONDARY
    setting = School.Setting.VILLAGE
    locality_kk = "Ауыл"
    locality_ru = "Село"
    locality_en = "Village"
    pupils = 300
    floors = 2
    opened_on = LONG_AGO

    @factory.post_generation
    def district(self, create, extracted, **_kwargs):
        Placement.objects.create(school=self, district=extracted or DistrictFactory(), valid_from=self.opened_on)


class CameraSystemFactory(DjangoModelFactory):
    """A system in the figures from the day of its commissioning to that of its decommissioning."""

    class Meta:
        model = CameraSystem

    school = factory.SubFactory(SchoolFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = CameraSystem.Kind.DIGITAL
    commissioned_on = LONG_AGO
    counts_from = factory.SelfAttribute("commissioned_on")
    counts_until = factory.SelfAttribute("decommissioned_on")
    decommissioned_on = None


class CameraFactory(DjangoModelFactory):
    """A camera that works and is not connected. `state=` another condition, False for no report at all."""

    class Meta:
        model = Camera
        skip_postgeneration_save = True

    system = factory.SubFactory(CameraSystemFactory)
    number = factory.Sequence(lambda n: n + 1)
    zone = Camera.Zone.MAIN_ENTRANCE
    is_digital = True
    installed_on = LONG_AGO
    removed_on = None
    counts_from = factory.SelfAttribute("installed_on")
    counts_until = factory.SelfAttribute("removed_on")

    @factory.post_generation
    def state(self, create, extracted, **_kwargs):
        if extracted is False:
            return
        Condition.objects.create(
            camera=self,
            state=extracted or Condition.State.WORKING,
            observed_on=LONG_AGO,
            recorded_at=LONG_AGO_AT,
        )


class StandardFactory(DjangoModelFactory):
    class Meta:
        model = Standard
        django_get_or_create = ["slug"]

    slug = "school-cctv"
    name_kk = "Стандарт"
    name_ru = "Стандарт"
    name_en = "Standard"
    decides_standing = True


THREE_REQUIREMENTS = (
    {"code": "C-01", "severity": "critical"},
    {
        "code": "M-01",
        "severity": "major",
        "kind": "measured",
        "threshold": 30,
        "comparison": "at_least",
        "section": "archive",
        "unit_en": "days",
        "unit_ru": "сутки",
        "unit_kk": "күн",
    },
    {"code": "N-01", "severity": "minor"},
)


class EditionFactory(DjangoModelFactory):
    """A published edition with three requirements: C-01 critical, M-01 major (30 days at least), N-01 minor.

    `requirements=` other ones, as dictionaries of their fields.
    """

    class Meta:
        model = Edition
        django_get_or_create = ["code"]
        skip_postgeneration_save = True

    standard = factory.SubFactory(StandardFactory)
    code = "2019"
    in_force_from = date(2019, 2, 1)
    title_kk = "2019 жылғы редакция"
    title_ru = "Редакция 2019 года"
    title_en = "Edition of 2019"
    legal_act_kk = legal_act_ru = legal_act_en = "V1900018239"

    @factory.post_generation
    def requirements(self, create, extracted, **_kwargs):
        if self.published_at:
            return
        for position, fields in enumerate(extracted or THREE_REQUIREMENTS, start=1):
            RequirementFactory(edition=self, position=position, **fields)
        Edition.objects.filter(pk=self.pk).update(published_at=LONG_AGO_AT)
        self.refresh_from_db()


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = Requirement

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence("R-{:02}".format)
    position = factory.Sequence(lambda n: n + 1)
    section = Requirement.Section.COVERAGE
    text_kk = factory.LazyAttribute(lambda row: f"{row.code} талабы")
    text_ru = factory.LazyAttribute(lambda row: f"Требование {row.code}")
    text_en = factory.LazyAttribute(lambda row: f"Requirement {row.code}")
    legal_basis_kk = legal_basis_ru = legal_basis_en = "V1900018239"
    kind = Requirement.Kind.YES_NO
    severity = Requirement.Severity.CRITICAL


class AuditFactory(DjangoModelFactory):
    """A planned audit of the standard that decides standing."""

    class Meta:
        model = Audit

    school = factory.SubFactory(SchoolFactory)
    standard = factory.SubFactory(StandardFactory)
    kind = Audit.Kind.MONITORING
    body = Audit.Body.QUALITY_DEPARTMENT
    inspector = factory.SubFactory(UserFactory, role=Role.INSPECTOR)
    planned_for = date(2021, 5, 10)


def audit_in_progress(
    *,
    visited_on: date = date(2021, 5, 10),
    results: dict[str, str] | None = None,
    expected: dict[str, str] | None = None,
    **fields,
) -> Audit:
    """An audit begun on the day of the visit, with the results {code: result} given.

    `expected`: what the pre-check said, {code: outcome}, compared with the results.
    """
    edition = EditionFactory()
    audit = AuditFactory(status=Status.IN_PROGRESS, edition=edition, visited_on=visited_on, **fields)
    requirements = {requirement.code: requirement for requirement in edition.requirements.all()}
    at = timezone.make_aware(datetime(visited_on.year, visited_on.month, visited_on.day, 12))
    for code, result in (results or {}).items():
        Answer.objects.create(
            audit=audit, requirement=requirements[code], result=result, answered_at=at, answered_by=audit.inspector
        )
    for code, outcome in (expected or {}).items():
        Expectation.objects.create(
            audit=audit,
            requirement=requirements[code],
            outcome=outcome,
            agreement=compare(outcome, (results or {}).get(code, "")),
            grounds={"rule": "no_numbers"},
        )
    return audit


def audit_submitted(*, verdict: str = Verdict.NON_COMPLIANT, submitted_at: datetime | None = None, **fields) -> Audit:
    """A submitted audit whose answers amount to the verdict."""
    critical = Result.MET if verdict == Verdict.COMPLIANT else Result.NOT_MET
    results = {"C-01": critical, "M-01": Result.MET, "N-01": Result.MET}
    audit = audit_in_progress(**{"results": results} | fields)
    audit.status = Status.SUBMITTED
    audit.verdict = verdict
    audit.submitted_at = submitted_at or timezone.make_aware(
        datetime(audit.visited_on.year, audit.visited_on.month, audit.visited_on.day, 18)
    )
    audit.submitted_by = audit.inspector
    audit.save()
    AuditEvent.objects.create(
        audit=audit, was=Status.IN_PROGRESS, became=Status.SUBMITTED, by=audit.inspector, at=audit.submitted_at
    )
    return audit


def audit_approved(*, approved_at: datetime | None = None, approved_by: User | None = None, **fields) -> Audit:
    """An approved audit: it counts from the day of its approval. Its figures and violations are not written."""
    audit = audit_submitted(**fields)
    audit.status = Status.APPROVED
    audit.approved_at = approved_at or audit.submitted_at
    audit.approved_by = approved_by or UserFactory(role=Role.DEPARTMENT_HEAD)
    audit.save()
    AuditEvent.objects.create(
        audit=audit, was=Status.SUBMITTED, became=Status.APPROVED, by=audit.approved_by, at=audit.approved_at
    )
    return audit


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
