"""Who reads and does what through the whole REST API: every endpoint of the schema, every role."""

import json

import pytest
from django.utils import timezone

from cameras import services
from cameras.models import Camera
from tests.factories import CameraFactory, audit_approved

API = "/api/v1/"
ROLES = ["viewer", "head", "officer", "inspector", "administrator", "statistician", "stranger"]
SEE_CAMERAS = {"head", "officer", "inspector", "administrator"}
# Words that only what hangs in the school says, wherever it may come out.
MARKS = ("UNSEEN-MODEL", "UNSEEN-RECORDER", "UNSEEN-NOTE", "UNSEEN-REASON")


@pytest.fixture
def schema(api, db):
    return api(None).get(f"{API}schema/").json()["paths"]


@pytest.fixture
def camera(school, head, region):
    """Installed, corrected, reported on and connected: its words are in all that can hold them."""
    camera = CameraFactory(
        system__school=school, system__recorder="UNSEEN-RECORDER", number=5, model="UNSEEN-MODEL", zone="gate"
    )
    now, today = timezone.now(), timezone.localdate()
    services.correct(camera=camera, values={"zone": "yard"}, reason="UNSEEN-REASON", by=head, at=now)
    services.report_condition(camera=camera, state="faulty", observed_on=today, note="UNSEEN-NOTE", by=head, at=now)
    audit_approved(school=school)
    return camera


def addresses(schema, camera):
    """Every address that can be read, with the school and its equipment in it."""
    school = camera.system.school.code
    for template, operations in schema.items():
        if "get" in operations:
            key = camera.system_id if "/systems/" in template else camera.pk
            needed = "&".join(
                f"{one['name']}={school}" for one in operations["get"].get("parameters", ()) if needs(one)
            )
            yield template.replace("{id}", str(key)).replace("{code}", school) + (f"?{needed}" if needed else "")


def needs(parameter):
    return parameter["in"] == "query" and parameter.get("required")


def told(client, address):
    """What is answered, and what lies behind its pages."""
    response = client.get(address)
    assert response.status_code in {200, 403, 404}, (address, response.content)
    return response.content.decode()


@pytest.mark.parametrize("person", ROLES)
def test_no_endpoint_tells_of_cameras_to_who_may_not_see_them(api, request, schema, camera, person):
    client = api(request.getfixturevalue(person))

    said = {address: told(client, address) for address in addresses(schema, camera)}

    leaks = sorted({address for address, text in said.items() if any(mark in text for mark in MARKS)})
    school = f"{API}schools/{camera.system.school.code}/"
    expected = [
        f"{API}cameras/",
        f"{API}cameras/{camera.pk}/",
        f"{school}history/",
        f"{API}systems/",
        f"{API}systems/{camera.system_id}/",
    ]
    assert leaks == (sorted(expected) if person in SEE_CAMERAS else [])


def test_the_matrix_reads_every_endpoint_there_is(schema, camera):
    read = list(addresses(schema, camera))

    assert len(read) == len(set(read)) == sum("get" in operations for operations in schema.values())
    assert {f"{API}schools/", f"{API}areas/", f"{API}figures/", f"{API}violations/", f"{API}audits/"} <= set(read)


@pytest.mark.parametrize("person", [role for role in ROLES if role not in SEE_CAMERAS])
def test_no_filter_tells_where_cameras_hang(api, request, camera, person):
    client = api(request.getfixturevalue(person))
    queries = ({}, {"zone": "yard"}, {"id": camera.pk}, {"school": camera.system.school.code}, {"as_of": "2021-08-25"})

    for query in queries:
        assert client.get(f"{API}cameras/", query).json()["count"] == 0
    for query in ({}, {"kind": "digital"}, {"id": camera.system_id}, {"school": camera.system.school.code}):
        assert client.get(f"{API}systems/", query).json()["count"] == 0


