"""The history of a school and its placements through the REST API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cameras import services as equipment
from schools import services
from tests.answers import problems
from tests.factories import CameraFactory, DistrictFactory

NOW = timezone.now()


def history_of(client, school, **query):
    return client.get(f"/api/v1/schools/{school.code}/history/", query).json()["results"]


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school, system__number=1, number=5)


def test_a_change_says_who_did_what_from_when_on_and_why(api, head, school):
    services.correct(school=school, values={"pupils": 310, "kind": "lyceum"}, reason="Census", by=head, at=NOW)

    [change] = history_of(api(head), school)

    assert change.pop("id") > 0
    assert change.pop("at").startswith(timezone.localdate().isoformat())
    assert change == {
        "subject": "school",
        "subject_code": school.code,
        "version": 2,
        "act": "corrected",
        "act_label": "Corrected",
        "effective_on": timezone.localdate().isoformat(),
        "by": "Zeinep",
        "reason": "Census",
        "changed": [
            {"field": "kind", "label": "Kind", "was": "secondary", "became": "lyceum"}
            | {"was_label": "General secondary school", "became_label": "Lyceum"},
            {"field": "pupils", "label": "Pupils", "was": 300, "became": 310}
            | {"was_label": "300", "became_label": "310"},
        ],
    }


def test_a_move_names_the_districts(api, head, school, region):
    to = DistrictFactory(region=region, slug="glubokoe", name_en="Glubokoe")
    services.move(school=school, to=to, on=timezone.localdate(), reason="Order", by=head, at=NOW)

    [change] = history_of(api(head), school)

    [moved] = change["changed"]
    assert (moved["was"], moved["became"]) == ("east-kazakhstan/ridder", "east-kazakhstan/glubokoe")
    assert (moved["was_label"], moved["became_label"]) == tuple(
        f"{name}, East Kazakhstan Region" for name in ("Ridder", "Glubokoe")
    )


def test_every_act_can_be_told(api, head, school, camera):
    today = timezone.localdate()
    services.confirm(school=school, by=head, at=NOW)
    services.close(school=school, on=today + timedelta(days=9), reason="r", by=head, at=NOW)
    services.cancel_closing(school=school, reason="r", by=head, at=NOW)
    equipment.connect(cameras=[camera], by=head, at=NOW)
    equipment.remove(camera=camera, on=today, reason="r", by=head, at=NOW)

    acts = [change["act"] for change in history_of(api(head), school)]

    assert acts == ["removed", "corrected", "closing_cancelled", "closed", "confirmed"]


def test_changes_come_the_newest_first_in_pages(api, head, school):
    for pupils in (1, 2, 3):
        services.correct(school=school, values={"pupils": pupils}, by=head, at=NOW + timedelta(seconds=pupils))
    first = api(head).get(f"/api/v1/schools/{school.code}/history/", {"page_size": 2}).json()

    assert (first["count"], [change["version"] for change in first["results"]]) == (3, [4, 3])
    assert [change["version"] for change in api(head).get(first["next"]).json()["results"]] == [2]


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("head", ["camera", "school"]),
        ("officer", ["camera", "school"]),
        ("inspector", ["camera", "school"]),
        ("administrator", ["camera", "school"]),
        ("viewer", ["school"]),
        ("statistician", []),
    ],
)
def test_the_history_of_equipment_is_for_those_who_see_cameras(api, request, head, school, camera, person, told):
    services.correct(school=school, values={"pupils": 1}, by=head, at=NOW)
    equipment.correct(camera=camera, values={"zone": "yard"}, reason="", by=head, at=NOW)

    changes = history_of(api(request.getfixturevalue(person)), school)

    assert [change["subject"] for change in changes] == told


def test_a_parameter_of_other_lists_is_refused(api, head, school):
    response = api(head).get(f"/api/v1/schools/{school.code}/history/", {"standing": "compliant"})

    assert (response.status_code, problems(response)) == (400, [("unknown_parameter", "standing")])


@pytest.mark.parametrize("part", ["history", "placements"])
def test_fifty_rows_cost_as_many_queries_as_one(api, head, school, part):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            rows = api(head).get(f"/api/v1/schools/{school.code}/{part}/").json()["results"]
        return len(rows), len(asked)

    services.correct(school=school, values={"pupils": 0}, by=head, at=NOW)
    one = queries()
    for pupils in range(1, 50):
        services.correct(school=school, values={"pupils": pupils}, by=head, at=NOW)

    assert one[0] == 1
    assert queries() == ((50 if part == "history" else 1), one[1])
