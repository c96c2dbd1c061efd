"""The PostgreSQL and the Redis that a verb works with: those the environment names, or else embedded ones."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import environ
import psycopg2
import redis

from config.bootstrap import step
from config.launch.embedded import Places, start_postgresql, start_valkey
from config.launch.supervisor import Supervisor

SECONDS_TO_ANSWER = 5
OLDEST_POSTGRESQL = 15


def provide(supervisor: Supervisor, home: Path, *, durable: bool = True) -> None:
    """Put DATABASE_URL and REDIS_URL into the environment; one that is there already is used, and nothing started."""
    if url := os.environ.get("DATABASE_URL"):
        check_postgresql(url)
    if url := os.environ.get("REDIS_URL"):
        check_redis(url)
    if not os.environ.get("DATABASE_URL"):
        with step("PostgreSQL"):
            os.environ["DATABASE_URL"] = supervisor.adopt(*start_postgresql(Places.below(home), durable=durable))
    if not os.environ.get("REDIS_URL"):
        with step("Valkey"):
            os.environ["REDIS_URL"] = supervisor.adopt(*start_valkey(Places.below(home), durable=durable))


def check_postgresql(url: str) -> None:
    """End with one line unless a PostgreSQL that is new enough answers at this address."""
    if urlsplit(url).scheme not in environ.Env.POSTGRES_FAMILY:
        sys.exit(f"DATABASE_URL: {without_password(url)} is not the address of a PostgreSQL, as postgres://… is.")
    try:
        asked = environ.Env.db_url_config(url)
        connection = psycopg2.connect(
            host=asked["HOST"] or None,
            port=asked["PORT"] or None,
            dbname=asked["NAME"],
            user=asked["USER"] or None,
            password=asked["PASSWORD"] or None,
            connect_timeout=SECONDS_TO_ANSWER,
            **asked.get("OPTIONS", {}),
        )
    except (psycopg2.Error, KeyError, ValueError) as error:
        sys.exit(f"DATABASE_URL: {without_password(url)} cannot be used: {_one_line(error)}")
    major = connection.server_version // 10000
    connection.close()
    if major < OLDEST_POSTGRESQL:
        sys.exit(
            f"DATABASE_URL: PostgreSQL {OLDEST_POSTGRESQL} or newer is needed; {without_password(url)} is {major}."
        )


def check_redis(url: str) -> None:
    """End with one line unless a server that speaks the Redis protocol answers at this address."""
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=SECONDS_TO_ANSWER, socket_timeout=SECONDS_TO_ANSWER
        ) as server:
            server.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        sys.exit(f"REDIS_URL: {without_password(url)} cannot be used: {_one_line(error)}")


def without_password(url: str) -> str:
    """The address as it may be shown on a screen or written to a log."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":***@") if password else url


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold `home` for this process alone: two runs over one cluster would destroy it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(f"Already running here, as process {lock.read().strip()}.")
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
