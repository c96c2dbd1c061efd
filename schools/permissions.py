"""Who serves what. An act asks here; a list asks visible_to()."""

from accounts.models import Role, User
from schools.models import School


def serves(user: User, school: School) -> bool:
    """The person's memberships cover the school."""
    return School.objects.visible_to(user).filter(pk=school.pk).exists()


def is_of_the_department(user: User) -> bool:
    return user.is_superuser or user.role in {Role.DEPARTMENT_HEAD, Role.DEPARTMENT_OFFICER}


def can_keep_the_roll(user: User, school: School) -> bool:
    """Heads and officers of the department open, close and move the schools they serve."""
    return is_of_the_department(user) and serves(user, school)
