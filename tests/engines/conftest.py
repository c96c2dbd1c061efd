"""Servers of their own for each test, in a short path that is gone afterwards."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg2
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Held:
    """A running tests.engines.hold, and what it said when all was up."""

    process: subprocess.Popen
    children: dict[str, int]
    database_url: str
    redis_url: str

    def signal(self, number):
        os.kill(self.process.pid, number)

    def end(self):
        """Wait for it; how it ended, what it said on stderr, and after how many seconds."""
        began = time.monotonic()
        _out, said = self.process.communicate(timeout=20)
        return self.process.returncode, said, time.monotonic() - began

    def query(self, statement):
        address = environ.Env.db_url_config(self.database_url)
        connection = psycopg2.connect(host=address["HOST"], dbname=address["NAME"], user=address["USER"])
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone() if cursor.description else None
        finally:
            connection.close()


@pytest.fixture
def home():
    """As a clone in a directory that everybody may enter."""
    path = Path(tempfile.mkdtemp(prefix="nazar-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def hold(home):
    """Start tests.engines.hold over the home; all that were started are ended after the test."""
    running = []

    def start(*options, lasts=600, home=home, **variables):
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.engines.hold", home, str(lasts), *options],
            cwd=ROOT,
            env=inherited | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        for line in process.stdout:
            if line.startswith("held "):
                said = json.loads(line.removeprefix("held "))
                return Held(process, said["children"], said["DATABASE_URL"], said["REDIS_URL"])
        raise AssertionError(process.communicate()[1])

    yield start
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
        process.stdout.close()
        process.stderr.close()


@pytest.fixture
def alive():
    """Which of these processes are there and no zombies, asked until none is or the seconds are over."""

    def ask(pids, *, seconds):
        deadline = time.monotonic() + seconds
        while (left := [pid for pid in pids if _runs(pid)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    return ask


def _runs(pid):
    state = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")
