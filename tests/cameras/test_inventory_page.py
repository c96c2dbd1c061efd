"""The inventory of a school as a page, and the page of each act on its equipment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cameras import services
from cameras.models import Camera, CameraSystem
from schools.models import Change
from tests.answers import page_text
from tests.factories import CameraFactory, CameraSystemFactory, SchoolFactory

TODAY = timezone.localdate()


@pytest.fixture
def camera(school):
    return CameraFactory(system__school=school, system__number=1, number=5, zone="hall", model="Old", floor=1)


@pytest.fixture
def at(client, administrator, school):
    """A client signed in as the school: at("5/edit/") asks, at("5/edit/", field=…) sends."""
    client.force_login(administrator)

    def opened(path="", *, by=None, **said):
        if by:
            client.force_login(by)
        address = f"/schools/{school.code}/cameras/{path}"
        return client.post(address, said) if said else client.get(address)

    return opened


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("administrator", 200),
        ("inspector", 200),
        ("officer", 200),
        ("head", 200),
        ("viewer", 403),
        ("statistician", 403),
        ("stranger", 404),
    ],
)
def test_the_inventory_is_for_those_who_may_know_where_a_school_looks(at, request, camera, person, status):
    assert at(by=request.getfixturevalue(person)).status_code == status


def test_the_inventory_says_what_hangs_works_and_for_how_long_it_did_not(at, camera, administrator):
    services.report_condition(
        camera=camera, state="faulty", observed_on=TODAY - timedelta(days=2), by=administrator, at=timezone.now()
    )

    page = page_text(at())

    for said in ("№ 5 · Room of mass gathering", "floor 1", "Old", "Does not work", "3 days", "System № 1"):
        assert said in page
    assert "3 of 30 camera-days (10.0%)" in page
    assert "not connected" in page


def test_an_empty_inventory_says_how_to_begin(at, school):
    page = page_text(at())

    assert "No system is in service" in page
    assert f"/schools/{school.code}/cameras/systems/new/" in page


def test_the_inventory_of_a_past_day_is_read_only(at, camera):
    page = at("?as_of=2016-01-01")

    assert page.status_code == 200
    assert "№ 5" in page_text(page)
    assert "/edit/" not in page_text(page)
    assert "№ 5 ·" not in page_text(at("?as_of=2014-01-01"))
    assert at("?as_of=2999-01-01").status_code == 422


def test_the_inventory_is_narrowed_by_zone_and_state(at, camera):
    CameraFactory(system=camera.system, number=6, zone="yard", state="faulty")

    assert "№ 5 ·" not in page_text(at("?zone=yard"))
    assert "№ 6 ·" in page_text(at("?zone=yard"))
    assert "№ 6 ·" not in page_text(at("?state=working"))
    assert at("?zone=roof").status_code == 422


def test_an_inspector_reports_and_does_not_keep_the_inventory(at, camera, inspector):
    page = page_text(at(by=inspector))

    assert f"{camera.pk}/condition/" in page
    assert f"{camera.pk}/edit/" not in page
    for path in (f"{camera.pk}/edit/", "systems/new/", "systems/1/add/", "systems/1/decommission/"):
        assert at(path).status_code == 403


def test_the_inventory_takes_the_same_queries_for_one_camera_and_fifty(at, camera, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            at()
        return len(counted)

    queries()  # fills what is cached for the process
    one = queries()
    CameraFactory.create_batch(49, system=camera.system)

    assert queries() == one


def test_a_system_is_entered_and_leads_to_its_cameras(at, school):
    response = at("systems/new/", kind="hybrid", commissioned_on="2020-09-01", storage_tb="8")

    system = CameraSystem.objects.get()
    assert response["Location"] == f"/schools/{school.code}/cameras/systems/1/add/"
    assert (system.kind, system.storage_tb, system.counts_from) == ("hybrid", 8, TODAY)


def test_choices_not_yet_made_say_whether_one_must_choose(at, camera):
    links = at("systems/new/").context["form"]["centre_link"].field.choices
    zones = at("systems/1/add/").context["pattern"]["zone"].field.choices

    assert ([*links][0], [*zones][0]) == (("", "Unknown"), ("", "Choose"))


def test_a_system_says_only_what_is_known_of_its_storage(at, camera):
    type(camera.system).objects.update(storage_tb=None, storage_days=30)
    assert "<dd>30 days</dd>" in page_text(at())

    type(camera.system).objects.update(storage_tb=8, storage_days=None)
    assert "<dd>8.00 TB</dd>" in page_text(at())

    type(camera.system).objects.update(storage_tb=None)
    assert "<dt>Storage</dt><dd>—</dd>" in page_text(at())


def test_a_system_that_cannot_be_keeps_what_was_typed(at):
    response = at("systems/new/", kind="hybrid", commissioned_on="1980-09-01", recorder="Typed by hand")

    assert response.status_code == 422
    assert response.context["form"].errors == {"commissioned_on": ["Choose a day after 1989."]}
    assert 'value="Typed by hand"' in page_text(response)
    assert not CameraSystem.objects.exists()


def test_a_correction_is_saved_with_the_version_that_was_seen(at, camera, officer):
    form = at(f"{camera.pk}/edit/").context["form"]
    typed = {name: value for name, value in form.initial.items() if value not in (None, False)} | {"is_digital": "on"}

    assert at(f"{camera.pk}/edit/", **{**typed, "model": "New", "reason": "passport"}).status_code == 302
    camera.refresh_from_db()
    assert (camera.model, camera.version, Change.objects.get().reason) == ("New", 2, "passport")

    outdated = at(f"{camera.pk}/edit/", **{**typed, "model": "Mine", "floor": "2"})
    assert outdated.status_code == 409
    text = page_text(outdated)
    assert "This record was changed while you had it open" in text
    assert 'value="Mine"' in text
    assert "<ins>New</ins>" in text
    assert at(f"{camera.pk}/edit/", **{**typed, "model": "Mine", "version": "2"}).status_code == 302


@pytest.mark.parametrize("act", ["edit", "relocate", "replace", "remove"])
def test_every_act_refuses_with_what_was_typed(at, camera, act):
    assert at(f"{camera.pk}/{act}/").status_code == 200

    response = at(f"{camera.pk}/{act}/", on="2999-01-01", reason="Typed by hand", zone="hall", floor="99")

    assert response.status_code == 422
    assert "Typed by hand" in page_text(response)
    camera.refresh_from_db()
    assert camera.version == 1


def test_a_camera_is_removed_and_its_page_is_gone(at, camera):
    assert at(f"{camera.pk}/remove/", on=str(TODAY), reason="burnt").status_code == 302

    camera.refresh_from_db()
    assert camera.removed_on == TODAY
    assert at(f"{camera.pk}/remove/").status_code == 404
    assert "burnt" in page_text(at())


def test_a_camera_is_replaced(at, camera):
    said = {"is_digital": "on", "model": "New", "state": "working", "on": str(TODAY), "reason": "burnt"}
    assert at(f"{camera.pk}/replace/", **said).status_code == 302

    new = Camera.objects.get(removed_on=None)
    assert (new.number, new.model, new.zone, new.installed_on) == (5, "New", "hall", TODAY)


def test_a_camera_moves_to_another_system_and_takes_a_free_number(at, camera, school):
    other = CameraSystemFactory(school=school, number=2)
    CameraFactory(system=other, number=5)
    said = {"number": "5", "zone": "yard", "system": other.pk, "on": str(TODAY), "reason": "rewired"}

    assert at(f"{camera.pk}/relocate/", **said).status_code == 302

    moved = Camera.objects.get(system=other, zone="yard")
    assert moved.number == 6


def test_the_department_moves_a_camera_to_another_school(at, camera, officer, administrator, district):
    elsewhere = CameraSystemFactory(school=SchoolFactory(district=district, code="EK-0009"), number=3)
    said = {"number": "5", "zone": "yard", "system": camera.system_id, "on": str(TODAY), "reason": "lent"}

    at(f"{camera.pk}/relocate/", **said, elsewhere="EK-0009/3", by=administrator)
    assert not elsewhere.cameras.exists()
    another = CameraFactory(system=camera.system, number=7)
    assert at(f"{another.pk}/relocate/", **said, elsewhere="EK-0009/4", by=officer).status_code == 422
    assert at(f"{another.pk}/relocate/", **said, elsewhere="EK-0009/3").status_code == 302
    assert elsewhere.cameras.get().zone == "yard"


def test_a_system_is_taken_out_of_service_after_its_cameras_were_named(at, camera):
    assert "№ 5 · Room of mass gathering" in page_text(at("systems/1/decommission/"))

    assert at("systems/1/decommission/", on=str(TODAY), reason="renewal").status_code == 302

    assert CameraSystem.objects.get().decommissioned_on == TODAY
    assert at("systems/1/edit/").status_code == 404


def test_several_cameras_are_reported_at_once(at, camera):
    others = CameraFactory.create_batch(2, system=camera.system)
    keys = [camera.pk, others[0].pk]

    asked = at("chosen/", act="report", camera=keys)
    assert [one.pk for one in asked.context["cameras"]] == keys
    said = {"act": "report", "camera": keys, "said": "1", "state": "faulty", "observed_on": str(TODAY)}
    assert at("chosen/", **{**said, "observed_on": "2999-01-01"}).status_code == 422
    assert at("chosen/", **said).status_code == 302

    states = Camera.objects.with_state(TODAY).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["faulty", "faulty", "working"]


def test_all_cameras_of_a_system_are_connected_and_disconnected(at, camera):
    CameraFactory(system=camera.system)
    for act, connected in (("connect", 2), ("disconnect", 0)):
        assert at("chosen/", act=act, whole="1").status_code == 200
        keys = list(Camera.objects.values_list("pk", flat=True))
        assert at("chosen/", act=act, camera=keys, said="1", reason="line").status_code == 302
        assert Camera.objects.connected(TODAY).count() == connected


def test_nothing_chosen_is_said_and_nothing_done(at, camera, inspector):
    assert at("chosen/", act="connect").status_code == 302
    assert "Tick the cameras first" in page_text(at())
    assert at("chosen/", act="explode", camera=camera.pk).status_code == 302
    assert at("chosen/", act="connect", camera=camera.pk, by=inspector).status_code == 403


def test_the_equipment_of_another_school_is_not_found_under_this_one(at, district):
    other = CameraFactory(system__school=SchoolFactory(district=district))

    assert at(f"{other.pk}/edit/").status_code == 404
    assert at("chosen/", act="report", camera=other.pk).status_code == 302
