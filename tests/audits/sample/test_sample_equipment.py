"""The equipment of the sample: as the verdicts on it say, and with the gaps a real inventory has."""

from decimal import Decimal
from math import radians, tan

import pytest

from audits.compliance import Connection, schools_with_standing
from audits.models import Answer, Result, Violation
from audits.sample.published import AS_OF
from cameras.models import Camera, CameraSystem


@pytest.mark.parametrize("code", ["SYS-03", "SYS-04"])
def test_only_malfunctioning_schools_fail_for_cameras_that_do_not_work(sample, code):
    failed = set(
        Answer.objects.filter(requirement__code=code, result=Result.NOT_MET).values_list("audit__school", flat=True)
    )
    broken = schools_with_standing(AS_OF).filter(is_malfunctioning=True).values_list("pk", flat=True)

    assert failed
    assert failed <= set(broken)


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("COV-03", Camera.Zone.RESERVE_EXIT),
        ("COV-05", Camera.Zone.YARD),
        ("COV-06", Camera.Zone.HALL),
        ("COV-09", Camera.Zone.GATE),
        ("COV-10", Camera.Zone.STAIRWELL),
    ],
)
def test_no_camera_hangs_where_the_newest_sheet_misses_it(sample, code, zone):
    schools = Violation.objects.open().filter(code=code).values("school")

    assert schools
    assert not Camera.objects.installed(AS_OF).filter(system__school__in=schools, zone=zone).exists()


def test_a_system_has_8_to_32_cameras(sample):
    numbers_of_cameras = [system.cameras.count() for system in CameraSystem.objects.all()]

    assert (len(numbers_of_cameras), min(numbers_of_cameras)) == (667, 8)
    assert max(numbers_of_cameras) <= 32


def test_cities_are_ahead_in_connection(sample):
    schools = [school for school in schools_with_standing(AS_OF) if school.is_equipped]
    fully = [school.setting for school in schools if school.connection == Connection.FULLY]

    assert fully.count("city") > fully.count("village")


def test_what_is_written_of_equipment_agrees_with_what_is_wrong_with_it(sample):
    entrances = Camera.objects.filter(zone__in=["main_entrance", "reserve_exit"]).exclude(field_of_view=None)
    densities = [
        camera.width_px / (2 * float(camera.target_distance) * tan(radians(float(camera.field_of_view) / 2)))
        for camera in entrances
    ]
    coarse = sum(density < 250 for density in densities)

    assert 0.1 < coarse / len(densities) < 0.4
    assert (
        not CameraSystem.objects.filter(cameras__connected_on__isnull=False).exclude(centre_link="connected").exists()
    )


def test_some_of_the_equipment_is_unknown(sample):
    for column in ("field_of_view", "bitrate_mbps"):
        assert 0.1 < Camera.objects.filter(**{column: None}).count() / Camera.objects.count() < 0.5
    for column in ("storage_tb", "channel_mbps"):
        assert 0.1 < CameraSystem.objects.filter(**{column: None}).count() / CameraSystem.objects.count() < 0.5


def test_disks_that_keep_less_than_thirty_days_do_not_hold_thirty(sample):
    short = CameraSystem.objects.filter(storage_days__lt=30, storage_tb__isnull=False).prefetch_related("cameras")
    of_streams = [
        (system.storage_tb, sum(camera.bitrate_mbps or 4 for camera in system.cameras.all())) for system in short
    ]

    assert of_streams
    assert all(size < streams * Decimal("0.0108") * 30 for size, streams in of_streams)
