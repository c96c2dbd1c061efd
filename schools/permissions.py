"""Who serves what. An act asks here; a list asks visible_to()."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Role, User
from schools.models import District, Region, School
from schools.querysets import serves_the_country

NAMES = ("name_kk", "name_ru", "name_en")
LOCALITIES = ("locality_kk", "locality_ru", "locality_en")
CONTACTS = ("director", "phone", "email", "address")
# What a school knows best of itself; the rest of the record is the department's.
OPEN_TO_THE_SCHOOL = ("pupils", "floors", "has_outdoor_toilet", "latitude", "longitude", *CONTACTS)


def can_read(user: User, school: School) -> bool:
    """The person's memberships cover a place the school is or ever was in."""
    return School.objects.visible_to(user).filter(pk=school.pk).exists()


def serves(user: User, school: School) -> bool:
    """The person's memberships cover the school where it is, or will be. Those of its former places only read."""
    return School.objects.served_by(user, timezone.localdate()).filter(pk=school.pk).exists()


def is_of_the_department(user: User) -> bool:
    return user.is_superuser or user.role in {Role.DEPARTMENT_HEAD, Role.DEPARTMENT_OFFICER}


def can_keep_the_roll(user: User, school: School) -> bool:
    """Heads and officers of the department open, close and move the schools they serve."""
    return is_of_the_department(user) and serves(user, school)


def can_reform(user: User, regions: Iterable[Region]) -> bool:
    """A head of the department who serves every region concerned; of one that is yet to be made, the whole country."""
    if not (user.is_superuser or user.role == Role.DEPARTMENT_HEAD):
        return False
    if serves_the_country(user):
        return True
    keys = {region.pk for region in regions}
    return Region.objects.visible_to(user).filter(pk__in=keys).count() == len(keys)


def can_register(user: User, district: District) -> bool:
    """The department enters schools in the districts it serves."""
    return is_of_the_department(user) and District.objects.visible_to(user).filter(pk=district.pk).exists()


def fields_open_to(user: User, school: School) -> frozenset[str]:
    """The descriptive columns of the school that the person may correct."""
    if can_keep_the_roll(user, school):
        return frozenset({"kind", "ownership", "setting", *LOCALITIES, *OPEN_TO_THE_SCHOOL})
    is_its_own = user.role == Role.SCHOOL_ADMINISTRATOR and serves(user, school)
    return frozenset(OPEN_TO_THE_SCHOOL) if is_its_own else frozenset()


def can_correct(user: User, school: School) -> bool:
    return bool(fields_open_to(user, school))


def can_confirm(user: User, school: School) -> bool:
    """The school says that its record is right; its department may say so for it."""
    return can_correct(user, school)


def can_read_record(user: User, school: School) -> bool:
    """The contacts of a school and its history name people: they are not for statistics."""
    return (user.role != Role.STATISTICS_CLIENT or user.is_superuser) and can_read(user, school)
