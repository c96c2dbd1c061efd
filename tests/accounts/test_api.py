"""Tokens: signing in to the REST API."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from knox.models import AuthToken

from tests.factories import MembershipFactory, UserFactory

TOKEN = "/api/v1/token/"
FIGURES = "/api/v1/figures/"
PASSWORD = "korkem-narkozy-47"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    """Attempts are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def client_of_statistics(db):
    user = UserFactory(email="stat@example.kz")
    user.set_password(PASSWORD)
    user.save()
    return MembershipFactory(user=user, whole_country=True).user


@pytest.fixture
def sign_in(api, client_of_statistics):
    def post(password=PASSWORD, email="stat@example.kz"):
        return api(None).post(TOKEN, {"email": email, "password": password})

    return post


def with_token(api, token):
    client = api(None)
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_a_password_buys_a_token_that_opens_the_api_for_180_days(api, sign_in):
    response = sign_in()

    assert response.status_code == 201
    expires_at = datetime.fromisoformat(response.json()["expires_at"])
    assert timedelta(days=179, hours=23) < expires_at - timezone.now() <= timedelta(days=180)
    assert with_token(api, response.json()["token"]).get(FIGURES).status_code == 200


def test_only_the_hash_of_a_token_is_kept(sign_in):
    token = sign_in().json()["token"]

    kept = AuthToken.objects.get()
    assert token not in (kept.digest, kept.token_key)


@pytest.mark.parametrize(("email", "password"), [("stat@example.kz", "wrong"), ("nobody@example.kz", PASSWORD)])
def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(sign_in, email, password):
    response = sign_in(email=email, password=password)

    assert response.status_code == 400
    assert response.json() == {
        "errors": [{"code": "wrong_credentials", "path": "", "message": "The e-mail or the password is wrong."}]
    }
    assert not AuthToken.objects.exists()


def test_a_person_who_was_deactivated_gets_no_token(sign_in, client_of_statistics):
    client_of_statistics.is_active = False
    client_of_statistics.save()

    response = sign_in()

    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "wrong_credentials")
    assert not AuthToken.objects.exists()


def test_a_token_ends_with_the_account(api, sign_in, client_of_statistics):
    token = sign_in().json()["token"]
    client_of_statistics.is_active = False
    client_of_statistics.save()

    assert with_token(api, token).get(FIGURES).status_code == 401


def test_a_new_password_ends_the_tokens_of_the_person_and_nothing_else_does(api, sign_in, client_of_statistics):
    token = sign_in().json()["token"]
    client_of_statistics.refresh_from_db()
    client_of_statistics.name = "Renamed"
    client_of_statistics.save()
    assert with_token(api, token).get(FIGURES).status_code == 200

    client_of_statistics.set_password("another-narkozy-48")
    client_of_statistics.save()

    assert with_token(api, token).get(FIGURES).status_code == 401


def test_what_is_missing_is_named(api, db):
    response = api(None).post(TOKEN, {})

    assert response.status_code == 400
    assert [(p["code"], p["path"]) for p in response.json()["errors"]] == [
        ("required", "email"),
        ("required", "password"),
    ]


def test_guessing_one_persons_password_is_stopped(sign_in):
    statuses = [sign_in(password=f"guess {number}").status_code for number in range(6)]

    assert statuses == [400] * 5 + [429]
    refused = sign_in()
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (429, "throttled")


def test_guessing_from_one_address_is_stopped(api, db):
    def guess(number):
        return api(None).post(TOKEN, {"email": f"person{number}@example.kz", "password": "guess"})

    responses = [guess(number) for number in range(11)]

    assert [response.status_code for response in responses] == [400] * 10 + [429]
    assert responses[-1].json()["errors"][0]["code"] == "throttled"
    assert int(responses[-1]["Retry-After"]) > 0


def test_a_token_is_revoked_and_others_stay(api, sign_in):
    first, second = sign_in().json()["token"], sign_in().json()["token"]

    response = with_token(api, first).delete(TOKEN)

    assert (response.status_code, response.content) == (204, b"")
    assert with_token(api, first).get(FIGURES).status_code == 401
    assert with_token(api, second).get(FIGURES).status_code == 200


def test_a_session_has_no_token_to_revoke(api, client_of_statistics):
    client = api(None)
    client.force_login(client_of_statistics)

    assert client.delete(TOKEN).status_code == 401


def test_an_expired_token_is_refused_but_does_not_hinder_asking_for_a_new_one(api, sign_in):
    token = sign_in().json()["token"]
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    client = with_token(api, token)

    assert client.get(FIGURES).status_code == 401
    assert client.post(TOKEN, {"email": "stat@example.kz", "password": PASSWORD}).status_code == 201


@pytest.mark.parametrize("token", ["wrong", "", "two words", "қате", "\xff\xfe"])
def test_a_token_that_is_none_is_401_in_the_format(api, db, token):
    response = with_token(api, token.encode("utf-8", "surrogateescape").decode("latin-1")).get(FIGURES)

    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] in {"authentication_failed", "not_authenticated"}
