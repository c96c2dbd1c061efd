"""Who may report on and change what is installed."""

from accounts.models import Role, User
from schools.models import School
from schools.permissions import is_of_the_department, serves


def can_report_condition(user: User, school: School) -> bool:
    """The school itself, its inspectors and its department say what works and what does not."""
    may = is_of_the_department(user) or user.role in {Role.SCHOOL_ADMINISTRATOR, Role.INSPECTOR}
    return may and serves(user, school)
