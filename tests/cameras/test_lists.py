"""Cameras and systems of all schools a person serves: pages and the rows of files."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulk.listing import LISTINGS
from cameras.listings import CameraListing, SystemListing
from tests.answers import page_text
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory

TODAY = timezone.localdate()


@pytest.fixture
def cameras(school, district):
    """Two of the school and one of another school of the district; one that was removed, one elsewhere."""
    system = CameraSystemFactory(school=school, number=1, kind="hybrid")
    CameraFactory(system=CameraSystemFactory(school__district=district), number=1, zone="yard")
    CameraFactory(removed_on=date(2020, 1, 1), system=system)
    CameraFactory()
    return [
        CameraFactory(system=system, number=1, zone="hall", floor=2, connected_on=date(2020, 1, 1), width_px=1920),
        CameraFactory(system=system, number=2, zone="gate", is_outdoor=True, is_digital=False, state="faulty"),
    ]


def listed(person, query="", listing=CameraListing):
    return listing(user=person, query=QueryDict(query))


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("head", 200),
        ("officer", 200),
        ("inspector", 200),
        ("administrator", 200),
        ("viewer", 403),
        ("statistician", 403),
    ],
)
def test_equipment_is_listed_for_those_who_may_see_it(client, request, cameras, person, status):
    client.force_login(request.getfixturevalue(person))

    assert [client.get(address).status_code for address in ("/cameras/", "/cameras/systems/")] == [status, status]


@pytest.mark.parametrize(
    ("person", "seen"),
    [("head", 3), ("officer", 3), ("administrator", 2), ("viewer", 0), ("statistician", 0), ("stranger", 0)],
)
def test_a_person_is_told_of_the_cameras_of_its_schools_that_hang(request, cameras, person, seen):
    listing = listed(request.getfixturevalue(person))

    assert (listing.total, len(list(listing.rows())), len(listing.page_of_rows())) == (seen, seen, seen)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("zone=hall", [1]),
        ("zone=hall&zone=gate", [1, 2]),
        ("state=faulty", [2]),
        ("state=working", [1]),
        ("state=unreported", []),
        ("digital=false", [2]),
        ("connected=true", [1]),
        ("outdoor=true", [2]),
        ("kind=hybrid", [1, 2]),
        ("kind=digital", []),
        ("area=east-kazakhstan", [1, 2]),
        ("area=east-kazakhstan/ridder", [1, 2]),
        ("area=nowhere", []),
    ],
)
def test_cameras_are_narrowed_by(administrator, cameras, query, numbers):
    assert [row[6] for row in listed(administrator, query).rows()] == numbers


def test_cameras_are_narrowed_to_schools_and_to_those_without_a_report(head, cameras, school):
    silent = CameraFactory(system=cameras[0].system, number=3, state=False)
    other = SchoolFactory()

    assert listed(head, f"school={school.code}&school={other.code}").total == 3
    assert [row[6] for row in listed(head, "state=unreported").rows()] == [silent.number]
    assert listed(head, "area=kz").total == 4


def test_systems_are_narrowed_by_kind_and_link(head, cameras):
    CameraSystemFactory(school=cameras[0].system.school, number=9, centre_link="able")

    assert listed(head, "centre_link=able", SystemListing).total == 1
    assert listed(head, "kind=hybrid", SystemListing).total == 1


@pytest.mark.parametrize("query", ["zone=roof", "colour=red", "digital=perhaps", "cursor=broken", "id=x"])
def test_what_cannot_be_asked_lists_nothing_and_says_so(client, head, cameras, query):
    client.force_login(head)
    response = client.get(f"/cameras/?{query}")

    assert response.status_code == 422
    assert "№ 1 ·" not in page_text(response)


def test_a_row_of_a_file_tells_all_that_is_known_of_a_camera(administrator, cameras, school):
    heading = [str(column) for column in CameraListing.heading]

    row = dict(zip(heading, next(iter(listed(administrator).rows())), strict=True))

    assert row == {
        "School code": school.code,
        "School": school.name,
        "Locality": "Village",
        "District": "Ridder",
        "Region": "East Kazakhstan Region",
        "System": 1,
        "Number": 1,
        "Zone": "Room of mass gathering",
        "Floor": 2,
        "Outdoors": "No",
        "Digital": "Yes",
        "Model": "",
        "Width, px": 1920,
        "Height, px": None,
        "Frames per second": None,
        "Stream, Mbit/s": None,
        "Field of view, degrees": None,
        "Distance to the target, m": None,
        "Night mode": None,
        "Installed on": date(2015, 9, 1),
        "Connected to the operations centre": "Yes",
        "Condition": "Working",
        "Observed on": date(2015, 9, 1),
        "Note": "",
    }


def test_a_row_of_a_file_tells_all_that_is_known_of_a_system(administrator, school):
    CameraSystemFactory(school=school, number=1, storage_tb=Decimal(8), supplier="Alpha")

    row = next(iter(listed(administrator, listing=SystemListing).rows()))

    assert len(row) == len(SystemListing.heading)
    assert (row[0], row[5], row[6], row[8], row[13]) == (school.code, 1, "Digital (IP)", Decimal(8), "Alpha")


def test_the_page_tells_the_total_the_state_and_the_days_out_of_order(client, administrator, cameras):
    client.force_login(administrator)
    cameras[1].conditions.update(observed_on=TODAY - timedelta(days=4))

    page = page_text(client.get("/cameras/"))

    assert "2 cameras" in page
    assert "Does not work" in page
    assert "5 days" in page


def test_pages_follow_one_another_without_losing_a_camera(client, administrator, cameras):
    CameraFactory.create_batch(70, system=cameras[0].system)
    client.force_login(administrator)

    first = client.get("/cameras/").context["page"]
    second = client.get("/cameras/", {"cursor": first.next}).context["page"]

    assert (len(first), len(second), second.next) == (50, 22, "")
    assert not {camera.pk for camera in first} & {camera.pk for camera in second}


@pytest.mark.parametrize("address", ["/cameras/", "/cameras/systems/"])
def test_a_list_takes_the_same_queries_for_one_row_and_for_fifty(head, cameras, district, address, queries_of):
    few = queries_of(head, address)
    for _each in range(25):
        CameraFactory.create_batch(2, system=CameraSystemFactory(school__district=district))

    assert queries_of(head, address) == few


@pytest.mark.parametrize("listing", [CameraListing, SystemListing])
def test_a_file_takes_the_same_queries_for_one_row_and_for_fifty(head, cameras, district, listing):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert list(listed(head, listing=listing).rows())
        return len(captured)

    few = queries()
    for _each in range(25):
        CameraFactory.create_batch(2, system=CameraSystemFactory(school__district=district))

    assert queries() == few


def test_both_lists_can_leave_as_files():
    assert (LISTINGS["cameras"], LISTINGS["systems"]) == (CameraListing, SystemListing)
