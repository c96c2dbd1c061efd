"""Camera systems of the sample: as many cameras as the building needs, less what is wrong with the system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from django.utils import timezone

from audits import precheck
from audits.models import Building
from audits.precheck.inventory import Hanging
from audits.sample.courses import Course, Era, Fault, day_within
from cameras.models import Camera, CameraSystem, Condition
from schools.models import School

ZONE = Camera.Zone
FEWEST = 8
# In the spring of 2021 the minister wanted every city school connected to the operations centre.
CAMPAIGN = (date(2021, 3, 1), date(2021, 8, 20))
RECORDERS = {
    CameraSystem.Kind.DIGITAL: "IP-бейнетіркегіш",
    CameraSystem.Kind.HYBRID: "Гибридті бейнетіркегіш",
    CameraSystem.Kind.ANALOGUE: "Аналогтық бейнетіркегіш",
}


class Spot(NamedTuple):
    """Where a camera hangs; outdoors there is no floor."""

    zone: str
    floor: int | None = None


@dataclass
class Inventory:
    """What was installed at one school, and what state it was reported to be in."""

    systems: list[CameraSystem] = field(default_factory=list)
    cameras: list[Camera] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)

    def on(self, day: date) -> tuple[CameraSystem, list[Camera]]:
        """The system in service on the day, and its cameras."""
        system = next(system for system in reversed(self.systems) if system.commissioned_on <= day)
        return system, [camera for camera in self.cameras if camera.system is system]

    def as_recorded(self, building: Building, day: date) -> precheck.Inventory:
        """The same on the day, as the pre-check looks at it."""
        system, cameras = self.on(day)
        broken = self.broken_on(day)
        hanging = [
            Hanging(camera, broken.get(camera.number, Condition.State.WORKING), _is_connected(camera, day))
            for camera in cameras
        ]
        return precheck.Inventory(building, [system], hanging)

    def broken_on(self, day: date) -> dict[int, str]:
        """{camera number: state} of the cameras that did not work at noon of the day."""
        noon = moment(day, 12)
        return {
            condition.camera.number: condition.state
            for condition in self.conditions
            if condition.state != Condition.State.WORKING
            and condition.recorded_at <= noon
            and (condition.superseded_at is None or condition.superseded_at > noon)
        }


def _is_connected(camera: Camera, day: date) -> bool:
    since, until = camera.connected_on, camera.disconnected_on
    return since is not None and since <= day and (until is None or until > day)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def install(course: Course, random: Random) -> Inventory:
    """The unsaved inventory that the course of the school leads to."""
    inventory = Inventory()
    for number, era in enumerate(course.eras, start=1):
        cameras = _cameras(course.school, era, random)
        _connect(course.school, era, cameras, random)
        system = _system(course.school, number, era, cameras, random)
        for camera in cameras:
            camera.system = system
        inventory.systems.append(system)
        inventory.cameras += cameras
        inventory.conditions += [_condition(camera, Condition.State.WORKING, era.since, 10) for camera in cameras]
    if course.fault:
        _break(inventory, course.fault, random)
    return inventory


def write(inventories: Iterable[Inventory]) -> None:
    inventories = list(inventories)
    CameraSystem.objects.bulk_create(system for inventory in inventories for system in inventory.systems)
    Camera.objects.bulk_create((camera for i in inventories for camera in i.cameras), batch_size=1000)
    Condition.objects.bulk_create((condition for i in inventories for condition in i.conditions), batch_size=1000)


def _spots(school: School, flaws: frozenset[str], random: Random) -> list[Spot]:
    """Where the cameras of a system with these flaws hang."""
    size = school.pupils // 300
    watched = school.floors - ("COV-04" in flaws)
    spots = [Spot(ZONE.MAIN_ENTRANCE, 1)] * (1 + (size > 1))
    spots += [Spot(ZONE.RESERVE_EXIT, 1)] * (0 if "COV-03" in flaws else 1 + (size > 0))
    spots += [Spot(ZONE.CORRIDOR, floor) for floor in range(1, watched + 1) for _each in range(1 + min(size, 4) // 2)]
    if school.floors > 1 and "COV-10" not in flaws:
        spots += [Spot(ZONE.STAIRWELL, floor) for floor in range(1, school.floors + 1)]
    spots += [Spot(ZONE.HALL, 1)] * (0 if "COV-06" in flaws else 1 + min(size, 2))
    spots += [Spot(ZONE.YARD)] * (0 if "COV-05" in flaws else 1 + (size > 0))
    spots += [Spot(ZONE.PERIMETER)] * (random.randint(1, 3) if "COV-01" in flaws else 4)
    spots += [Spot(ZONE.GATE)] * (0 if "COV-09" in flaws else 1)
    others = max(FEWEST - len(spots), random.randint(0, 2))
    return spots + [Spot(ZONE.OTHER, 1)] * others


def _cameras(school: School, era: Era, random: Random) -> list[Camera]:
    spots = _spots(school, era.flaws, random)
    everywhere, outdoors = range(len(spots)), [place for place, spot in enumerate(spots) if spot.floor is None]
    analogue = _some_of(everywhere, random, all_of_them=0.3) if "SYS-06" in era.flaws else set()
    blurred = _some_of(everywhere, random, all_of_them=0.5) if "IMG-01" in era.flaws else set()
    slow = _some_of(everywhere, random, all_of_them=0.7) if "IMG-02" in era.flaws else set()
    blind = _some_of(outdoors, random, all_of_them=0.4) if "IMG-06" in era.flaws else set()
    sharp = random.choice([(1920, 1080), (1920, 1080), (2560, 1440)])
    cameras = []
    for place, spot in enumerate(spots):
        is_digital = place not in analogue
        camera = Camera(number=place + 1, zone=spot.zone, floor=spot.floor, is_digital=is_digital)
        camera.is_outdoor = spot.floor is None
        camera.has_night_mode = camera.is_outdoor and place not in blind
        camera.width_px, camera.height_px = sharp if is_digital else (1920, 1080)
        if place in blurred:
            camera.width_px, camera.height_px = (1280, 720) if is_digital else (960, 576)
        camera.frames_per_second = 12 if place in slow else 25 if is_digital else 15
        camera.installed_on = camera.counts_from = era.since
        camera.removed_on = camera.counts_until = era.until
        cameras.append(camera)
    return cameras


def _some_of(places: Sequence[int], random: Random, *, all_of_them: float) -> set[int]:
    """Some of the places, one at least; all of them with that chance."""
    many = len(places) if random.random() < all_of_them else random.randint(1, len(places))
    return set(random.sample(places, many))


def _connect(school: School, era: Era, cameras: list[Camera], random: Random) -> None:
    """Connect all cameras to the operations centre, or some, or none. Cities are ahead of the villages."""
    is_city = school.setting == School.Setting.CITY
    fully, partly = (0.72, 0.18) if is_city else (0.05, 0.07)
    luck = random.random()
    if "NET-01" in era.flaws or luck > fully + partly:
        return
    first, last = CAMPAIGN
    if era.until:
        first, last = era.since, era.until - timedelta(days=7)
    elif random.random() < 0.4:
        first, last = era.since, max(era.since, first)
    connected_on = max(era.since, day_within((max(first, era.since), last), random))
    chosen = cameras if luck <= fully else random.sample(cameras, random.randint(1, len(cameras) - 1))
    for camera in chosen:
        camera.connected_on = connected_on
        camera.disconnected_on = era.until


def _system(school: School, number: int, era: Era, cameras: list[Camera], random: Random) -> CameraSystem:
    digital = sum(camera.is_digital for camera in cameras)
    kind = CameraSystem.Kind.HYBRID if digital else CameraSystem.Kind.ANALOGUE
    if digital == len(cameras):
        kind = CameraSystem.Kind.DIGITAL
    return CameraSystem(
        school=school,
        number=number,
        kind=kind,
        recorder=f"{RECORDERS[kind]}, {8 if len(cameras) <= 8 else 16 if len(cameras) <= 16 else 32}",
        storage_days=random.choice([7, 10, 14, 14, 15, 20] if "ARC-01" in era.flaws else [30, 30, 30, 31, 45, 60]),
        backup_minutes=random.choice([0, 5, 10, 15, 20] if "SYS-05" in era.flaws else [30, 40, 60]),
        installed_on=era.since,
        commissioned_on=era.since,
        decommissioned_on=era.until,
        counts_from=era.since,
        counts_until=era.until,
    )


def _break(inventory: Inventory, fault: Fault, random: Random) -> None:
    """Report some cameras of the newest system faulty or without power, and repaired where they were."""
    system = inventory.systems[-1]
    working = {condition.camera.number: condition for condition in inventory.conditions}
    state = random.choice([Condition.State.FAULTY, Condition.State.FAULTY, Condition.State.NO_POWER])
    cameras = [camera for camera in inventory.cameras if camera.system is system]
    for camera in random.sample(cameras, random.randint(1, 4)):
        working[camera.number].superseded_at = moment(fault.since, 9)
        broken = _condition(camera, state, fault.since, 9)
        inventory.conditions.append(broken)
        if fault.until:
            broken.superseded_at = moment(fault.until, 16)
            inventory.conditions.append(_condition(camera, Condition.State.WORKING, fault.until, 16))


def _condition(camera: Camera, state: str, day: date, hour: int) -> Condition:
    return Condition(camera=camera, state=state, observed_on=day, recorded_at=moment(day, hour))
