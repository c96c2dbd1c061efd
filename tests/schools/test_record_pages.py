"""Pages of the acts on a school: what they ask, what they say, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools import services
from schools.models import Change, School
from tests.answers import page_text
from tests.factories import DistrictFactory, SchoolFactory
from tests.schools.records import DETAILS, history_of

ACTS = ["edit", "confirm", "rename", "move", "move/cancel", "close", "close/cancel", "merge"]


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def page_of(school, act):
    return f"/schools/{school.code}/{act}/"


def what_it_holds(response):
    """The fields of the form as a browser would send them back untouched."""
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


# --- Who gets in ---


@pytest.mark.parametrize("act", ACTS)
def test_strangers_find_no_act_of_the_school(browse, stranger, school, act):
    assert browse(stranger).get(page_of(school, act)).status_code == 404


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["inspector", "viewer", "statistician"])
def test_who_only_reads_acts_on_nothing(browse, request, school, act, who):
    assert browse(request.getfixturevalue(who)).get(page_of(school, act)).status_code == 403


def test_the_school_corrects_and_confirms_and_no_more(browse, administrator, school):
    client = browse(administrator)

    assert [client.get(page_of(school, act)).status_code for act in ACTS] == [200, 200, *[403] * 6]
    offered = set(client.get(page_of(school, "edit")).context["form"].fields)
    own = {"pupils", "floors", "has_outdoor_toilet", "latitude", "longitude", "director", "phone", "email", "address"}
    assert offered == own | {"version", "reason", "confirms"}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_its_page_for_the_department(browse, head, school, act):
    assert browse(head).get(page_of(school, act)).status_code == 200


# --- Correcting ---


def test_a_correction_is_saved_and_told(browse, administrator, school):
    client = browse(administrator)
    said = what_it_holds(client.get(page_of(school, "edit"))) | {"pupils": "311", "reason": "Counted anew"}
    response = client.post(page_of(school, "edit"), said, follow=True)

    assert response.redirect_chain == [(f"/schools/{school.code}/", 302)]
    assert "The record is saved." in page_text(response)
    assert history_of(school)[0][3:] == ("Counted anew", {"pupils": [300, 311]})


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(browse, administrator, school):
    said = {"pupils": "311", "floors": "2", "latitude": "10", "longitude": "82", "director": "Ахметова", "version": "1"}
    response = browse(administrator).post(page_of(school, "edit"), said)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["latitude"]
    assert 'value="Ахметова"' in response.content.decode()


def test_something_has_changed_confirms_when_it_is_saved(browse, administrator, school):
    client = browse(administrator)
    asked = client.get(page_of(school, "edit") + "?confirms")
    assert asked.context["form"]["confirms"].value() is True

    client.post(page_of(school, "edit"), what_it_holds(asked) | {"pupils": "311"})

    school.refresh_from_db()
    assert (school.pupils, school.confirmed_by) == (311, administrator)


def test_an_outdated_save_shows_the_difference_keeps_what_was_typed_and_may_be_sent_again(
    browse, administrator, officer, school
):
    client = browse(administrator)
    said = what_it_holds(client.get(page_of(school, "edit"))) | {"pupils": "311", "director": "Ахметова"}
    theirs = {"pupils": 500, "floors": 3, "has_outdoor_toilet": True}
    services.correct(school=school, values=theirs, by=officer, at=timezone.now())

    refused = client.post(page_of(school, "edit"), said)

    assert refused.status_code == 409
    told = [(each.label, each.was, each.became, each.by, each.yours) for each in refused.context["form"].differing]
    assert told == [
        ("Pupils", "300", "500", "Marat", "311"),
        ("Floors", "2", "3", "Marat", ""),
        ("Has an outdoor toilet", "No", "Yes", "Marat", ""),
    ]
    school.refresh_from_db()
    assert (school.pupils, school.director) == (500, "")

    again = client.post(page_of(school, "edit"), what_it_holds(refused))

    assert again.status_code == 302
    school.refresh_from_db()
    assert (school.pupils, school.floors, school.has_outdoor_toilet, school.director) == (311, 3, True, "Ахметова")


# --- Acts with a day ---


def test_a_closing_is_asked_twice_and_then_entered(browse, officer, school, tomorrow):
    client = browse(officer)
    said = {"on": tomorrow.isoformat(), "reason": "Order 7", "version": "1"}

    asked = client.post(page_of(school, "close"), said)
    school.refresh_from_db()
    assert (asked.status_code, school.closed_on) == (200, None)
    assert "Order 7" in page_text(asked)

    done = client.post(page_of(school, "close"), what_it_holds(asked) | {"sure": "1"}, follow=True)
    school.refresh_from_db()
    assert school.closed_on == tomorrow
    assert "The closing is entered." in page_text(done)
    assert "This school closes on" in page_text(done)


def test_a_closing_that_is_refused_says_why_with_all_that_was_typed(browse, officer, school, tomorrow):
    services.close(school=school, on=tomorrow, reason="Order 6", by=officer, at=timezone.now())
    said = {"on": tomorrow.isoformat(), "reason": "Order 7", "version": "2", "sure": "1"}
    response = browse(officer).post(page_of(school, "close"), said)

    assert response.status_code == 409
    assert "This school is closed already." in page_text(response)
    assert "Order 7" in page_text(response)


def test_a_merger_names_the_other_school_before_it_is_entered(browse, officer, district, school, tomorrow):
    other = SchoolFactory(district=district, name_en="Abai School", code="EK-0700")
    client = browse(officer)
    assert [near.code for near in client.get(page_of(school, "merge")).context["form"].nearby] == ["EK-0700"]
    said = {"into": "EK-0700", "on": tomorrow.isoformat(), "reason": "Order 7", "version": "1"}

    asked = client.post(page_of(school, "merge"), said)
    assert "Abai School, EK-0700" in page_text(asked)

    client.post(page_of(school, "merge"), what_it_holds(asked) | {"sure": "1"})
    assert School.objects.get(pk=school.pk).merged_into == other
    text = page_text(client.get(f"/schools/{school.code}/"))
    assert 'It is merged into: <a href="/schools/EK-0700/">Abai School</a>' in text
    assert f'<a href="/schools/{school.code}/">{school.name_en}</a>' in page_text(client.get("/schools/EK-0700/"))


def test_a_school_is_not_merged_into_one_that_is_not_served(browse, officer, school, tomorrow):
    elsewhere = SchoolFactory()
    said = {"into": elsewhere.code, "on": tomorrow.isoformat(), "reason": "Order 7", "version": "1", "sure": "1"}
    response = browse(officer).post(page_of(school, "merge"), said)

    assert response.status_code == 422
    assert response.context["form"].errors["into"] == ["There is no such school among those you serve."]


def test_a_move_is_arranged_shown_and_called_off(browse, head, region, school, tomorrow):
    glubokoe = DistrictFactory(region=region, slug="glubokoe", name_en="Glubokoe District")
    client = browse(head)
    said = {"to": glubokoe.pk, "on": tomorrow.isoformat(), "reason": "Order 7", "version": "1"}
    page = page_text(client.post(page_of(school, "move"), said, follow=True))

    assert "this school belongs to another district: Glubokoe District, East Kazakhstan Region" in page
    assert f'href="/schools/{school.code}/move/cancel/"' in page

    client.post(page_of(school, "move/cancel"), {"reason": "A mistake", "version": "2"})
    assert school.placements.get().valid_to is None


def test_a_new_name_is_shown_beside_the_former_one(browse, officer, school):
    names = {"name_kk": "Абай мектебі", "name_ru": "Школа имени Абая", "name_en": "Abai School"}
    today = timezone.localdate()
    client = browse(officer)
    was = school.name_en
    client.post(page_of(school, "rename"), names | {"on": today.isoformat(), "reason": "Order 7", "version": "1"})

    page = client.get(f"/schools/{school.code}/")
    assert [(each.name, each.until) for each in page.context["former_names"]] == [(was, today)]
    then = client.get(f"/schools/{school.code}/?as_of={today - timedelta(days=1)}")
    assert f"Then called: {was}" in page_text(then)
    assert not then.context["can_report"]


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
