"""Registering a school on its page; the record on the page of the school, and its whole history."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools import services
from schools.models import Change
from tests.answers import page_text
from tests.factories import DistrictFactory, SchoolFactory
from tests.schools.records import DETAILS


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def page_of(school, act):
    return f"/schools/{school.code}/{act}/"


# --- Registering ---


def registration(district, **said):
    entered = {"code": "EK-0648", "district": district.pk, "opened_on": "2019-09-01", "reason": "Order 7"}
    return DETAILS | {"ownership": "state"} | entered | said


def test_the_department_registers_a_school_from_the_list(browse, officer, district):
    client = browse(officer)
    assert 'href="/schools/register/"' in page_text(client.get("/schools/"))

    response = client.post("/schools/register/", registration(district), follow=True)

    assert response.redirect_chain == [("/schools/EK-0648/", 302)]
    assert "School No. 7 is in the register." in page_text(response)


def test_a_registration_that_is_refused_keeps_what_was_typed(browse, officer, district):
    SchoolFactory(code="EK-0648")
    taken = browse(officer).post("/schools/register/", registration(district))
    wrong = browse(officer).post("/schools/register/", registration(district, latitude="50"))

    assert (taken.status_code, wrong.status_code) == (409, 422)
    assert "There is a school with the code EK-0648 already." in page_text(taken)
    assert list(wrong.context["form"].errors) == ["longitude"]
    assert 'value="School No. 7"' in wrong.content.decode()


def test_a_school_is_registered_only_in_a_district_one_serves(browse, officer, region):
    other = DistrictFactory(region=region)
    response = browse(officer).post("/schools/register/", registration(other))

    assert list(response.context["form"].errors) == ["district"]


@pytest.mark.parametrize("who", ["inspector", "viewer", "administrator", "statistician"])
def test_others_register_nothing(browse, request, who):
    client = browse(request.getfixturevalue(who))

    assert client.get("/schools/register/").status_code == 403
    assert 'href="/schools/register/"' not in page_text(client.get("/schools/"))


# --- The page of the school, and its history ---


def test_the_school_confirms_with_one_press(browse, administrator, school):
    client = browse(administrator)
    page = page_text(client.get(f"/schools/{school.code}/"))
    assert "Never confirmed yet." in page
    assert "Confirmation overdue" in page

    page = page_text(client.post(page_of(school, "confirm"), {"version": "1"}, follow=True))

    assert "The record is confirmed. Thank you." in page
    assert "Confirmation overdue" not in page


def test_contacts_and_history_are_not_for_statistics(browse, statistician, viewer, school, head):
    services.correct(school=school, values={"director": "Ахметова А. Б."}, by=head, at=timezone.now())

    told = [page_text(browse(who).get(f"/schools/{school.code}/")) for who in (viewer, statistician)]
    assert ["Ахметова А. Б." in page for page in told] == [True, False]
    assert ["Zeinep" in page for page in told] == [True, False]
    assert browse(statistician).get(page_of(school, "history")).status_code == 403
    assert browse(viewer).get(page_of(school, "history")).status_code == 200


def test_the_menu_offers_what_the_person_may(browse, head, administrator, inspector, school, tomorrow):
    def offered(who):
        return [entry.url.split("/")[-2] for entry in browse(who).get(f"/schools/{school.code}/").context["acts"]]

    assert offered(head) == ["edit", "rename", "move", "merge", "close"]
    assert (offered(administrator), offered(inspector)) == (["edit"], [])
    services.close(school=school, on=tomorrow, reason="Order 7", by=head, at=timezone.now())
    assert offered(head) == ["edit", "rename", "move", "cancel"]


def test_the_whole_history_is_read_page_by_page(browse, head, school):
    for pupils in range(60):
        services.correct(school=school, values={"pupils": pupils}, by=head, at=timezone.now())
    client, found, cursor = browse(head), [], ""
    while True:
        page = client.get(page_of(school, "history"), {"cursor": cursor} if cursor else {}).context["page"]
        found += [change.fields["pupils"][1] for change in page]
        if not (cursor := page.next):
            break

    assert found == list(range(59, -1, -1))
    assert client.get(page_of(school, "history") + "?cursor=broken").status_code == 422
    assert not client.get(page_of(school, "history") + "?part=equipment").context["entries"]


def test_the_history_costs_the_same_with_2_changes_and_with_22(head, school, region, queries_of):
    def counted():
        return [queries_of(head, address) for address in (page_of(school, "history"), f"/schools/{school.code}/")]

    to, now = DistrictFactory(region=region), timezone.now()
    services.correct(school=school, values={"pupils": 999}, by=head, at=now - timedelta(days=2))
    services.move(school=school, to=to, on=timezone.localdate(), reason="Order 7", by=head, at=now)
    once = counted()
    for pupils in range(20):
        services.correct(school=school, values={"pupils": pupils}, by=head, at=now - timedelta(days=1))

    assert counted() == once
    assert Change.objects.count() == 22
