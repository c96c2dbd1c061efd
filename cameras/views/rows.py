"""A camera as a row of a page."""

from datetime import date
from typing import Any

from cameras.downtime import YEAR, CameraTime, Span
from cameras.models import Condition


def row_of(camera: Any, time: CameraTime | None, *, day: date) -> dict[str, Any]:
    """A camera with_state(day) beside its state in words and the days it was out of order within a year."""
    return {
        "camera": camera,
        "state": Condition.State(camera.state) if camera.state else None,
        "days_out": time.days_out_of_order(Span.ending(day, days=YEAR)) if time else 0,
    }
