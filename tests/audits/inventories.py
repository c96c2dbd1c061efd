"""Inventories for the rules of the pre-check, without a database; and the reference standard as it is published."""

import json
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import strategies as st

from audits.editions import STANDARD
from audits.models import Requirement
from audits.precheck import Inventory, expectations_of
from audits.precheck.inventory import Hanging, Zone
from cameras.models import Camera, CameraSystem, Condition

STATES = ("", *Condition.State.values)


def _requirement(place: int, row: dict) -> Requirement:
    threshold = None if row["threshold"] is None else Decimal(str(row["threshold"]))
    return Requirement(**row | {"threshold": threshold, "pk": place, "position": place})


_file = json.loads(STANDARD.read_text(encoding="utf-8"))
EDITION = [_requirement(place, row) for place, row in enumerate(_file["editions"][0]["requirements"], start=1)]


def building(**said):
    return SimpleNamespace(**{"setting": "village", "floors": 2, "has_outdoor_toilet": True} | said)


def system(number=1, **said):
    return CameraSystem(number=number, kind="digital", **said)


def camera(number=1, *, of=None, state="working", is_connected=False, **said):
    """A camera of the only system, in the corridor of the first floor unless said otherwise."""
    given = {"zone": Zone.CORRIDOR, "floor": 1, "is_digital": True} | said
    return Hanging(Camera(system=of or ONLY, number=number, **given), state, is_connected)


ONLY = system()


def inventory(*cameras, systems=(ONLY,), of=None):
    return Inventory(of or building(), systems, cameras)


def expected(held: Inventory, edition=EDITION):
    """{code: what is expected}."""
    return {each.requirement.code: each for each in expectations_of(held, edition)}


def outcome(code, held, **changed):
    """What is expected of the one requirement, its columns changed as said."""
    return of_code(code, held, **changed).outcome


def of_code(code, held, **changed):
    return expected(held, [_changed(row, changed) if row.code == code else row for row in EDITION])[code]


def _changed(row, changed):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return Requirement(**fields | changed)


# --- Drawn at random: values lie around the thresholds, and each may be unknown ---

CAMERA_FIELDS = {
    "floor": st.integers(0, 3),
    "width_px": st.sampled_from([0, 960, 1280, 1920, 2560, 3840]),
    "frames_per_second": st.sampled_from([12, 15, 25]),
    "bitrate_mbps": st.sampled_from([Decimal(2), Decimal(4), Decimal(8)]),
    "field_of_view": st.decimals(1, 179, places=1),
    "target_distance": st.decimals("0.1", 60, places=1),
    "has_night_mode": st.booleans(),
}
SYSTEM_FIELDS = {
    "storage_tb": st.sampled_from([Decimal(1), Decimal(8), Decimal(24)]),
    "storage_days": st.sampled_from([14, 30, 60]),
    "backup_minutes": st.sampled_from([0, 29, 30, 60]),
    "channel_mbps": st.sampled_from([Decimal(10), Decimal(20), Decimal(30), Decimal(100)]),
}


def _fields(known):
    return st.fixed_dictionaries({name: st.none() | values for name, values in known.items()})


@st.composite
def inventories(draw):
    """Up to two systems with up to six cameras."""
    links = st.sampled_from(["", *CameraSystem.CentreLink.values])
    held = [
        system(n, centre_link=draw(links), **draw(_fields(SYSTEM_FIELDS))) for n in range(1, draw(st.integers(1, 3)))
    ]
    cameras = []
    for number in range(draw(st.integers(0, 6)) if held else 0):
        said = {"zone": draw(st.sampled_from(Zone.values)), "is_digital": draw(st.booleans())} | draw(
            _fields(CAMERA_FIELDS)
        )
        cameras.append(
            camera(
                number,
                of=draw(st.sampled_from(held)),
                state=draw(st.sampled_from(STATES)),
                is_connected=draw(st.booleans()),
                **said,
            )
        )
    setting = draw(st.sampled_from(["city", "village"]))
    return inventory(*cameras, systems=held, of=building(setting=setting, floors=draw(st.integers(1, 3))))


@st.composite
def forgetting(draw):
    """An inventory, and the same with one thing less that is recorded."""
    held = draw(inventories().filter(lambda each: each.systems))
    if held.cameras and draw(st.booleans()):
        place = draw(st.integers(0, len(held.cameras) - 1))
        cameras = list(held.cameras)
        cameras[place] = _without(cameras[place], draw(st.sampled_from(["state", *CAMERA_FIELDS])))
        return held, replace(held, cameras=cameras)
    place, name = draw(st.integers(0, len(held.systems) - 1)), draw(st.sampled_from(["centre_link", *SYSTEM_FIELDS]))
    known = {field: getattr(held.systems[place], field) for field in ("number", "kind", "centre_link", *SYSTEM_FIELDS)}
    other = CameraSystem(**known | {name: "" if name == "centre_link" else None})
    systems = [other if each is held.systems[place] else each for each in held.systems]
    cameras = [_moved(each, other) if each.camera.system is held.systems[place] else each for each in held.cameras]
    return held, replace(held, systems=systems, cameras=cameras)


def _without(hanging, name):
    if name == "state":
        return replace(hanging, state="")
    return replace(hanging, camera=_copy(hanging.camera, **{name: None}))


def _moved(hanging, to):
    return replace(hanging, camera=_copy(hanging.camera, system=to))


def _copy(kept, **changed):
    fields = {field.name: getattr(kept, field.name) for field in kept._meta.concrete_fields}
    return Camera(**fields | changed)
