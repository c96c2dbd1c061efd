"""Who may do what to an audit. Services enforce these; pages show or hide by them."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Role, User
from audits.models import Audit
from audits.querysets import schools_with_open_findings
from schools.models import School
from schools.permissions import is_of_the_department, serves


def can_see_findings(user: User, school: School) -> bool:
    """What audits found at the school: its own people, its inspectors, departments up to the country; no statistics."""
    return schools_with_open_findings(user).filter(pk=school.pk).exists()


def can_see_inventory(user: User, school: School) -> bool:
    """Numbers and cameras behind an expectation: what hangs where is for those who work at the school or with it."""
    return School.objects.with_open_inventory(user).filter(pk=school.pk).exists()


def can_compare(user: User) -> bool:
    """How often inspectors and the pre-check differ: for the department and for who reads the whole country."""
    return is_of_the_department(user) or user.role == Role.COUNTRY_VIEWER


def can_plan(user: User, school: School) -> bool:
    """Heads and officers of the department plan audits of the schools they serve."""
    return is_of_the_department(user) and serves(user, school)


def can_be_assigned(user: User, school: School) -> bool:
    """An active inspector who serves the school."""
    return user.is_active and user.role == Role.INSPECTOR and serves(user, school)


def assignable_inspectors(school: School) -> QuerySet[User]:
    """Everybody who can_be_assigned() to the school."""
    places = school.placements.not_over(timezone.localdate())
    serves_it = (
        Q(is_superuser=True)
        | Q(memberships__whole_country=True)
        | Q(memberships__region__in=places.values("district__region"))
        | Q(memberships__district__in=places.values("district"))
        | Q(memberships__school=school)
    )
    return User.objects.filter(serves_it, is_active=True, role=Role.INSPECTOR).distinct()


def can_conduct(user: User, audit: Audit) -> bool:
    """Only the assigned inspector visits, answers and submits."""
    return user.role == Role.INSPECTOR and audit.inspector_id == user.pk


def can_start(user: User, audit: Audit) -> bool:
    """The assigned inspector, as long as the school is among those the inspector serves."""
    return can_conduct(user, audit) and serves(user, audit.school)


def can_review(user: User, audit: Audit) -> bool:
    """A head of the department who serves the school and is not the author of the audit."""
    is_author = user.pk in {audit.inspector_id, audit.submitted_by_id}
    return user.role == Role.DEPARTMENT_HEAD and not is_author and serves(user, audit.school)


def can_void(user: User, audit: Audit) -> bool:
    return user.role == Role.DEPARTMENT_HEAD and serves(user, audit.school)
