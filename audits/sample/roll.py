"""The roll of the sample: schools of every district with their places, names, sizes and coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from audits.sample.localities import CITIES, SHARES, VILLAGES, Name
from schools.models import District, Placement, School

SETTING = School.Setting
KIND = School.Kind

NUMBERED = {
    KIND.SECONDARY: Name("№ {} жалпы білім беретін мектеп", "Общеобразовательная школа № {}", "School No. {}"),
    KIND.GYMNASIUM: Name("№ {} гимназия", "Гимназия № {}", "Gymnasium No. {}"),
    KIND.LYCEUM: Name("№ {} лицей", "Лицей № {}", "Lyceum No. {}"),
}
OF_A_VILLAGE = {
    KIND.PRIMARY: Name("{} бастауыш мектебі", "Начальная школа села {}", "{} Primary School"),
    KIND.BASIC: Name("{} негізгі орта мектебі", "Основная средняя школа села {}", "{} Basic Secondary School"),
    KIND.SECONDARY: Name("{} орта мектебі", "Средняя школа села {}", "{} Secondary School"),
    KIND.BOARDING: Name("{} мектеп-интернаты", "Школа-интернат села {}", "{} Boarding School"),
}


@dataclass(frozen=True)
class Site:
    """Where a school stands: in the centre of its district under a number, or alone in a village."""

    district: District
    locality: Name
    setting: str
    number: int = 0


def draw_roll(districts: Sequence[District], random: Random) -> list[Placement]:
    """Unsaved schools in their places; codes follow the order of the districts."""
    placements = []
    for ordinal, site in enumerate(_sites(districts, random), start=1):
        school = _school(site, ordinal, random)
        placements.append(Placement(school=school, district=site.district, valid_from=school.opened_on))
    return placements


def write(placements: Sequence[Placement]) -> None:
    School.objects.bulk_create(placement.school for placement in placements)
    Placement.objects.bulk_create(placements)


def _sites(districts: Sequence[District], random: Random) -> list[Site]:
    """The sites of all districts, in the order of the districts; the centre of each first."""
    found = []
    for district in districts:
        share = SHARES[district.slug]
        centre = CITIES.get(district.slug) or Name(district.center_kk, district.center_ru, district.center_en)
        setting = SETTING.CITY if share.centre_is_a_city else SETTING.VILLAGE
        found += [Site(district, centre, setting, number) for number in range(1, share.in_the_centre + 1)]
        villages = random.sample(VILLAGES, share.schools - share.in_the_centre)
        found += [Site(district, village, SETTING.VILLAGE) for village in villages]
    return found


def _school(site: Site, ordinal: int, random: Random) -> School:
    """An unsaved school that suits its site. `ordinal` makes its permanent code."""
    pupils = _pupils(site, random)
    kind = _kind(site, pupils, random)
    names = _names(site, kind)
    latitude, longitude = _coordinates(site, random)
    is_private = site.setting == SETTING.CITY and random.random() < 0.04
    return School(
        code=f"EK-{ordinal:04}",
        name_kk=names.kk,
        name_ru=names.ru,
        name_en=names.en,
        kind=kind,
        ownership=School.Ownership.PRIVATE if is_private else School.Ownership.STATE,
        setting=site.setting,
        locality_kk=site.locality.kk,
        locality_ru=site.locality.ru,
        locality_en=site.locality.en,
        pupils=pupils,
        floors=_floors(pupils, random),
        has_outdoor_toilet=not site.number and random.random() < (0.6 if pupils < 120 else 0.2),
        latitude=latitude,
        longitude=longitude,
        opened_on=date(random.randint(1936, 2012), 9, 1),
    )


def _pupils(site: Site, random: Random) -> int:
    if site.setting == SETTING.CITY:
        return round(min(2000, 250 + random.lognormvariate(6.2, 0.5)))
    return round(min(900, 12 + random.lognormvariate(5.6 if site.number else 4.5, 0.8)))


def _kind(site: Site, pupils: int, random: Random) -> School.Kind:
    if site.number:
        is_special = site.setting == SETTING.CITY and random.random() < 0.22
        return random.choice([KIND.GYMNASIUM, KIND.LYCEUM]) if is_special else KIND.SECONDARY
    if pupils < 35:
        return KIND.PRIMARY
    if pupils < 80:
        return KIND.BASIC
    return KIND.BOARDING if random.random() < 0.03 else KIND.SECONDARY


def _names(site: Site, kind: School.Kind) -> Name:
    if site.number:
        return Name(*(pattern.format(site.number) for pattern in NUMBERED[kind]))
    return Name(*(pattern.format(word) for pattern, word in zip(OF_A_VILLAGE[kind], site.locality, strict=True)))


def _floors(pupils: int, random: Random) -> int:
    if pupils < 150:
        return 1 if random.random() < 0.8 else 2
    return random.choice([1, 2, 2] if pupils < 350 else [2, 3] if pupils < 800 else [3, 3, 4])


def _coordinates(site: Site, random: Random) -> tuple[Decimal, Decimal]:
    """Scattered round the centre of the district: numbered schools close by, villages farther off."""
    spread = 0.02 if site.number else 0.16
    latitude, longitude = site.district.latitude, site.district.longitude
    assert latitude is not None
    assert longitude is not None
    return (
        latitude + Decimal(f"{random.gauss(0, spread):.5f}"),
        longitude + Decimal(f"{random.gauss(0, spread * 1.5):.5f}"),
    )
