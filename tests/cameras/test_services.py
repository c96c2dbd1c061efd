"""Reports of the condition of a camera."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Role
from audits import compliance
from audits.models import StaleMark
from cameras import services
from cameras.models import Camera, CameraSystem, Condition
from core.errors import Conflict, Invalid, Outdated
from schools.areas import Area
from schools.models import School
from tests.factories import CameraFactory, DistrictFactory, MembershipFactory, UserFactory


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school)


def report(camera, by, at, state="faulty", **fields):
    return services.report_condition(camera=camera, state=state, by=by, at=at, **{"observed_on": at.date()} | fields)


def test_a_report_ends_the_one_before_and_makes_the_figures_due(camera, administrator, noon):
    report(camera, administrator, noon, note="Dark since the storm")

    told = [(c.state, c.recorded_at == noon, c.superseded_at) for c in camera.conditions.order_by("pk")]
    assert told == [("working", False, noon), ("faulty", True, None)]
    assert {mark.area.key for mark in StaleMark.objects.all()} == {"kz", "east-kazakhstan", "east-kazakhstan/ridder"}
    assert compliance.count(Area(), noon.date()).malfunctioning == 1


def test_a_report_on_a_camera_that_was_changed_meanwhile_is_refused(camera, administrator, noon):
    services.correct(camera=camera, values={"model": "DS-2"}, reason="", by=administrator, at=noon)

    with pytest.raises(Outdated) as outdated:
        report(camera, administrator, noon, expects=1)

    assert ([each.field for each in outdated.value.differences], camera.conditions.count()) == (["model"], 1)


def test_a_report_that_repeats_the_present_state_changes_nothing(camera, administrator, noon):
    first = report(camera, administrator, noon)
    StaleMark.objects.all().delete()

    assert report(camera, administrator, noon + timedelta(hours=1)) == first
    assert (camera.conditions.count(), StaleMark.objects.count()) == (2, 0)


def test_the_first_report_of_a_camera_needs_none_before_it(school, administrator, noon):
    camera = CameraFactory(system__school=school, state=False)

    assert report(camera, administrator, noon).superseded_at is None


def test_a_report_that_was_held_up_by_a_later_one_comes_after_it(camera, administrator, noon):
    report(camera, administrator, noon + timedelta(seconds=1), state="no_power")

    held_up = report(camera, administrator, noon, state="working")

    assert held_up.recorded_at == noon + timedelta(seconds=1)
    assert compliance.count(Area(), noon.date()).malfunctioning == 0


@pytest.mark.parametrize("who", ["administrator", "inspector", "officer", "head"])
def test_the_school_its_inspectors_and_its_department_report(who, camera, noon, request):
    assert report(camera, request.getfixturevalue(who), noon).state == "faulty"


@pytest.mark.parametrize("who", ["viewer", "statistician", "stranger"])
def test_nobody_else_reports(who, camera, noon, request):
    with pytest.raises(PermissionDenied):
        report(camera, request.getfixturevalue(who), noon)

    assert camera.conditions.get().state == "working"


def test_the_former_district_of_a_school_reports_no_more(camera, officer, noon):
    camera.system.school.placements.update(valid_to=date(2022, 6, 8))
    camera.system.school.placements.create(district=DistrictFactory(), valid_from=date(2022, 6, 8))

    with pytest.raises(PermissionDenied):
        report(camera, officer, noon)


def test_every_problem_of_a_report_is_named_at_once(camera, administrator, noon):
    with pytest.raises(Invalid) as refused:
        report(camera, administrator, noon, state="dusty", observed_on=date(2021, 8, 26))

    assert refused.value.problems == [
        "Condition: Choose a condition: working, does not work, or not powered.",
        "Observed on: That day lies in the future.",
    ]


def test_a_camera_that_was_removed_has_no_condition_any_more(camera, administrator, noon):
    Camera.objects.filter(pk=camera.pk).update(removed_on=noon.date(), counts_until=noon.date())

    with pytest.raises(Conflict):
        report(camera, administrator, noon)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("administrator", True),
        ("inspector", True),
        ("officer", True),
        ("head", True),
        ("viewer", False),
        ("statistician", False),
        ("stranger", False),
    ],
)
def test_where_cameras_hang_is_for_the_school_its_inspectors_and_its_department(who, sees, camera, request):
    person = request.getfixturevalue(who)

    assert Camera.objects.visible_to(person).exists() is sees
    assert CameraSystem.objects.visible_to(person).exists() is sees


def test_an_inspector_of_another_district_sees_no_camera(camera):
    person = MembershipFactory(district=DistrictFactory(), user=UserFactory(role=Role.INSPECTOR)).user

    assert not Camera.objects.visible_to(person).exists()


def test_only_what_does_not_work_is_not_working(camera):
    CameraFactory(system=camera.system, state="no_power")

    assert [condition.state for condition in Condition.objects.not_working()] == ["no_power"]


def test_the_former_district_of_a_school_no_longer_sees_its_cameras(school, officer, head, district):
    camera = CameraFactory(system__school=school)
    assert list(Camera.objects.visible_to(officer)) == [camera]

    today = timezone.localdate()
    placement = school.placements.get()
    placement.valid_to = today
    placement.save()
    school.placements.create(district=DistrictFactory(region=district.region), valid_from=today)

    assert not Camera.objects.visible_to(officer).exists()
    assert list(Camera.objects.visible_to(head)) == [camera]
    assert list(School.objects.visible_to(officer)) == [school]


def test_a_report_is_of_who_made_it(camera, request, noon):
    for who, source in [("administrator", "school"), ("inspector", "audit"), ("officer", "department")]:
        state = "faulty" if source != "audit" else "no_power"
        assert report(camera, request.getfixturevalue(who), noon, state=state).source == source


def test_a_camera_is_not_reported_removed(camera, administrator, noon):
    with pytest.raises(Invalid) as refused:
        report(camera, administrator, noon, state="removed")

    assert refused.value.problems == [
        "Condition: Remove the camera instead: its number becomes free, and the day is kept."
    ]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2015, 8, 31), "Observed on: That day lies before the day of the installation."),
        (
            date(2021, 8, 9),
            "Observed on: There is a report of 10 Aug 2021 already: choose that day or a later one.",
        ),
    ],
)
def test_an_observation_does_not_lie_before_what_is_known(camera, administrator, noon, day, problem):
    report(camera, administrator, noon, observed_on=date(2021, 8, 10))

    with pytest.raises(Invalid) as refused:
        report(camera, administrator, noon, state="working", observed_on=day)

    assert refused.value.problems == [problem]


def test_one_condition_is_reported_of_several_cameras_or_of_none(camera, administrator, noon):
    second = CameraFactory(system=camera.system, state="faulty")
    cameras = [second, camera]

    conditions = services.report_conditions(
        cameras=cameras, state="faulty", observed_on=noon.date(), by=administrator, at=noon
    )

    assert [(condition.camera, condition.state) for condition in conditions] == [(camera, "faulty"), (second, "faulty")]
    assert second.conditions.count() == 1
    Camera.objects.filter(pk=second.pk).update(removed_on=noon.date(), counts_until=noon.date())
    with pytest.raises(Conflict):
        services.report_conditions(cameras=cameras, state="working", observed_on=noon.date(), by=administrator, at=noon)
    assert camera.conditions.get(superseded_at=None).state == "faulty"
