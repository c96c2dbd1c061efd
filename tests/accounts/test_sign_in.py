import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from tests.factories import UserFactory

PASSWORD = "Qaraqshy-2021"


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


@pytest.fixture
def person(db):
    person = UserFactory(email="aigul@example.kz", name="Aigul", language="ru")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": "aigul@example.kz", "password": password})


def test_a_person_signs_in_by_e_mail_and_reads_in_the_own_language(client, person):
    assert sign_in(client).status_code == 302

    page = client.get(reverse("account_change_password"))

    assert '<html lang="ru"' in page.text
    assert "Успешный вход под именем Aigul." in page.text


def test_a_wrong_password_is_said_on_the_page_and_signs_nobody_in(client, person):
    page = sign_in(client, "wrong")

    assert 'id="form-errors"' in page.text
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down_by_a_page_of_ours(client, person):
    answers = [sign_in(client, "wrong") for _ in range(31)]

    assert answers[-1].status_code == 429
    assert "standalone.css" in answers[-1].text


def test_the_administration_site_has_no_sign_in_of_its_own_where_guessing_would_be_free(client, person):
    refused = client.post("/admin/login/", {"username": person.email, "password": PASSWORD})

    assert (refused.status_code, refused.url) == (302, "/accounts/login/?next=%2Fadmin%2Flogin%2F")
    assert "_auth_user_id" not in client.session
    client.force_login(person)
    assert client.get("/admin/", follow=True).status_code == 403


def test_signing_out_takes_a_post(client, person):
    client.force_login(person)

    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_a_new_password_is_taken_and_the_old_one_no_longer_opens(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    new = {"oldpassword": PASSWORD, "password1": "Jaqsy-pasword-7", "password2": "Jaqsy-pasword-7"}

    assert client.post(reverse("account_change_password"), new).status_code == 302

    person.refresh_from_db()
    assert person.check_password("Jaqsy-pasword-7")


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_set_password"])
def test_nothing_is_open_that_would_need_a_letter(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_visitor_chooses_the_language_of_the_sign_in_page(client, db, language):
    client.post(reverse("set_language"), {"language": language, "next": "/accounts/login/"})

    assert f'<html lang="{language}"' in client.get(reverse("account_login")).text


@pytest.mark.parametrize(("asked", "shown"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("pink", "auto")])
def test_the_theme_is_in_the_page_before_any_script(client, db, asked, shown):
    client.post(reverse("set_theme"), {"theme": asked, "next": "/accounts/login/"})

    assert f'data-bs-theme="{shown}"' in client.get(reverse("account_login")).text
