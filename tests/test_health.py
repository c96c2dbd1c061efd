"""Is the process alive, and can it serve."""

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import ConnectionError as BrokenConnection


def test_a_process_that_answers_is_alive_whatever_is_the_matter_elsewhere(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


def test_a_process_with_database_migrations_and_cache_is_ready(client, db):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "ok"})


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_process_without_its_database_is_not_ready(client, db, monkeypatch, error):
    def fail(*_arguments):
        raise error("away")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "unreachable")


def test_a_process_whose_database_waits_for_migrations_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audits'")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "migrations are waiting")


@pytest.mark.parametrize("error", [BrokenConnection, TimeoutError])
def test_a_process_without_its_cache_is_not_ready(client, db, monkeypatch, error):
    def fail(*_arguments, **_options):
        raise error("away")

    monkeypatch.setattr(cache, "set", fail, raising=False)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": "ok", "cache": "unreachable"})


def test_health_says_nothing_to_who_would_change_something(client):
    assert [client.post(path).status_code for path in ("/healthz", "/readyz")] == [405, 405]
