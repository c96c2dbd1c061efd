"""What is written of the equipment of the sample beside what its figures need: optics, streams, disks, contracts.

It agrees with what is wrong with a system: where its pictures are too coarse, so are the numbers. Some of it nobody
knows. All of it is invented, makers included.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from math import radians, tan
from random import Random

from audits.sample.courses import Course, Era
from audits.sample.equipment import Inventory
from cameras.models import Camera, CameraSystem

ZONE = Camera.Zone
# Which flaw is a picture too coarse in the zone, and how many pixels per metre it should have there.
DENSITIES: dict[str, tuple[str, int]] = {
    **dict.fromkeys((ZONE.MAIN_ENTRANCE, ZONE.RESERVE_EXIT), ("IMG-03", 250)),
    **dict.fromkeys((ZONE.CORRIDOR, ZONE.HALL, ZONE.STAIRWELL, ZONE.OTHER), ("IMG-04", 125)),
    **dict.fromkeys((ZONE.YARD, ZONE.PERIMETER, ZONE.GATE), ("IMG-05", 25)),
}
# Horizontal angles of common lenses: 2.8, 4, 6, 8 and 12 mm.
ANGLES = (Decimal(103), Decimal(84), Decimal(53), Decimal(40), Decimal(24))
NARROW = ANGLES[2:]
MODELS = {True: ("Qyran IP-2M", "Qyran IP-4M", "Samal D-220"), False: ("Samal A-120", "Qyran AHD-1")}
STREAMS = {960: Decimal("1.5"), 1280: Decimal(2), 1920: Decimal(4), 2560: Decimal(6)}
DISKS = [Decimal(size) for size in (1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 192, 256)]
SUPPLIERS = ("«Алатау Қауіпсіздік» ЖШС", "«Ертіс Видео» ЖШС", "«Көкжиек Сервис» ЖШС", "«Семей Телеком» ЖШС")
TB_A_DAY = Decimal("0.0108")  # of a stream of 1 Mbit/s
KNOWN_OF_A_SYSTEM, KNOWN_OF_A_CAMERA = 0.72, 0.94


def describe(courses: Sequence[Course], inventories: Sequence[Inventory], random: Random) -> None:
    """Write the rest on the unsaved equipment, from a stream of its own: what was drawn before stays as it was."""
    for course, inventory in zip(courses, inventories, strict=True):
        for era, system in zip(course.eras, inventory.systems, strict=True):
            cameras = [camera for camera in inventory.cameras if camera.system is system]
            _pictures(cameras, era.flaws, random)
            _streams(cameras, random)
            _storage(system, cameras, random)
            _link(system, cameras, era, random)
            _contract(system, random)


def _pictures(cameras: Iterable[Camera], flaws: frozenset[str], random: Random) -> None:
    knows_optics = random.random() < KNOWN_OF_A_SYSTEM
    knows_models = random.random() < KNOWN_OF_A_SYSTEM
    coarse: set[str] = set()
    for camera in cameras:
        flaw, density = DENSITIES[camera.zone]
        # The first of the zone always, the others half of the time.
        is_coarse = flaw in flaws and (flaw not in coarse or random.random() < 0.5)
        coarse |= {flaw} if is_coarse else set()
        angle, distance = _optics(camera, density, is_coarse, random)
        if knows_optics and (is_coarse or random.random() < KNOWN_OF_A_CAMERA):
            camera.field_of_view, camera.target_distance = angle, distance
        camera.model = random.choice(MODELS[camera.is_digital]) if knows_models else ""


def _optics(camera: Camera, density: int, is_coarse: bool, random: Random) -> tuple[Decimal, Decimal]:
    """A lens, and as far away a target as gives more pixels per metre than asked for, or fewer."""
    wanted = density * (random.uniform(0.35, 0.9) if is_coarse else random.uniform(1.1, 1.7))
    angle = random.choice(ANGLES if density == 25 else NARROW)
    distance = (camera.width_px or 0) / (2 * wanted * tan(radians(float(angle) / 2)))
    rounding = ROUND_UP if is_coarse else ROUND_DOWN
    return angle, max(Decimal("0.1"), Decimal(distance).quantize(Decimal("0.1"), rounding))


def _streams(cameras: Iterable[Camera], random: Random) -> None:
    knows = random.random() < KNOWN_OF_A_SYSTEM
    for camera in cameras:
        full = STREAMS[camera.width_px or 0] * (camera.frames_per_second or 0) / 25
        camera.bitrate_mbps = full.quantize(Decimal("0.01")) if knows else None


def _storage(system: CameraSystem, cameras: Iterable[Camera], random: Random) -> None:
    """Disks that hold as many days as are kept, and not the thirty that are asked for where fewer are kept."""
    streams = sum((camera.bitrate_mbps or Decimal(4) for camera in cameras), Decimal(0))
    days = system.storage_days or 0
    size = next((disk for disk in DISKS if disk >= streams * TB_A_DAY * days), DISKS[-1])
    if days < 30 and size >= streams * TB_A_DAY * 30:
        size = (streams * TB_A_DAY * days).quantize(Decimal("0.1"), ROUND_UP)
    knows = random.random() < KNOWN_OF_A_SYSTEM
    system.storage_tb = size if knows else None


def _link(system: CameraSystem, cameras: Iterable[Camera], era: Era, random: Random) -> None:
    link = CameraSystem.CentreLink
    known = random.random()
    if any(camera.connected_on for camera in cameras):
        system.centre_link = link.CONNECTED
    elif "NET-01" in era.flaws:
        system.centre_link = link.UNABLE
    else:
        system.centre_link = link.ABLE if known < 0.85 else ""
    channel = Decimal(random.choice((4, 8, 10, 20) if random.random() < 0.55 else (30, 30, 50, 100)))
    system.channel_mbps = channel if known < KNOWN_OF_A_SYSTEM else None


def _contract(system: CameraSystem, random: Random) -> None:
    supplier, number, years = random.choice(SUPPLIERS), random.randint(10, 480), random.randint(1, 6)
    has_supplier, has_contract = random.random() < 0.8, random.random() < 0.65
    system.supplier = supplier if has_supplier else ""
    if has_contract:
        system.maintenance_contract = f"№ {number}"
        system.maintenance_until = system.commissioned_on + timedelta(days=365 * years)
