"""Who a person is."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from accounts import services
from accounts.models import SavedFilter
from tests.constraints import assert_refused, constraints_of
from tests.factories import LONG_AGO_AT, UserFactory

User = get_user_model()


def save_filter(user, path="/schools/"):
    SavedFilter.objects.create(user=user, name="Villages", path=path, query="a=1", saved_at=LONG_AGO_AT)


BROKEN = {
    "one_person_per_email": lambda: [UserFactory(email="aigul@example.kz"), UserFactory(email="AIGUL@example.kz")],
    "user_role_is_known": lambda: UserFactory(role="minister"),
    "one_saved_filter_per_name_and_list": lambda: [save_filter(user) for user in [UserFactory()] * 2],
    "saved_filter_leads_to_a_page_of_the_portal": lambda: save_filter(UserFactory(), path="//evil.example/"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_breaks(name, db):
    assert_refused(BROKEN[name], by=name)


def test_every_constraint_of_people_has_been_broken_here():
    assert set(BROKEN) == constraints_of("accounts")


def test_a_person_is_found_by_e_mail_in_any_case(db):
    person = User.objects.create_user("Aigul@example.KZ", "sarbas-qyran-2021", name="Aigul")

    assert User.objects.get_by_natural_key("aigul@EXAMPLE.kz") == person
    assert person.check_password("sarbas-qyran-2021")


def test_a_person_without_a_password_cannot_sign_in(db):
    assert not User.objects.create_user("machine@example.kz").has_usable_password()


def test_the_first_administrator_may_everything(db):
    person = User.objects.create_superuser("admin@example.kz", "sarbas-qyran-2021")

    assert (person.is_staff, person.is_superuser, person.is_active) == (True, True, True)


def test_the_language_a_person_chose_follows_it_to_every_device(client, db):
    person = UserFactory(language="kk")
    services.choose_language(user=person, language="ru")
    client.force_login(User.objects.get(pk=person.pk))

    response = client.get("/accounts/password/change/", headers={"Accept-Language": "en"})

    assert response.headers["Content-Language"] == "ru"


def test_roles_are_named_in_the_language_of_the_reader():
    with translation.override("en"):
        assert str(User(role="inspector").get_role_display()) == "Inspector"
