"""Which rule speaks for which requirement. Thresholds and comparisons come from the edition, never from here.

By kind, then code: a later edition that asks something of another kind under an old code has no rule until it gets one.
"""

from audits.models import Requirement
from audits.precheck import coverage, image, shares, systems
from audits.precheck.case import Rule
from audits.precheck.inventory import Zone

Kind = Requirement.Kind
ENTRANCES = (Zone.MAIN_ENTRANCE, Zone.RESERVE_EXIT)
INDOORS = (Zone.CORRIDOR, Zone.HALL)
OUTDOORS = (Zone.YARD, Zone.PERIMETER, Zone.GATE)

RULES: dict[str, dict[str, Rule]] = {
    Kind.YES_NO: {
        "COV-01": coverage.watched(Zone.PERIMETER),
        "COV-02": coverage.watched(Zone.MAIN_ENTRANCE),
        "COV-03": coverage.watched(Zone.RESERVE_EXIT),
        "COV-05": coverage.watched(Zone.YARD),
        "COV-06": coverage.watched(Zone.HALL, caveats=("if_there_are_rooms",)),
        "COV-09": coverage.watched(Zone.GATE, caveats=("if_there_is_a_gate",)),
        "COV-10": coverage.watched(Zone.STAIRWELL),
        # No zone of its own: what sees the way to the toilet hangs in the yard or along the perimeter.
        "COV-11": coverage.watched(Zone.YARD, Zone.PERIMETER),
        "IMG-06": shares.night_mode,
    },
    Kind.SHARE: {
        "COV-04": coverage.floors,
        "SYS-03": shares.share("working", lambda hanging: hanging.works, from_field="state"),
        "SYS-04": shares.share("powered", lambda hanging: hanging.is_powered, from_field="state"),
        "SYS-06": shares.share("digital", lambda hanging: hanging.camera.is_digital, from_field="is_digital"),
        "ARC-02": systems.storage_share,
    },
    Kind.MEASURED: {
        "SYS-05": systems.backup_power,
        "ARC-01": systems.storage_days,
        "IMG-01": image.lowest("lowest_width", "width_px"),
        "IMG-02": image.lowest("lowest_frames", "frames_per_second"),
        "IMG-03": image.pixel_density(*ENTRANCES),
        "IMG-04": image.pixel_density(*INDOORS, elsewhere=True),
        "IMG-05": image.pixel_density(*OUTDOORS),
        "NET-02": systems.channel,
    },
    Kind.CHOICE: {"NET-01": systems.connection},
}


def rule_for(requirement: Requirement) -> Rule | None:
    """None for what only a visit can judge."""
    return RULES[requirement.kind].get(requirement.code)
