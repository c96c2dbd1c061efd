"""What the recorders, their storage, their power and their line can do."""

from collections.abc import Sequence
from decimal import Decimal

from audits.precheck.case import Case, Grounds, Outcome, Said, all_of, shown
from audits.precheck.inventory import Inventory
from audits.precheck.storage import days_kept, needed_tb
from cameras.models import CameraSystem
from schools.models import School

STORAGE_DAYS = "ARC-01"


def storage_days(case: Case) -> Said:
    """Of each system, both the days its storage has room for and the days it is set to reach the threshold."""
    systems, inventory = case.inventory.systems, case.inventory
    if not systems:
        return Outcome.NOT_MET, Grounds("no_system")
    rooms = [_Room(system, inventory) for system in systems]
    outcome = all_of(
        outcome for room in rooms for outcome in (case.between(*room.days), _stated(case, room.system.storage_days))
    )
    stated = [system.storage_days for system in systems if system.storage_days is not None]
    missing = _merged([room.missing for room in rooms] + [_lacking(systems, "storage_days")])
    numbers: dict = {"stated": min(stated) if stated else None}
    bounded = [(most, room) for room in rooms if (most := room.days[1]) is not None]
    if not bounded:
        return outcome, Grounds("days_stated" if stated else "no_numbers", numbers, missing=missing)
    most, worst = min(bounded, key=lambda pair: pair[0])
    numbers |= worst.numbers | {"days": shown(most)}
    return outcome, Grounds("days" if worst.is_exact else "days_at_most", numbers, missing=missing)


def storage_share(case: Case) -> Said:
    """Of each system, how much of the room that the whole storage period needs is there."""
    systems, days = case.inventory.systems, case.thresholds.get(STORAGE_DAYS)
    if not systems:
        return Outcome.UNKNOWN, Grounds("no_system")
    if days is None:
        return Outcome.UNKNOWN, Grounds("no_numbers")
    rooms = [_Room(system, case.inventory) for system in systems]
    outcome = all_of(case.between(*room.share(days)) for room in rooms)
    missing = _merged([room.missing for room in rooms])
    known = [(room, high) for room in rooms if (high := room.share(days)[1]) is not None]
    if not known:
        return outcome, Grounds("no_numbers", missing=missing)
    worst, high = min(known, key=lambda pair: pair[1])
    numbers = worst.numbers | {"period": shown(days), "need": shown(needed_tb(worst.mbps, days)), "share": shown(high)}
    return outcome, Grounds("room" if worst.is_exact else "room_at_most", numbers, missing=missing)


def backup_power(case: Case) -> Said:
    """Each system runs on backup power for long enough."""
    systems = case.inventory.systems
    if not systems:
        return Outcome.NOT_MET, Grounds("no_system")
    outcome = all_of(_stated(case, system.backup_minutes) for system in systems)
    known = [system.backup_minutes for system in systems if system.backup_minutes is not None]
    missing = _lacking(systems, "backup_minutes")
    if not known:
        return outcome, Grounds("no_numbers", missing=missing)
    return outcome, Grounds("backup", {"value": min(known)}, missing=missing)


def connection(case: Case) -> Said:
    """Each system is connected, or can be, as the choices allow. A picture that arrives proves it."""
    systems = case.inventory.systems
    if not systems:
        return Outcome.NOT_MET, Grounds("no_system")
    links = [_links(system, case.inventory) for system in systems]
    judged = [_judge_links(case, may_be) for may_be in links]
    outcome = all_of(judged)
    silent = [system.register_code for system, may_be in zip(systems, links, strict=True) if "" in may_be]
    missing = {"centre_link": silent} if silent else {}
    telling = [max(may_be) for may_be, each in zip(links, judged, strict=True) if each == outcome and any(may_be)]
    if not telling:
        return outcome, Grounds("no_numbers", missing=missing)
    is_city = case.inventory.building.setting == School.Setting.CITY
    return outcome, Grounds("link_city" if is_city else "link_village", {"link": telling[0]}, missing=missing)


