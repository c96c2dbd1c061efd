"""The answer sheet of one visit: what is wrong decides each answer, and the inventory gives what can be counted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from audits.answers import Finding, result_of
from audits.models import Requirement, Result
from audits.sample.courses import Visit
from audits.sample.equipment import Inventory
from cameras.models import Camera, CameraSystem, Condition
from schools.models import School

# What an inspector measures and no inventory knows: between what, when the requirement is met and when not.
MEASURED = {
    "SYS-07": ((0, 5), (9, 840)),
    "IMG-03": ((250, 430), (80, 240)),
    "IMG-04": ((125, 230), (50, 118)),
    "IMG-05": ((25, 62), (9, 23)),
    "NET-02": ((30, 100), (4, 25)),
}
NOTES = {
    "COV-01": "Ғимараттың артқы жағында камера жоқ.",
    "COV-03": "Қосалқы шығу есігі көрінбейді.",
    "COV-05": "Спорт алаңы камераға түспейді.",
    "COV-06": "Асханада камера жоқ.",
    "COV-08": "Шаруашылық ғимараттың артында көрінбейтін жер бар.",
    "COV-09": "Көлік кіретін қақпа көрінбейді.",
    "PRV-04": "Камералардың орналасу сызбасы дәлізде ілулі тұр.",
    "SYS-01": "Тіркегіш бухгалтерия бөлмесінде тұр.",
    "SYS-03": "Істен шыққан камераларға жөндеу өтінімі берілген.",
    "SYS-04": "Камераларға қуат берілмейді, желі үзілген.",
    "SYS-07": "Жүйенің сағаты дәл емес.",
    "ARC-01": "Қатты дискінің көлемі жетпейді.",
    "ARC-03": "Мұрағатқа кіру журналы жүргізілмейді.",
    "IMG-01": "Бет-әлпет танылмайды.",
    "NET-01": "Жабдықты қосуға техникалық мүмкіндік жоқ.",
}


@dataclass(frozen=True)
class Scene:
    """What the inspector finds on the day of the visit."""

    day: date
    system: CameraSystem
    cameras: list[Camera]
    broken: dict[int, str]
    floors: int

    @property
    def is_connected(self) -> bool:
        return any(camera.connected_on and camera.connected_on <= self.day for camera in self.cameras)

    def share(self, count: int, of: int | None = None) -> Decimal:
        """Percent, by default of the cameras."""
        return (Decimal(count) * 100 / (len(self.cameras) if of is None else of)).quantize(Decimal("0.01"))


def _floors_watched(scene: Scene) -> Decimal:
    watched = {camera.floor for camera in scene.cameras if camera.zone == Camera.Zone.CORRIDOR}
    return scene.share(len(watched), scene.floors)


def _powered(scene: Scene) -> Decimal:
    unpowered = [state for state in scene.broken.values() if state == Condition.State.NO_POWER]
    return scene.share(len(scene.cameras) - len(unpowered))


def _storage_share(scene: Scene) -> Decimal:
    return scene.share(min(30, scene.system.storage_days or 0), 30)


READ_OFF: dict[str, Callable[[Scene], Decimal]] = {
    "COV-04": _floors_watched,
    "SYS-03": lambda scene: scene.share(len(scene.cameras) - len(scene.broken)),
    "SYS-04": _powered,
    "SYS-05": lambda scene: Decimal(scene.system.backup_minutes or 0),
    "SYS-06": lambda scene: scene.share(sum(camera.is_digital for camera in scene.cameras)),
    "ARC-01": lambda scene: Decimal(scene.system.storage_days or 0),
    "ARC-02": _storage_share,
    "IMG-01": lambda scene: Decimal(min(camera.width_px or 0 for camera in scene.cameras)),
    "IMG-02": lambda scene: Decimal(min(camera.frames_per_second or 0 for camera in scene.cameras)),
}


def fill_in(
    requirements: Iterable[Requirement], school: School, inventory: Inventory, visit: Visit, random: Random
) -> list[tuple[Requirement, Finding]]:
    """A finding, as the inspector would have sent it, for every requirement that applies to the school."""
    system, cameras = inventory.on(visit.on)
    scene = Scene(visit.on, system, cameras, inventory.broken_on(visit.on), school.floors)
    findings = []
    for requirement in requirements:
        if requirement.applies_to_school(school):
            finding = _finding(requirement.code, requirement.code in visit.flaws, scene, random)
            findings.append((requirement, _with_note(finding, requirement, random)))
    return findings


def _finding(code: str, is_flawed: bool, scene: Scene, random: Random) -> Finding:
    if code in READ_OFF:
        return Finding(code, value=READ_OFF[code](scene))
    if code in MEASURED:
        return Finding(code, value=Decimal(random.randint(*MEASURED[code][is_flawed])))
    if code == "NET-01":
        return Finding(code, choice="connected" if scene.is_connected else "unable" if is_flawed else "able")
    if code == "NET-03":
        return Finding(code, choice=random.choice(["partly", "no"]) if is_flawed else "yes")
    if code == "COV-07" and not is_flawed and random.random() < 0.5:
        return Finding(code, result=Result.NOT_APPLICABLE)
    return Finding(code, result=Result.NOT_MET if is_flawed else Result.MET)


def _with_note(finding: Finding, requirement: Requirement, random: Random) -> Finding:
    """The finding with its result, and often with a word of the inspector on what is not met."""
    result, _problems = result_of(finding, requirement)
    says = result == Result.NOT_MET and random.random() < 0.6
    return replace(finding, result=result, note=NOTES.get(finding.code, "") if says else "")
