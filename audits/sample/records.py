"""Who answers for each school of the sample, and when it last said that its record is right. All invented."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from schools.models import Change, School

SURNAMES = (
    *("Ахметова", "Байжанов", "Воронина", "Ғабдуллин", "Досанова", "Ескенов", "Жаркенова", "Зинченко", "Исабекова"),
    *("Кабдыкерим", "Латыпова", "Муканов", "Нурланова", "Оразбаев", "Петренко", "Рахимова", "Сембина", "Тлеубердин"),
)
INITIALS = "АБГДЕЖКЛМНРСТ"
# Days before today; the last stretch lies beyond the half year for which a word holds.
LATELY, SOON_DUE, LONG_AGO = (5, 140), (155, 180), (190, 400)


def fill(schools: Iterable[School], random: Random) -> None:
    """Give unsaved schools a director, a telephone, an address; a tenth has no contacts yet."""
    for school in schools:
        drawn = random.random()
        director = f"{random.choice(SURNAMES)} {random.choice(INITIALS)}. {random.choice(INITIALS)}."
        phone = f"+7 7232 00-{random.randint(10, 99)}-{random.randint(10, 99)}"
        house = random.randint(1, 90)
        if drawn < 0.9:
            school.director, school.phone = director, phone
            school.email = f"{school.code.lower()}@school.example"
            school.address = f"{school.locality_kk}, Мектеп көшесі, {house}"


def confirm(schools: Iterable[School], by: User, random: Random) -> None:
    """Most records were confirmed lately, some are due, some overdue, some were never confirmed."""
    noon = timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))
    confirmed = []
    for school in schools:
        stretch = random.choices([LATELY, SOON_DUE, LONG_AGO, None], [70, 12, 10, 8])[0]
        if stretch:
            school.confirmed_at = noon - timedelta(days=random.randint(*stretch))
            school.confirmed_by, school.version = by, 2
            confirmed.append(school)
    School.objects.bulk_update(confirmed, ["confirmed_at", "confirmed_by", "version"], batch_size=500)
    Change.objects.bulk_create(_confirmation_of(school) for school in confirmed)


def _confirmation_of(school: School) -> Change:
    assert school.confirmed_at is not None
    return Change(
        school=school,
        subject=Change.Subject.SCHOOL,
        subject_id=school.pk,
        subject_code=school.code,
        version=school.version,
        act=Change.Act.CONFIRMED,
        effective_on=timezone.localdate(school.confirmed_at),
        at=school.confirmed_at,
        by=school.confirmed_by,
    )
