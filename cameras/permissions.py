"""Who may report on and change what is installed."""

from accounts.models import Role, User
from schools.models import School
from schools.permissions import can_read, is_of_the_department, serves
from schools.querysets import sees_cameras


def can_see_cameras(user: User, school: School) -> bool:
    """Where a school looks and where it does not is told to those who work at it or with it."""
    return sees_cameras(user) and can_read(user, school)


def can_report_condition(user: User, school: School) -> bool:
    """The school itself, its inspectors and its department say what works and what does not."""
    may = is_of_the_department(user) or user.role in {Role.SCHOOL_ADMINISTRATOR, Role.INSPECTOR}
    return may and serves(user, school)


def can_keep_inventory(user: User, school: School) -> bool:
    """The school itself and its department say what is installed. Inspectors find, they do not enter."""
    may = is_of_the_department(user) or user.role == Role.SCHOOL_ADMINISTRATOR
    return may and serves(user, school)
