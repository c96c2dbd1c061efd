"""The one command, from an empty home to the published figure, over HTTP and nothing else."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from audits.sample.people import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
CHOSEN_BY_RUN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HTTPS", "SAMPLE_DATA")


@dataclass
class Portal:
    address: str
    progress: str

    def seconds(self, step):
        """How long the step took, as its line of progress says."""
        return float(re.search(rf"{step}\.* +([\d.]+) s", self.progress)[1])


@pytest.fixture
def portal(home):
    """Made from nothing; stopped as by Ctrl-C."""
    inherited = {name: value for name, value in os.environ.items() if name not in CHOSEN_BY_RUN}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.engines.serve", home],
        cwd=ROOT,
        env=inherited | {"PORT": "8700"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("serving "):
            break
    else:
        pytest.fail("".join(said))
    yield Portal(line.split()[1], "".join(said))
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[0] == ""
    assert process.returncode == 0


class Api:
    """One person at the REST API."""

    def __init__(self, portal, who):
        self.address = f"{portal.address}/api/v1"
        self.headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        token = self("/token/", {"email": f"{who}@nazar.example", "password": PASSWORD})["token"]
        self.headers["Authorization"] = f"Token {token}"

    def __call__(self, path, body=None):
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=content, headers=self.headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def non_compliant(self, query=""):
        said = self(f"/figures/?area=east-kazakhstan{query}")["non_compliant"]
        return said["numerator"], said["denominator"]


def test_the_published_figure_is_there_and_an_approval_moves_it_within_two_seconds(portal):
    with urllib.request.urlopen(f"{portal.address}/readyz", timeout=10) as answer:
        assert json.load(answer) == {"database": "ok", "cache": "ok"}
    assert portal.seconds("sample data") < 20
    head = Api(portal, "head")
    assert head.non_compliant("&as_of=2021-08-25") == head.non_compliant() == (533, 647)
    waiting = head("/audits/?status=submitted")["results"]

    head(f"/audits/{waiting[0]['id']}/approve/", {})
    began = time.monotonic()
    while head.non_compliant() == (533, 647) and time.monotonic() - began < 10:
        time.sleep(0.05)

    assert head.non_compliant() == (534, 647)
    assert time.monotonic() - began < 2
    assert head.non_compliant("&as_of=2021-08-25") == (533, 647)
