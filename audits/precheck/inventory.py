"""What is installed at a school on a day, as the rules look at it. Two queries, whatever hangs there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audits.models import Building
from cameras.models import Camera, CameraSystem, Condition
from schools.models import School

Zone = Camera.Zone


@dataclass(frozen=True, eq=False)
class Hanging:
    """An installed camera and what was known of it. `state` is blank where nobody reported."""

    camera: Camera
    state: str = Condition.State.WORKING
    is_connected: bool = False

    @property
    def code(self) -> str:
        return self.camera.register_code

    @property
    def works(self) -> bool | None:
        return None if not self.state else self.state == Condition.State.WORKING

    @property
    def is_powered(self) -> bool | None:
        """Of one that does not work, nobody said whether it has power."""
        if self.state == Condition.State.WORKING:
            return True
        return False if self.state in {Condition.State.NO_POWER, Condition.State.REMOVED} else None

    @property
    def is_outdoor(self) -> bool:
        return self.camera.is_outdoor or self.camera.zone in {Zone.YARD, Zone.PERIMETER, Zone.GATE}


@dataclass(frozen=True)
class Inventory:
    """The systems in service and the cameras on them. `building`: the school, or what an audit pinned of it."""

    building: Building
    systems: Sequence[CameraSystem] = field(default_factory=tuple)
    cameras: Sequence[Hanging] = field(default_factory=tuple)

    def in_zones(self, *zones: str) -> list[Hanging]:
        return [hanging for hanging in self.cameras if hanging.camera.zone in zones]

    def on(self, system: CameraSystem) -> list[Hanging]:
        return [hanging for hanging in self.cameras if hanging.camera.system == system]


def inventory_of(school: School, as_of: date, *, building: Building | None = None) -> Inventory:
    """What was in service at the school by the end of the day."""
    systems = CameraSystem.objects.filter(school=school).in_service(as_of).order_by("number")
    cameras: Any = Camera.objects.filter(system__school=school).installed(as_of).with_state(as_of)
    hanging = [
        Hanging(camera, camera.state or "", camera.is_connected)
        for camera in cameras.select_related("system").order_by("system__number", "number", "pk")
    ]
    return Inventory(building or school, list(systems), hanging)
