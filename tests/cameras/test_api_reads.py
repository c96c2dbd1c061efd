"""Reading systems and cameras through the REST API: narrowed, in part, and not again if they are known."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.answers import problems
from tests.factories import CameraFactory

SYSTEMS, CAMERAS = "/api/v1/systems/", "/api/v1/cameras/"
TODAY = timezone.localdate()


@pytest.fixture
def client(api, administrator):
    return api(administrator)


@pytest.mark.parametrize("address", [SYSTEMS, CAMERAS])
def test_equipment_that_is_known_is_not_sent_again(client, camera, address):
    row = f"{address}{camera.system_id if address == SYSTEMS else camera.pk}/"
    tag = client.get(row)["ETag"]

    assert client.get(row, headers={"if-none-match": tag}).status_code == 304
    assert client.get(f"{row}?fields=id", headers={"if-none-match": tag}).json() == {"id": int(row.split("/")[-2])}


def test_cameras_are_narrowed_by_all_that_pages_know(api, head, school, camera):
    yard = CameraFactory(system=camera.system, zone="yard", is_outdoor=True, state="faulty", connected_on=TODAY)

    def listed(**query):
        return [row["id"] for row in api(head).get(CAMERAS, {"fields": "id", **query}).json()["results"]]

    assert listed() == [camera.pk, yard.pk]
    assert listed(state="faulty") == listed(outdoor="true") == listed(connected="true") == [yard.pk]
    assert listed(id=[camera.pk, yard.pk + 1]) == [camera.pk]
    assert listed(school=f"{school.code},X", zone="yard") == [yard.pk]
    assert listed(area="east-kazakhstan") == [camera.pk, yard.pk]


@pytest.mark.parametrize(
    "query", [{"id": "x"}, {"id": "0"}, {"id": str(10**30)}, {"area": "atlantis"}, {"fields": "x"}]
)
@pytest.mark.parametrize("address", [SYSTEMS, CAMERAS])
def test_a_question_that_cannot_be_is_refused(api, head, camera, address, query):
    response = api(head).get(address, query)

    assert (response.status_code, [path for _code, path in problems(response)]) == (400, [*query])


@pytest.mark.parametrize("address", [SYSTEMS, CAMERAS])
def test_fifty_rows_cost_as_many_queries_as_one(api, head, school, address):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            rows = api(head).get(address).json()["results"]
        return len(rows), len(asked)

    CameraFactory(system__school=school)
    one = queries()
    for _row in range(49):
        CameraFactory(system__school=school)

    assert one[0] == 1
    assert queries() == (50, one[1])


def test_days_out_of_order_are_not_counted_unless_asked_for(api, head, camera):
    with CaptureQueriesContext(connection) as all_fields:
        api(head).get(CAMERAS)
    with CaptureQueriesContext(connection) as two_fields:
        api(head).get(CAMERAS, {"fields": "id,zone"})

    assert len(two_fields) == len(all_fields) - 1
