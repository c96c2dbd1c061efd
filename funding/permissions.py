"""Who may file and withdraw upgrade requests."""

from accounts.models import Role, User
from funding.models import UpgradeRequest
from schools.models import School
from schools.permissions import serves


def can_file(user: User, school: School) -> bool:
    """The administrator of the school asks for it; nobody asks in its name."""
    return user.role == Role.SCHOOL_ADMINISTRATOR and serves(user, school)


def can_withdraw(user: User, request: UpgradeRequest) -> bool:
    return can_file(user, request.school)
