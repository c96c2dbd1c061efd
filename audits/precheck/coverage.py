"""Where cameras look. Counting shows that nobody watches a place; that all of it is watched only a visit shows."""

from decimal import Decimal

from audits.precheck.case import Case, Grounds, Outcome, Rule, Said, note, shown
from audits.precheck.inventory import Hanging, Zone


def watched(*zones: str, caveats: tuple[str, ...] = ()) -> Rule:
    """Not met without a camera in the zones that may work, else unknown: how many doors there are, nobody recorded."""

    def rule(case: Case) -> Said:
        cameras = case.inventory.in_zones(*zones)
        numbers = {
            "zones": list(zones),
            "installed": len(cameras),
            "working": sum(hanging.works is True for hanging in cameras),
        }
        if all(hanging.works is False for hanging in cameras):
            failing = [note(hanging) for hanging in cameras]
            return Outcome.NOT_MET, Grounds("zone_unwatched", numbers, failing, caveats=list(caveats))
        return Outcome.UNKNOWN, Grounds("zone_watched", numbers, missing=_reports(cameras))

    return rule


def floors(case: Case) -> Said:
    """The share of floors whose corridor a working camera sees."""
    corridor = case.inventory.in_zones(Zone.CORRIDOR)
    every = range(1, case.inventory.building.floors + 1)
    surely = {hanging.camera.floor for hanging in corridor if hanging.works} & set(every)
    perhaps = {hanging.camera.floor for hanging in corridor if hanging.works is not False} & set(every)
    anywhere = sum(hanging.camera.floor is None and hanging.works is not False for hanging in corridor)
    low, high = len(surely), min(len(every), len(perhaps) + anywhere)
    shares = [Decimal(100 * count) / len(every) for count in (low, high)]
    missing = _reports(corridor)
    if lost := [hanging.code for hanging in corridor if hanging.camera.floor is None]:
        missing["floor"] = lost
    numbers = {"low": low, "high": high, "floors": len(every), "share": shown(shares[0])}
    failing = [note(hanging) for hanging in corridor if hanging.works is False]
    rule = "floors" if low == high else "floors_between"
    return case.between(*shares), Grounds(rule, numbers, failing, missing if low < high else {})


def _reports(cameras: list[Hanging]) -> dict[str, list[str]]:
    """The cameras of which nobody said whether they work."""
    silent = [hanging.code for hanging in cameras if hanging.works is None]
    return {"state": silent} if silent else {}
