"""What the pictures show: resolution, frames, and pixel density at the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from audits.precheck.case import Case, Grounds, Outcome, Rule, Said, all_of, note, shown
from audits.precheck.inventory import Hanging
from audits.precheck.optics import density, greatest_distance, level_below, level_of

CAVEATS = ["rectilinear_lens", "square_target", "daylight", "human_viewers"]


def lowest(name: str, field: str) -> Rule:
    """Each camera reaches the threshold with the number that the field holds."""

    def rule(case: Case) -> Said:
        cameras = case.inventory.cameras
        if not cameras:
            return Outcome.UNKNOWN, Grounds("no_cameras")
        silent = [hanging.code for hanging in cameras if getattr(hanging.camera, field) is None]
        known = {each: Decimal(value) for each in cameras if (value := getattr(each.camera, field)) is not None}
        missing = {field: silent} if silent else {}
        if not known:
            return Outcome.UNKNOWN, Grounds("no_numbers", missing=missing)
        judged = {hanging: case.between(value, value) for hanging, value in known.items()}
        failing = [note(each, value=shown(known[each])) for each in known if judged[each] == Outcome.NOT_MET]
        numbers = {"value": shown(min(known.values())), "known": len(known), "installed": len(cameras)}
        outcome = all_of([*judged.values(), *(Outcome.UNKNOWN for _silent in silent)])
        return outcome, Grounds(name, numbers, failing, missing)

    return rule


def pixel_density(*zones: str, elsewhere: bool = False) -> Rule:
    """Each camera of the zones shows its target with the density that is asked for, by IEC 62676-4:2014.

    `elsewhere`: the threshold holds at a door. Away from it the level below is enough, and the inventory does not say
    which camera watches a door: between the two nothing is known.
    """

    def rule(case: Case) -> Said:
        cameras = case.inventory.in_zones(*zones)
        if not cameras:
            return Outcome.UNKNOWN, Grounds("no_cameras_in_zones", {"zones": list(zones)})
        views = [view for hanging in cameras if (view := _view(hanging))]
        missing = _missing(cameras)
        if not views:
            return Outcome.UNKNOWN, Grounds("no_numbers", missing=missing, caveats=CAVEATS)
        required = case.requirement.threshold
        assert required is not None
        least = level_below(required) if elsewhere else None
        enough = least.density if least else required
        silent = [Outcome.UNKNOWN] * (len(cameras) - len(views))
        outcome = all_of([*(_judge(view.density, required, enough) for view in views), *silent])
        worst = min(views, key=lambda view: view.density)
        numbers = worst.numbers | {"known": len(views), "installed": len(cameras), "enough": shown(enough)}
        failing = [view.note(enough) for view in views if view.density < enough]
        return outcome, Grounds("density_by_place" if least else "density", numbers, failing, missing, CAVEATS)

    return rule


@dataclass(frozen=True)
class _View:
    """What a camera sees, where all that its density follows from is recorded."""

    hanging: Hanging
    px: int
    angle: Decimal
    distance: Decimal

    @cached_property
    def density(self) -> Decimal:
        return density(self.px, self.angle, self.distance)

    @property
    def numbers(self) -> dict[str, Any]:
        """What goes into the formula, and what comes out."""
        level = level_of(self.density)
        measures = {"angle": self.angle, "distance": self.distance, "density": self.density}
        return {"px": self.px, "level": level.key if level else ""} | {k: shown(v) for k, v in measures.items()}

    def note(self, required: Decimal) -> dict[str, Any]:
        """The camera with what it reaches, and from how near it would reach what is asked."""
        reach = greatest_distance(self.px, self.angle, required)
        return note(self.hanging, value=shown(self.density), reach=shown(reach))


def _view(hanging: Hanging) -> _View | None:
    camera = hanging.camera
    if camera.width_px is None or camera.field_of_view is None or camera.target_distance is None:
        return None
    return _View(hanging, camera.width_px, Decimal(camera.field_of_view), Decimal(camera.target_distance))


def _judge(reached: Decimal, required: Decimal, enough: Decimal) -> Outcome:
    if reached >= required:
        return Outcome.MET
    return Outcome.UNKNOWN if reached >= enough else Outcome.NOT_MET


def _missing(cameras: Sequence[Hanging]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in ("width_px", "field_of_view", "target_distance"):
        if silent := [hanging.code for hanging in cameras if getattr(hanging.camera, field) is None]:
            found[field] = silent
    return found
