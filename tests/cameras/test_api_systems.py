"""Camera systems through the REST API: each act calls its service, and every problem has a code and a path."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cameras.models import CameraSystem
from schools.models import Change
from tests.answers import problems
from tests.factories import CameraSystemFactory, SchoolFactory

SYSTEMS, CAMERAS = "/api/v1/systems/", "/api/v1/cameras/"
TODAY = timezone.localdate()
SYSTEM = {
    "kind": "digital",
    "recorder": "NVR-16",
    "storage_tb": 8,
    "storage_days": 30,
    "backup_minutes": 20,
    "centre_link": "able",
    "channel_mbps": "12.50",
    "supplier": "Test",
    "maintenance_contract": "7/2026",
    "maintenance_until": "2027-12-31",
    "installed_on": "2020-08-01",
    "commissioned_on": "2020-09-01",
}


@pytest.fixture
def client(api, administrator):
    return api(administrator)


def act(client, system, name, **body):
    """What is answered to an act on the system."""
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}
    return client.post(f"{SYSTEMS}{system.pk}/{name}/", said)


def test_a_school_enters_a_system(client, school):
    response = client.post(SYSTEMS, SYSTEM | {"school": school.code, "reason": "Bought"})

    document = response.json()
    assert (response.status_code, response["ETag"][:4]) == (201, '"v1-')
    assert document == client.get(f"{SYSTEMS}{document['id']}/").json()
    assert document.pop("id") > 0
    assert document == SYSTEM | {
        "version": 1,
        "school": school.code,
        "number": 1,
        "kind_label": "Digital (IP)",
        "channel_mbps": 12.5,
        "decommissioned_on": None,
        "counts_from": TODAY.isoformat(),
        "counts_until": None,
    }
    assert Change.objects.get().reason == "Bought"


def test_a_new_system_hears_of_every_problem_at_once(client):
    body = SYSTEM | {"school": SchoolFactory().code, "kind": "tape", "storage_tb": "much", "colour": "red"}
    del body["commissioned_on"]

    response = client.post(SYSTEMS, body)

    assert response.status_code == 400
    assert sorted(problems(response)) == [
        ("invalid", "storage_tb"),
        ("invalid_choice", "kind"),
        ("required", "commissioned_on"),
        ("unknown", "school"),
        ("unknown_field", "colour"),
    ]


def test_what_only_the_service_knows_of_a_system_has_a_path_as_well(client, school):
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    said = {"school": school.code, "commissioned_on": tomorrow, "maintenance_until": "1970-01-01"}

    response = client.post(SYSTEMS, SYSTEM | said)

    assert sorted(path for _code, path in problems(response)) == ["commissioned_on", "maintenance_until"]


def test_a_system_is_corrected_and_decommissioned(client, system, camera):
    assert act(client, system, "correct", storage_days=14, reason="Measured").json()["storage_days"] == 14

    document = act(client, system, "decommission", on=TODAY, reason="Broken").json()

    assert (document["decommissioned_on"], document["version"]) == (TODAY.isoformat(), 3)
    assert client.get(f"{CAMERAS}{camera.pk}/").json()["removed_on"] == TODAY.isoformat()
    assert client.get(SYSTEMS).json()["count"] == 0
    assert client.get(f"{SYSTEMS}{system.pk}/").status_code == 200
    assert act(client, system, "decommission", on=TODAY, reason="Again").status_code == 409


def test_systems_are_those_of_the_day_and_of_what_was_asked_for(api, head, school, system):
    analogue = CameraSystemFactory(school=school, number=2, kind="analogue", decommissioned_on=date(2021, 6, 1))
    CameraSystemFactory()

    def listed(**query):
        return [row["id"] for row in api(head).get(SYSTEMS, query).json()["results"]]

    assert listed() == [system.pk]
    assert listed(as_of="2021-05-31") == [system.pk, analogue.pk]
    assert listed(as_of="2021-05-31", kind="analogue") == [analogue.pk]
    assert listed(id=f"{system.pk},{analogue.pk}") == [system.pk]
    assert listed(school=["NONE", school.code], fields="id") == [system.pk]
    assert listed(area="east-kazakhstan/ridder") == [system.pk]


@pytest.mark.parametrize("name", ["correct", "decommission"])
def test_an_act_on_another_version_of_a_system_is_told_the_difference(api, head, client, system, name):
    seen = client.get(f"{SYSTEMS}{system.pk}/")["ETag"]
    act(api(head), system, "correct", recorder="NVR-32")
    body = {"recorder": "X"} if name == "correct" else {"on": TODAY.isoformat(), "reason": "r"}

    response = client.post(f"{SYSTEMS}{system.pk}/{name}/", body, headers={"if-match": seen})

    assert (response.status_code, response.json()["version"]) == (412, 2)
    assert CameraSystem.objects.get().recorder == "NVR-32"
