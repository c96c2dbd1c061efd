"""What is answered when something of ours fails."""

import pytest
from django.db import InterfaceError, OperationalError
from redis.exceptions import ConnectionError as RedisIsAway
from redis.exceptions import TimeoutError as RedisIsSilent

from audits import figures


@pytest.fixture
def failing(client, head, monkeypatch):
    """failing(error, address): what is answered when the figures of the address cannot be read."""
    client.force_login(head)
    client.raise_request_exception = False

    def fail(error, address):
        def instead(*_arguments, **_options):
            raise error

        monkeypatch.setattr(figures, "read", instead)
        return client.get(address)

    return fail


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, RedisIsAway, RedisIsSilent])
def test_a_page_whose_servers_are_away_says_when_to_try_again(failing, error):
    answer = failing(error("away"), "/regions/east-kazakhstan/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "The portal is not available for a moment" in answer.content.decode()


def test_a_page_with_a_mistake_of_ours_is_500_and_tells_nothing_of_it(failing):
    answer = failing(ValueError("secret"), "/regions/east-kazakhstan/")

    assert (answer.status_code, answer.has_header("Retry-After")) == (500, False)
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(("error", "status", "code"), [(RedisIsAway, 503, "unavailable"), (ValueError, 500, "fault")])
def test_the_api_fails_in_its_own_format(failing, error, status, code):
    answer = failing(error("secret"), "/api/v1/figures/?area=east-kazakhstan")

    assert answer.status_code == status
    assert [(problem["code"], problem["path"]) for problem in answer.json()["errors"]] == [(code, "")]
    assert "secret" not in answer.content.decode()


def test_who_tries_to_sign_in_while_the_cache_is_away_is_asked_to_try_again(client, db, monkeypatch):
    def away(*_arguments, **_options):
        raise RedisIsAway

    monkeypatch.setattr("django.core.cache.cache.get", away, raising=False)
    client.raise_request_exception = False

    answer = client.post("/accounts/login/", {"login": "a@example.kz", "password": "x"})

    assert answer.status_code == 503
