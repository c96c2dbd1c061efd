"""Pages of the acts on a school: what they ask, what they say, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools import services
from schools.models import School
from tests.answers import page_text
from tests.factories import DistrictFactory, SchoolFactory
from tests.schools.records import history_of

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
    assert (asked.status_code, school.closed_on, school.version) == (200, None, 1)
    assert school.changes.count() == 0
    assert "Order 7" in page_text(asked)

    done = client.post(page_of(school, "close"), what_it_holds(asked) | {"sure": "1"}, follow=True)
    school.refresh_from_db()
    assert school.closed_on == tomorrow
    assert "The closing is entered." in page_text(done)
    assert "This school closes on" in page_text(done)


def test_nobody_is_asked_whether_they_are_sure_of_what_would_be_refused(browse, officer, school, tomorrow):
    past = {"on": (tomorrow - timedelta(days=9)).isoformat(), "reason": "Order 7", "version": "1"}
    response = browse(officer).post(page_of(school, "close"), past)

    assert response.status_code == 422
    assert 'name="sure"' not in page_text(response)
    assert "Choose today or a later day" in page_text(response)


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