# What each role is answered to an empty body: 400 it may act (or would be asked for more), 403 not, 404 not there.
ON_SCHOOLS = ["correct", "rename", "confirm", "move", "cancel-move", "close", "cancel-closing", "merge"]
REASON = {"reason": "r"}
DATED = {"on": timezone.localdate().isoformat(), **REASON}
NAMES = {"name_kk": "А", "name_ru": "Б", "name_en": "B"}
BODIES = {
    "correct": {"pupils": 300},
    "rename": DATED | NAMES,
    "confirm": {},
    "move": DATED | {"district": "east-kazakhstan/ridder"},
    "cancel-move": REASON,
    "close": DATED,
    "cancel-closing": REASON,
    "merge": DATED,
}
OF_THE_DEPARTMENT = {"head", "officer"}
OPEN_TO_THE_SCHOOL = {"correct", "confirm"}


@pytest.mark.parametrize("name", ON_SCHOOLS)
@pytest.mark.parametrize("person", ROLES)
def test_who_acts_on_a_school(api, request, school, person, name):
    may = OF_THE_DEPARTMENT | ({"administrator"} if name in OPEN_TO_THE_SCHOOL else set())
    body = BODIES[name] | ({"into": school.code} if name == "merge" else {})

    status = api(request.getfixturevalue(person)).post(f"{API}schools/{school.code}/{name}/", body).status_code

    if person == "stranger":
        assert status == 404
    elif person in may:
        assert status in {200, 400, 409}  # done, or refused for another reason than the person
    elif name == "merge":
        assert status in {400, 403}  # into itself: refused before anything else
    else:
        assert status == 403


@pytest.mark.parametrize("person", ROLES)
@pytest.mark.parametrize("name", ["correct", "relocate", "replace", "remove", "condition"])
def test_who_acts_on_a_camera(api, request, school, person, name):
    camera = CameraFactory(system__school=school)
    bodies = {
        "correct": {"zone": "yard"},
        "relocate": DATED | {"zone": "yard"},
        "replace": DATED | {"is_digital": True},
        "remove": DATED,
        "condition": {"state": "faulty", "observed_on": DATED["on"]},
    }

    response = api(request.getfixturevalue(person)).post(f"{API}cameras/{camera.pk}/{name}/", bodies[name])

    may = SEE_CAMERAS if name == "condition" else SEE_CAMERAS - {"inspector"}
    expected = (201 if name == "replace" else 200) if person in may else 403 if person in SEE_CAMERAS else 404
    assert response.status_code == expected, response.content


@pytest.mark.parametrize("person", ROLES)
def test_who_installs(api, request, school, person):
    camera = CameraFactory(system__school=school)
    client = api(request.getfixturevalue(person))
    row = {"zone": "yard", "is_digital": True, "installed_on": "2020-09-01"}
    kept = person in SEE_CAMERAS - {"inspector"}

    of_system = client.post(
        f"{API}systems/", {"school": school.code, "kind": "digital", "commissioned_on": "2020-09-01"}
    )
    of_cameras = client.post(f"{API}cameras/", {"system": camera.system_id, "cameras": [row]})
    switched = client.post(f"{API}cameras/connect/", {"cameras": [camera.pk]})

    strange = 400 if person not in SEE_CAMERAS else 403  # a system that is not there for the person is a wrong value
    assert of_system.status_code == (201 if kept else 400 if person == "stranger" else 403)
    assert of_cameras.status_code == (201 if kept else strange)
    assert switched.status_code == (200 if kept else strange)
    assert Camera.objects.count() == 1 + kept


def test_the_schema_tells_every_act_of_the_register(schema):
    acts = {path.removeprefix(API) for path, operations in schema.items() if "post" in operations}

    assert {"schools/", "systems/", "cameras/"} <= acts
    assert {f"schools/{{code}}/{name}/" for name in ON_SCHOOLS} <= acts
    assert {f"systems/{{id}}/{name}/" for name in ("correct", "decommission")} <= acts
    assert {
        f"cameras/{name}/"
        for name in (
            *("connect", "disconnect", "report"),
            *(f"{{id}}/{act}" for act in ("correct", "relocate", "replace", "remove", "condition")),
        )
    } <= acts
    assert "If-Match" in json.dumps(schema[f"{API}schools/{{code}}/close/"])
