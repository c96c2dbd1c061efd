"""Rows of a file of cameras, and what becomes of them."""

from datetime import date

from cameras.models import Camera

TODAY = date(2021, 8, 25)
NEW = {
    "number": 5,
    "zone": "дәліз",
    "floor": 2,
    "is_digital": "да",
    "model": "DS-2CD2143",
    "width_px": 1920,
    "height_px": 1080,
    "bitrate_mbps": "4,5",
    "installed_on": "01.09.2019",
    "connected": "yes",
    "state": "faulty",
}


def at(system, number=None, **cells):
    """A row about a camera of the system."""
    of = {"number": number} if number else {}
    return {"school": system.school.code, "system": system.number, **of, **cells}


def facts(camera):
    """What is said of it, beside its key and its version."""
    names = [field.name for field in Camera._meta.concrete_fields if field.name not in {"id", "version"}]
    return {name: getattr(camera, name) for name in names}


def conditions(camera):
    columns = ("state", "observed_on", "recorded_at", "recorded_by", "source", "superseded_at")
    return list(camera.conditions.order_by("pk").values_list(*columns))
