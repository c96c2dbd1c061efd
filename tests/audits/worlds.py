"""Small worlds of schools with a history, drawn at random; and their figures counted the plain way, school by school.

A plan says what happened on which day (a number; day 0 is 20 August 2021) or at which minute since day 0 began in
Almaty. `build` writes it to the database, `figures_of` counts it in Python without asking the database anything.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from audits.compliance import Counts
from audits.models import Audit, Verdict
from cameras.models import Camera, CameraSystem, Condition
from schools.models import District, Placement
from tests.factories import DistrictFactory, EditionFactory, RegionFactory, SchoolFactory, UserFactory

FIRST, DAYS, DAY = date(2021, 8, 20), 6, 24 * 60
MIDNIGHT = datetime(2021, 8, 20, tzinfo=ZoneInfo("Asia/Almaty"))
# Equipment is stated to be this much older than its record: the figures go by the record.
RECORDED_LATE = timedelta(days=30)
DISTRICTS = 3  # the first two in one region
EDITIONS = ("2019", "2022")


@dataclass(frozen=True)
class Span:
    """From `start` on, up to but not on `end`."""

    start: int
    end: int | None = None

    def holds(self, day: int) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class CameraPlan:
    installed: Span
    connected: Span | None
    reports: tuple[tuple[int, str], ...]  # (minute, state), in order

    def state_on(self, day: int) -> str:
        heard = [state for minute, state in self.reports if minute < (day + 1) * DAY]
        return heard[-1] if heard else "working"


@dataclass(frozen=True)
class VisitPlan:
    visited: int
    approved: int
    voided: int | None
    verdict: str
    edition: str

    def counts_on(self, day: int) -> bool:
        end = (day + 1) * DAY
        return self.approved < end and (self.voided is None or self.voided >= end)


@dataclass(frozen=True)
class SchoolPlan:
    open: Span
    placements: tuple[tuple[Span, int], ...]
    systems: tuple[tuple[Span, tuple[CameraPlan, ...]], ...]
    visits: tuple[VisitPlan, ...]

    def district_on(self, day: int) -> int | None:
        """Where it counts on the day, None off the roll."""
        places = [district for span, district in self.placements if span.holds(day)]
        return places[0] if places and self.open.holds(day) else None


days = st.integers(0, DAYS - 1)
minutes = st.builds(lambda day, minute: day * DAY + minute, days, st.sampled_from([0, 1, DAY // 2, DAY - 1]))


@st.composite
def spans(draw):
    start = draw(st.integers(-2, DAYS - 2))
    return Span(start, draw(st.none() | st.integers(start + 1, DAYS)))


@st.composite
def reports(draw):
    moments = sorted(draw(st.sets(minutes, max_size=3)))
    return tuple((moment, draw(st.sampled_from(Condition.State.values))) for moment in moments)


@st.composite
def visits(draw):
    approved, *voided = sorted(draw(st.sets(minutes, min_size=1, max_size=2)))
    verdict, edition = draw(st.sampled_from(Verdict.values)), draw(st.sampled_from(EDITIONS))
    return VisitPlan(draw(days), approved, voided[0] if voided else None, verdict, edition)


@st.composite
def placements(draw):
    """One after the other, sometimes with a gap, the last one sometimes ended."""
    bounds = sorted(draw(st.sets(st.integers(-2, DAYS), min_size=1, max_size=4)))
    ends = [*bounds[1:], None]
    told = [(Span(start, end), draw(st.integers(0, DISTRICTS - 1))) for start, end in zip(bounds, ends, strict=True)]
    return tuple(place for place in told if draw(st.integers(0, 9))) or tuple(told[:1])


cameras = st.builds(CameraPlan, spans(), st.none() | spans(), reports())
systems = st.tuples(spans(), st.lists(cameras, max_size=3).map(tuple))
plans = st.lists(
    st.builds(
        SchoolPlan,
        spans(),
        placements(),
        st.lists(systems, max_size=2).map(tuple),
        st.lists(visits(), max_size=4).map(tuple),
    ),
    min_size=1,
    max_size=5,
)


def day_of(number: int) -> date:
    return FIRST + timedelta(days=number)


def moment_of(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def figures_of(plan: list[SchoolPlan], districts: set[int], day: int) -> Counts:
    """The figures of the districts on the day, as a clerk would count them from the files."""
    counted: Counter = Counter()
    editions: Counter = Counter()
    for school in plan:
        if school.district_on(day) not in districts:
            continue
        in_service = [cameras for span, cameras in school.systems if span.holds(day)]
        hanging = [camera for cameras in in_service for camera in cameras if camera.installed.holds(day)]
        if not in_service:
            counted["unequipped"] += 1
            continue
        counted["malfunctioning"] += any(camera.state_on(day) != "working" for camera in hanging)
        reaching = [camera for camera in hanging if camera.connected and camera.connected.holds(day)]
        counted["connected_fully"] += bool(reaching) and len(reaching) == len(hanging)
        counted["connected_partly"] += 0 < len(reaching) < len(hanging)
        order = [(v.visited, v.approved, place) for place, v in enumerate(school.visits) if v.counts_on(day)]
        if not order:
            counted["unassessed"] += 1
            continue
        newest = school.visits[max(order)[2]]
        counted[newest.verdict] += 1
        editions[newest.edition] += 1
    return Counts(**counted, editions=dict(editions))


def build(plan: list[SchoolPlan]) -> list[District]:
    """Write the plan to the database; its districts in their order."""
    near, far = RegionFactory(), RegionFactory()
    districts = [DistrictFactory(region=near), DistrictFactory(region=near), DistrictFactory(region=far)]
    people = UserFactory(), UserFactory()
    later = date(2021, 8, 22)
    editions = {"2019": EditionFactory(), "2022": EditionFactory(code="2022", in_force_from=later)}
    for school in plan:
        _build_school(school, districts, people, editions)
    return districts


def _dates(span: Span | None, start: str, end: str) -> dict[str, date | None]:
    if span is None:
        return {}
    return {start: day_of(span.start), end: None if span.end is None else day_of(span.end)}


def _recorded(span: Span, start: str, end: str) -> dict[str, date | None]:
    """The days from and until which it counts, and the earlier days that people state."""
    counted = _dates(span, "counts_from", "counts_until")
    stated = {name: day and day - RECORDED_LATE for name, day in _dates(span, start, end).items()}
    return counted | stated


def _build_school(plan, districts, people, editions):
    school = SchoolFactory(district=districts[0], **_dates(plan.open, "opened_on", "closed_on"))
    school.placements.all().delete()
    Placement.objects.bulk_create(
        Placement(school=school, district=districts[district], **_dates(span, "valid_from", "valid_to"))
        for span, district in plan.placements
    )
    for place, (span, hanging) in enumerate(plan.systems, start=1):
        dates = _recorded(span, "commissioned_on", "decommissioned_on")
        system = CameraSystem.objects.create(school=school, number=place, kind="digital", **dates)
        for number, camera in enumerate(hanging, start=1):
            _build_camera(camera, system, number)
    Audit.objects.bulk_create(_audit(visit, school, people, editions[visit.edition]) for visit in plan.visits)


def _build_camera(plan, system, number):
    dates = _recorded(plan.installed, "installed_on", "removed_on") | _dates(
        plan.connected, "connected_on", "disconnected_on"
    )
    camera = Camera.objects.create(system=system, number=number, zone="yard", is_digital=True, **dates)
    ends = [*(moment for moment, _state in plan.reports[1:]), None][: len(plan.reports)]
    Condition.objects.bulk_create(
        Condition(
            camera=camera,
            state=state,
            observed_on=FIRST,
            recorded_at=moment_of(moment),
            superseded_at=None if end is None else moment_of(end),
        )
        for (moment, state), end in zip(plan.reports, ends, strict=True)
    )


def _audit(plan, school, people, edition):
    author, approver = people
    return Audit(
        school=school,
        standard=edition.standard,
        edition=edition,
        kind="monitoring",
        body="quality_department",
        inspector=author,
        submitted_by=author,
        approved_by=approver,
        planned_for=FIRST,
        visited_on=day_of(plan.visited),
        submitted_at=moment_of(0),
        approved_at=moment_of(plan.approved),
        voided_at=None if plan.voided is None else moment_of(plan.voided),
        status="approved" if plan.voided is None else "voided",
        verdict=plan.verdict,
    )
