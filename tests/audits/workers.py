"""A real Celery worker on the test database, with a queue of its own; and brokers that are away."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from celery.signals import after_task_publish
from django.conf import settings
from django.db import connection
from kombu import pools

from config.celery import app

STARTED_IN, DONE_IN = 30, 10


def until(true: Callable[[], object], within: float = DONE_IN, to: str = "come true") -> float:
    """Wait until it is true; the seconds it took. Fails after `within`."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < within, f"{within} s were not enough to {to}"
        time.sleep(0.02)
    return time.monotonic() - begun


class Worker:
    """`celery worker` in a process group of its own, which consumes one queue."""

    def __init__(self, queue: str, log: Path, *arguments: str) -> None:
        self.queue = queue
        self.log = log
        # Only the last part of the path is the name: before it may come the directory of a socket.
        database = re.sub(r"[^/?]+(?=\?|$)", connection.settings_dict["NAME"], os.environ["DATABASE_URL"], count=1)
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO")
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", f"{queue}@%h", "-Q", queue]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*command, *quiet, *arguments],
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(lambda: " ready." in log.read_text(), STARTED_IN, to=f"start a worker:\n{log.read_text()}")

    @property
    def received(self) -> int:
        """How many tasks have come so far."""
        return self.log.read_text().count(" received")

    @property
    def done(self) -> int:
        """How many tasks it has finished so far."""
        return self.log.read_text().count(" succeeded in ")

    @contextmanager
    def idle_afterwards(self):
        """Ends when everything that was sent meanwhile is done: the tables are then free to be emptied."""
        before, sent = self.done, []

        def keep(routing_key: str, **_message: object) -> None:
            if routing_key == self.queue:
                sent.append(routing_key)

        after_task_publish.connect(keep)
        try:
            yield
            until(lambda: self.done == before + len(sent), 60, to="finish all tasks")
        finally:
            after_task_publish.disconnect(keep)

    def kill(self) -> None:
        """As the kernel does when memory ends: no chance to say goodbye. A second time does nothing."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def clear(self) -> None:
        """Take away what the worker leaves at the broker, which may outlive the tests."""
        with app.connection_for_write() as broker:
            keys = broker.default_channel.client
            keys.delete(*(prefix + self.queue for prefix in ("", "_kombu.binding.", "_kombu.binding_permanent.")))
            for tag, message in keys.hgetall("unacked").items():
                if self.queue.encode() in message:
                    keys.hdel("unacked", tag)
                    keys.zrem("unacked_index", tag)


@contextmanager
def broker_at(address: str):
    """This process sends its tasks there meanwhile, by connections of its own."""
    before = app.conf.broker_url, app.conf.task_always_eager
    forget_connections()
    app.conf.broker_url, app.conf.task_always_eager = address, False
    try:
        yield
    finally:
        forget_connections()
        app.conf.broker_url, app.conf.task_always_eager = before


def forget_connections() -> None:
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@contextmanager
def dead_broker():
    """An address at which nobody listens."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"


@contextmanager
def mute_broker():
    """An address at which somebody takes the call and never says a word."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        yield f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