def channel(case: Case) -> Said:
    """One channel is wide enough. Whether several are one line told twice, or add up, nobody recorded."""
    systems = case.inventory.systems
    if not systems:
        return Outcome.UNKNOWN, Grounds("no_system")
    known = [Decimal(system.channel_mbps) for system in systems if system.channel_mbps is not None]
    missing = _lacking(systems, "channel_mbps")
    if not known:
        return Outcome.UNKNOWN, Grounds("no_numbers", missing=missing)
    outcome = case.between(max(known), None if missing else sum(known, Decimal(0)))
    return outcome, Grounds("channel", {"value": shown(max(known))}, missing=missing)


class _Room:
    """The storage of a system against the streams of its cameras. What no camera's stream is known of is left out."""

    def __init__(self, system: CameraSystem, inventory: Inventory) -> None:
        self.system = system
        cameras = inventory.on(system)
        streams = [hanging.camera.bitrate_mbps for hanging in cameras if hanging.camera.bitrate_mbps]
        self.mbps = Decimal(sum(streams))
        self.silent = [hanging.code for hanging in cameras if not hanging.camera.bitrate_mbps]
        self.is_exact = bool(cameras) and not self.silent
        self.numbers = {"tb": shown(system.storage_tb or 0), "mbps": shown(self.mbps), "cameras": len(streams)}

    @property
    def missing(self) -> dict[str, list[str]]:
        silent = {"bitrate_mbps": self.silent} if self.silent else {}
        return _merged([_lacking([self.system], "storage_tb"), silent])

    @property
    def days(self) -> tuple[Decimal, Decimal | None]:
        """From how many to how many days it lasts; the streams that are known already bound it from above."""
        if self.system.storage_tb is None or not self.mbps:
            return Decimal(0), None
        most = days_kept(Decimal(self.system.storage_tb), self.mbps)
        return (most if self.is_exact else Decimal(0)), most

    def share(self, days: Decimal) -> tuple[Decimal, Decimal | None]:
        """The room in percent of what so many days need, likewise."""
        if self.system.storage_tb is None or not self.mbps or not days:
            return Decimal(0), None
        most = 100 * Decimal(self.system.storage_tb) / needed_tb(self.mbps, days)
        return (most if self.is_exact else Decimal(0)), most


def _stated(case: Case, value: int | None) -> Outcome:
    return Outcome.UNKNOWN if value is None else case.between(Decimal(value), Decimal(value))


def _links(system: CameraSystem, inventory: Inventory) -> set[str]:
    """What its link may be: connected for sure if a picture arrives, else what was recorded; blank: nobody knows."""
    arriving = [hanging.works for hanging in inventory.on(system) if hanging.is_connected]
    if True in arriving:
        return {CameraSystem.CentreLink.CONNECTED.value}
    perhaps = {CameraSystem.CentreLink.CONNECTED.value} if None in arriving else set()
    return perhaps | {system.centre_link}


def _judge_links(case: Case, links: set[str]) -> Outcome:
    """What follows whichever of them it is."""
    meets = {option["value"]: option["meets"] for option in case.requirement.choices}
    found = {meets.get(link) for link in links}
    return Outcome.MET if found == {True} else Outcome.NOT_MET if found == {False} else Outcome.UNKNOWN


def _lacking(systems: Sequence[CameraSystem], field: str) -> dict[str, list[str]]:
    silent = [system.register_code for system in systems if getattr(system, field) in {None, ""}]
    return {field: silent} if silent else {}


def _merged(parts: Sequence[dict[str, list[str]]]) -> dict[str, list[str]]:
    merged: dict[str, list[str]] = {}
    for part in parts:
        for field, codes in part.items():
            merged[field] = [*merged.get(field, []), *codes]
    return merged
