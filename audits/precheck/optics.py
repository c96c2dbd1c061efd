"""Pixel density: how much of a person a picture shows. Pixels, degrees, metres; the levels of IEC 62676-4:2014.

There is an edition of 2025 with other names and figures: whoever prints a level prints EDITION beside it.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EDITION = "IEC 62676-4:2014"


@dataclass(frozen=True)
class Level:
    """`density` pixels per metre at the target are enough for what `meaning` says."""

    key: str
    density: Decimal
    label: str | Promise
    meaning: str | Promise


LEVELS = (
    Level("monitor", Decimal("12.5"), _("Monitor"), _("whether somebody is there and where they go, in a wide scene")),
    Level("detect", Decimal("25"), _("Detect"), _("a person is there")),
    Level("observe", Decimal("62.5"), _("Observe"), _("marked details, such as clothing")),
    Level("recognise", Decimal("125"), _("Recognise"), _("a person one knows, with high certainty")),
    Level("identify", Decimal("250"), _("Identify"), _("who a person is, beyond doubt")),
    Level("inspect", Decimal("1000"), _("Inspect"), _("fine marks")),
)
# Nobody measures a view to a millionth; without it 250 would sometimes be 249.999999999997.
PRECISION = Decimal("0.000001")


def density(px: int, angle: float | Decimal, distance: float | Decimal) -> Decimal:
    """Pixels per metre: D = px / (2 · d · tan(HFOV / 2)). ValueError for a view or a distance that cannot be."""
    if px < 0 or not distance > 0:
        raise ValueError("pixels are counted from 0, and a target is at some distance")
    return Decimal(px / (2 * float(distance) * _half_width(angle))).quantize(PRECISION)


def greatest_distance(px: int, angle: float | Decimal, required: float | Decimal) -> Decimal:
    """How far away, in metres, the picture still has the required density. ValueError as above."""
    if px < 0 or not required > 0:
        raise ValueError("pixels are counted from 0, and some density is required")
    return Decimal(px / (2 * float(required) * _half_width(angle))).quantize(PRECISION)


def level_of(reached: Decimal) -> Level | None:
    """The highest level that the density is enough for, None below the lowest."""
    return next((level for level in reversed(LEVELS) if reached >= level.density), None)


def level_below(required: Decimal) -> Level | None:
    """The level that asks for the next smaller density."""
    return next((level for level in reversed(LEVELS) if level.density < required), None)


def _half_width(angle: float | Decimal) -> float:
    """Half of what is seen at a distance of one metre."""
    if not 0 < angle < 180:
        raise ValueError("a field of view lies between 0 and 180 degrees")
    return math.tan(math.radians(float(angle) / 2))
