"""The people of the sample. Names are invented; the address ends in .example, which no mail ever reaches."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from accounts.models import Role, User
from schools.models import District, Membership, Region, School

PASSWORD = "nazar-2021-sample"  # noqa: S105 - printed with the accounts, for the sample only
DOMAIN = "nazar.example"


@dataclass(frozen=True)
class Person:
    """`serves`: "country", "region", or slugs of districts. `is_shown`: its account is printed, to sign in with."""

    account: str
    name: str
    role: Role
    serves: str | tuple[str, ...]
    language: str = "kk"
    is_shown: bool = field(default=False, kw_only=True)
    is_superuser: bool = field(default=False, kw_only=True)

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


CAST = [
    Person("viewer", "Нұрлан Әбенов", Role.COUNTRY_VIEWER, "country", is_shown=True),
    Person("head", "Гүлмира Тоқтарова", Role.DEPARTMENT_HEAD, "region", is_shown=True),
    Person("officer", "Марат Жүнісов", Role.DEPARTMENT_OFFICER, "region", is_shown=True),
    Person("ridder", "Ольга Кравцова", Role.DEPARTMENT_OFFICER, ("ridder",), "ru", is_shown=True),
    Person("inspector", "Айдос Қасенов", Role.INSPECTOR, "region", is_shown=True),
    Person("school", "Сәуле Ибраева", Role.SCHOOL_ADMINISTRATOR, (), is_shown=True),
    Person("statistics", "Статистика клиенті", Role.STATISTICS_CLIENT, "country", is_shown=True),
    Person("admin", "Әкімші", Role.COUNTRY_VIEWER, "country", is_shown=True, is_superuser=True),
    Person("inspector.city", "Динара Нұрғалиева", Role.INSPECTOR, ("oskemen", "ridder", "altai", "glubokoye")),
    Person("inspector.abay", "Елена Мороз", Role.INSPECTOR, ("semey", "kurchatov", "beskaragay", "borodulikha"), "ru"),
    Person("inspector.south", "Бауыржан Сәдуақасов", Role.INSPECTOR, ("abay", "ayagoz", "urzhar", "tarbagatay")),
    Person("inspector.east", "Қуаныш Рахымов", Role.INSPECTOR, ("katonkaragay", "kurchum", "zaysan", "shemonaikha")),
    Person("inspector.middle", "Айнұр Мұқашева", Role.INSPECTOR, ("kokpekty", "ulan", "zharma")),
    Person("police", "Данияр Омаров", Role.INSPECTOR, "region"),
]
POLICE = "police"


def write(region: Region, districts: Iterable[District]) -> dict[str, User]:
    """Keep the cast and what it serves, {account: person}. Who administers a school is said by administer()."""
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    people = {
        person.account: User(
            email=person.email,
            name=person.name,
            role=person.role,
            language=person.language,
            password=password,
            is_staff=person.is_superuser,
            is_superuser=person.is_superuser,
        )
        for person in CAST
    }
    User.objects.bulk_create(people.values())
    by_slug = {district.slug: district for district in districts}
    Membership.objects.bulk_create(
        membership for person in CAST for membership in _memberships(person, people[person.account], region, by_slug)
    )
    return people


def administer(school: School, user: User) -> None:
    Membership.objects.create(user=user, school=school)


def inspectors_by_district() -> dict[str, str]:
    """{district slug: account of its inspector}."""
    return {
        slug: person.account
        for person in CAST
        if person.role == Role.INSPECTOR and isinstance(person.serves, tuple)
        for slug in person.serves
    }


def account_lines() -> list[str]:
    """One line each: role, e-mail, password."""
    shown = [person for person in CAST if person.is_shown]
    return [f"{_role(person):<21} {person.email:<26} {PASSWORD}" for person in shown]


def _role(person: Person) -> str:
    return "superuser" if person.is_superuser else person.role.value


def _memberships(person: Person, user: User, region: Region, districts: dict[str, District]) -> list[Membership]:
    if person.serves == "country":
        return [Membership(user=user, whole_country=True)]
    if person.serves == "region":
        return [Membership(user=user, region=region)]
    return [Membership(user=user, district=districts[slug]) for slug in person.serves]
