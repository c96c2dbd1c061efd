"""Grounds in the language of the reader: the formula with its numbers, what it leaves out, what is not recorded."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.models import Requirement
from audits.precheck.case import Grounds
from audits.precheck.optics import LEVELS
from cameras.models import Camera, CameraSystem

FORMULAS: dict[str, str | Promise] = {
    "no_system": gettext_lazy("No video surveillance system is in service."),
    "no_cameras": gettext_lazy("No camera is installed: there is nothing to count."),
    "no_outdoor_cameras": gettext_lazy("No outdoor camera is installed: there is nothing to count."),
    "no_cameras_in_zones": gettext_lazy("Zone “%(zones)s”: no camera is installed, there is nothing to measure."),
    "no_numbers": gettext_lazy("The numbers to compute with are not recorded."),
    "zone_unwatched": gettext_lazy("Zone “%(zones)s”: cameras installed %(installed)s, working %(working)s."),
    "zone_watched": gettext_lazy(
        "Zone “%(zones)s”: cameras installed %(installed)s, reported working %(working)s."
        " Whether they see all that is asked, only a visit shows."
    ),
    "floors": gettext_lazy(
        "Floors whose corridor a working camera sees: %(low)s of %(floors)s = %(share)s %%; required: %(required)s."
    ),
    "floors_between": gettext_lazy(
        "Floors whose corridor a working camera sees: at least %(low)s, at most %(high)s of %(floors)s;"
        " required: %(required)s."
    ),
    "working": gettext_lazy("Working: %(good)s of %(installed)s cameras = %(share)s %%; required: %(required)s."),
    "working_between": gettext_lazy(
        "Reported working: %(good)s of %(installed)s cameras, not reported: %(unknown)s."
        " That is %(share)s to %(best)s %%; required: %(required)s."
    ),
    "powered": gettext_lazy("Powered: %(good)s of %(installed)s cameras = %(share)s %%; required: %(required)s."),
    "powered_between": gettext_lazy(
        "Surely powered: %(good)s of %(installed)s cameras, unknown: %(unknown)s."
        " That is %(share)s to %(best)s %%; required: %(required)s."
    ),
    "digital": gettext_lazy("Digital: %(good)s of %(installed)s cameras = %(share)s %%; required: %(required)s."),
    "night_mode": gettext_lazy("Outdoor cameras with a night mode: %(good)s of %(installed)s."),
    "night_mode_between": gettext_lazy(
        "Outdoor cameras with a night mode: %(good)s of %(installed)s, not recorded: %(unknown)s."
    ),
    "lowest_width": gettext_lazy(
        "Lowest horizontal resolution: %(value)s px (recorded for %(known)s of %(installed)s cameras);"
        " required: %(required)s."
    ),
    "lowest_frames": gettext_lazy(
        "Lowest frame rate: %(value)s frames/s (recorded for %(known)s of %(installed)s cameras);"
        " required: %(required)s."
    ),
    "density": gettext_lazy(
        "D = px ÷ (2 · d · tan(HFOV ÷ 2)) = %(px)s ÷ (2 · %(distance)s m · tan(%(angle)s° ÷ 2)) = %(density)s px/m"
        " (%(level)s), the lowest; computed for %(known)s of %(installed)s cameras; required: %(required)s."
    ),
    "density_by_place": gettext_lazy(
        "D = px ÷ (2 · d · tan(HFOV ÷ 2)) = %(px)s ÷ (2 · %(distance)s m · tan(%(angle)s° ÷ 2)) = %(density)s px/m"
        " (%(level)s), the lowest; computed for %(known)s of %(installed)s cameras; required: %(required)s at a door,"
        " %(enough)s px/m elsewhere. Which camera watches a door is not recorded."
    ),
    "days": gettext_lazy(
        "Days = TB × 8,000,000 ÷ (Mbit/s × 86,400) = %(tb)s × 8,000,000 ÷ (%(mbps)s × 86,400) = %(days)s;"
        " the recorder is set to: %(stated)s; required of both: %(required)s."
    ),
    "days_at_most": gettext_lazy(
        "Days = TB × 8,000,000 ÷ (Mbit/s × 86,400) ≤ %(tb)s × 8,000,000 ÷ (%(mbps)s × 86,400) = %(days)s, by the"
        " streams that are recorded; the recorder is set to: %(stated)s; required of both: %(required)s."
    ),
    "days_stated": gettext_lazy(
        "The recorder is set to: %(stated)s days. Whether its storage has room for them is not known;"
        " required: %(required)s."
    ),
    "room": gettext_lazy(
        "Needed: %(mbps)s Mbit/s × 86,400 × %(period)s days ÷ 8,000,000 = %(need)s TB; there are %(tb)s TB"
        " = %(share)s %%; required: %(required)s."
    ),
    "room_at_most": gettext_lazy(
        "Needed at least: %(mbps)s Mbit/s × 86,400 × %(period)s days ÷ 8,000,000 = %(need)s TB, by the streams that"
        " are recorded; there are %(tb)s TB = %(share)s %% at most; required: %(required)s."
    ),
    "backup": gettext_lazy("Shortest backup power of a system: %(value)s min; required: %(required)s."),
    "channel": gettext_lazy("Widest channel reserved for video: %(value)s Mbit/s; required: %(required)s."),
    "link_city": gettext_lazy("City school, operations control centre: “%(link)s”."),
    "link_village": gettext_lazy("Village school, district police: “%(link)s”."),
}
CAVEATS: dict[str, str | Promise] = {
    "rectilinear_lens": gettext_lazy("a rectilinear lens is assumed"),
    "square_target": gettext_lazy("the target is square to the camera"),
    "daylight": gettext_lazy("by daylight and without heavy compression"),
    "human_viewers": gettext_lazy("the levels are for human viewers, not for analytics"),
    "if_there_are_rooms": gettext_lazy("rooms that the school does not have are left out at the visit"),
    "if_there_is_a_gate": gettext_lazy("without a fence and a gate the requirement does not apply"),
}


def formula_of(grounds: Grounds, requirement: Requirement) -> str:
    """The sentence of the grounds with its numbers."""
    words = {name: _in_words(name, value) for name, value in grounds.numbers.items()}
    if requirement.threshold is not None:
        words["required"] = required_of(requirement)
    return str(FORMULAS[grounds.rule]) % words


def required_of(requirement: Requirement) -> str:
    """What the edition asks for: “at least 30 days”."""
    assert requirement.threshold is not None
    return f"{requirement.get_comparison_display()} {number(requirement.threshold)} {requirement.unit}"


def caveats_of(grounds: Grounds) -> list[str]:
    return [str(CAVEATS[caveat]) for caveat in grounds.caveats]


def label_of(field: str) -> str:
    """What a field of a camera or of a system is called."""
    if field == "state":
        return _("Condition")
    model = Camera if any(each.name == field for each in Camera._meta.get_fields()) else CameraSystem
    return capfirst(str(model._meta.get_field(field).verbose_name))  # type: ignore[union-attr]


def told_camera(kept: Mapping[str, Any]) -> str:
    """A camera as it was kept: its number, where it looks, and by how much it falls short."""
    said = f"№ {kept['camera']} · {Camera.Zone(kept['zone']).label}"
    if kept["floor"] is not None:
        said += ", " + _("floor %(floor)s") % {"floor": kept["floor"]}
    if "reach" in kept:
        numbers = {"density": number(kept["value"]), "reach": number(kept["reach"])}
        return said + ": " + _("%(density)s px/m; enough up to %(reach)s m") % numbers
    return f"{said}: {number(kept['value'])}" if "value" in kept else said


def number(value: Decimal | float | int) -> str:
    """As the language writes it, without zeros at the end."""
    text = f"{Decimal(str(value)):f}"
    places = len(text.partition(".")[2].rstrip("0"))
    return number_format(value, decimal_pos=places, force_grouping=True)


def _in_words(name: str, value: Any) -> str:
    if name == "zones":
        return ", ".join(str(Camera.Zone(zone).label) for zone in value)
    if name == "level":
        return str(next((level.label for level in LEVELS if level.key == value), _("below every level")))
    if name == "link":
        return str(CameraSystem.CentreLink(value).label)
    return _("not recorded") if value is None else number(value)
