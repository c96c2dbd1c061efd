"""The copy of the facts of each school says what the truth says, whatever happened, and is never older than it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from audits import compliance, kept_facts, services, tasks
from audits.models import SchoolFacts, Violation
from cameras import services as inventory
from cameras.models import Camera, CameraSystem
from core.errors import Refused
from schools import services as roll
from schools.areas import Area
from schools.models import School
from tests.audits.test_compliance import rolled_back
from tests.factories import (
    CameraFactory,
    DistrictFactory,
    MembershipFactory,
    SchoolFactory,
    UserFactory,
    audit_submitted,
)

FACTS = (*compliance.FACTS, "standing")
NAMES = (*FACTS, "open_violations")


def now():
    return timezone.now()


def today():
    return timezone.localdate()


def told():
    """What lists of today say of each school."""
    return {row.pop("pk"): row for row in kept_facts.with_kept_facts(School.objects.all()).values("pk", *NAMES)}


def true():
    """The same from truth, the violations counted one by one."""
    rows = compliance.with_facts(School.objects.all(), today()).values("pk", *FACTS)
    found = list(Violation.objects.open().values_list("school", flat=True))
    return {row.pop("pk"): row for row in [row | {"open_violations": found.count(row["pk"])} for row in rows]}


# --- Any history of acts ---


class World:
    """Two schools, and people who may do everything to them."""

    def __init__(self):
        district = DistrictFactory()
        self.region = district.region
        self.head = MembershipFactory(region=self.region, user=UserFactory(role="department_head")).user
        self.inspector = MembershipFactory(region=self.region, user=UserFactory(role="inspector")).user
        self.schools = [SchoolFactory(district=district), SchoolFactory(district=district)]
        CameraFactory(system__school=self.schools[0])

    def act(self, name, place):
        getattr(self, name)(self.schools[place], {"by": self.head, "at": now()})

    def install_system(self, school, by):
        values = {"kind": "digital", "commissioned_on": today() - timedelta(days=400)}
        inventory.install_system(school=school, values=values, **by)

    def install(self, school, by):
        rows = [{"zone": "yard", "is_digital": True, "installed_on": today()}]
        inventory.install(system=_one(CameraSystem, school=school, decommissioned_on=None), cameras=rows, **by)

    def fail(self, school, by):
        inventory.report_condition(camera=_camera(school), state="faulty", observed_on=today(), **by)

    def repair(self, school, by):
        inventory.report_condition(camera=_camera(school), state="working", observed_on=today(), **by)

    def connect(self, school, by):
        inventory.connect(cameras=[_camera(school)], **by)

    def disconnect(self, school, by):
        inventory.disconnect(cameras=[_camera(school)], **by)

    def remove(self, school, by):
        inventory.remove(camera=_camera(school), on=today(), reason="Broken", **by)

    def decommission(self, school, by):
        system = _one(CameraSystem, school=school, decommissioned_on=None)
        inventory.decommission(system=system, on=today(), reason="Renewed", **by)

    def approve_failing(self, school, by):
        services.approve(audit=audit_submitted(school=school, inspector=self.inspector, visited_on=today()), **by)

    def approve_compliant(self, school, by):
        audit = audit_submitted(school=school, inspector=self.inspector, visited_on=today(), verdict="compliant")
        services.approve(audit=audit, **by)

    def void(self, school, by):
        if audit := school.audits.filter(status="approved").order_by("-pk").first():
            services.void(audit=audit, reason="Wrong school", **by)

    def move(self, school, by):
        roll.move(
            school=school, to=DistrictFactory(region=self.region), on=today() + timedelta(days=1), reason="Reform", **by
        )

    def keep(self, _school, _by):
        kept_facts.keep_missing(Area())


def _one(model, **which):
    found = model.objects.filter(**which).order_by("-pk").first()
    if found is None:
        raise Refused("There is none.")
    return found


def _camera(school):
    return _one(Camera, system__school=school, removed_on=None)


ACTS = [name for name in vars(World) if not name.startswith("_") and name != "act"]
histories = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), min_size=4, max_size=10)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
@given(histories)
def test_after_any_acts_the_copies_say_what_is_true(history):
    with rolled_back():
        world = World()
        kept_facts.keep_missing(Area())
        for name, place in history:
            try:
                with transaction.atomic():
                    world.act(name, place)
            except Refused:
                continue
            assert told() == true(), name


@pytest.mark.django_db
def test_every_act_of_the_property_is_possible():
    """Or the property above would pass by refusing everything."""
    world = World()
    order = [
        *("install_system", "install", "fail", "repair", "connect", "disconnect", "remove", "approve_failing"),
        *("approve_compliant", "void", "keep", "decommission", "move"),
    ]
    for name in order:
        world.act(name, 0)

    assert set(order) == set(ACTS)


# --- Forgotten with the change, made anew after it ---


@pytest.fixture
def kept(school):
    """A school with a camera, and its copy."""
    CameraFactory(system__school=school)
    kept_facts.keep([school.pk])
    return school


def fail(school, head):
    camera = school.systems.get().cameras.get()
    inventory.report_condition(camera=camera, state="faulty", observed_on=today(), by=head, at=now())


def test_a_change_forgets_the_copy_in_its_own_transaction(kept, head):
    fail(kept, head)

    assert not SchoolFacts.objects.exists()
    assert told()[kept.pk]["is_malfunctioning"] is True


def test_a_change_that_is_undone_leaves_the_copy(kept, head):
    with transaction.atomic():
        fail(kept, head)
        transaction.set_rollback(True)

    assert SchoolFacts.objects.get().is_malfunctioning is False


def test_a_copy_is_read_where_there_is_one(kept):
    SchoolFacts.objects.update(standing="compliant", open_violations=7)

    assert (told()[kept.pk]["standing"], told()[kept.pk]["open_violations"]) == ("compliant", 7)


def test_approval_and_voiding_forget_the_copy(kept, inspector, head):
    audit = audit_submitted(school=kept, inspector=inspector)
    for act in (services.approve, lambda **said: services.void(reason="Wrong school", **said)):
        act(audit=audit, by=head, at=now())
        assert not SchoolFacts.objects.exists()
        kept_facts.keep([kept.pk])

    assert SchoolFacts.objects.get().standing == "unassessed"


def test_only_what_is_missing_in_the_area_is_copied(kept, district):
    here, elsewhere = SchoolFactory(district=district), SchoolFactory()
    SchoolFacts.objects.update(standing="compliant")

    assert kept_facts.keep_missing(Area(district=district)) == 1
    assert dict(SchoolFacts.objects.values_list("school", "standing")) == {kept.pk: "compliant", here.pk: "unequipped"}
    assert kept_facts.keep_missing(Area()) == 1
    assert SchoolFacts.objects.filter(school=elsewhere).exists()
    assert kept_facts.keep_missing(Area()) == 0


def test_many_are_copied_in_batches(district, monkeypatch):
    monkeypatch.setattr(kept_facts, "BATCH", 2)
    SchoolFactory.create_batch(5, district=district)

    assert kept_facts.keep_missing(Area(district=district)) == 5
    assert SchoolFacts.objects.count() == 5


def test_a_school_off_the_roll_is_not_copied(school):
    School.objects.update(closed_on=today() - timedelta(days=1))

    assert kept_facts.keep_missing(Area()) == 0


def test_the_recount_of_a_district_and_the_sweep_make_copies_anew(kept, head, district):
    fail(kept, head)
    tasks.recompute_area(None, district.pk)
    assert SchoolFacts.objects.get().is_malfunctioning is True

    kept_facts.forget([kept.pk])
    tasks.sweep_stale_areas()
    assert SchoolFacts.objects.get().is_malfunctioning is True


def test_a_copy_made_twice_is_the_later_one(kept, head):
    camera = kept.systems.get().cameras.get()
    camera.conditions.update(state="faulty")
    kept_facts.keep([kept.pk])

    assert SchoolFacts.objects.get().is_malfunctioning is True
