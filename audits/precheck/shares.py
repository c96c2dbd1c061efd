"""How many of the cameras have what is asked of each."""

from collections.abc import Callable
from decimal import Decimal

from audits.precheck.case import Case, Grounds, Outcome, Rule, Said, all_of, note, shown
from audits.precheck.inventory import Hanging

Has = Callable[[Hanging], bool | None]


def share(name: str, has: Has, *, from_field: str) -> Rule:
    """The share of installed cameras that have it, between those surely and those perhaps so."""

    def rule(case: Case) -> Said:
        cameras = case.inventory.cameras
        if not cameras:
            return Outcome.UNKNOWN, Grounds("no_cameras")
        silent = [hanging for hanging in cameras if has(hanging) is None]
        low = sum(has(hanging) is True for hanging in cameras)
        bounds = [Decimal(100 * count) / len(cameras) for count in (low, low + len(silent))]
        numbers = {
            "good": low,
            "installed": len(cameras),
            "share": shown(bounds[0]),
            "unknown": len(silent),
            "best": shown(bounds[1]),
        }
        failing = [note(hanging) for hanging in cameras if has(hanging) is False]
        missing = {from_field: [hanging.code for hanging in silent]} if silent else {}
        return case.between(*bounds), Grounds(f"{name}_between" if silent else name, numbers, failing, missing)

    return rule


def night_mode(case: Case) -> Said:
    """Every outdoor camera sees at night."""
    cameras = [hanging for hanging in case.inventory.cameras if hanging.is_outdoor]
    if not cameras:
        return Outcome.UNKNOWN, Grounds("no_outdoor_cameras")
    blind = [hanging for hanging in cameras if hanging.camera.has_night_mode is False]
    silent = [hanging.code for hanging in cameras if hanging.camera.has_night_mode is None]
    seeing = len(cameras) - len(blind) - len(silent)
    numbers = {"good": seeing, "installed": len(cameras), "unknown": len(silent)}
    missing = {"has_night_mode": silent} if silent else {}
    outcome = all_of(_as_outcome(hanging.camera.has_night_mode) for hanging in cameras)
    rule = "night_mode_between" if silent else "night_mode"
    return outcome, Grounds(rule, numbers, [note(hanging) for hanging in blind], missing)


def _as_outcome(has: bool | None) -> Outcome:
    return Outcome.UNKNOWN if has is None else Outcome.MET if has else Outcome.NOT_MET
