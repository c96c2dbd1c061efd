"""`make run`: the whole portal on one machine, with sample data, and nothing needed beside Python."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

from config.bootstrap import ROOT, step
from config.launch import build
from config.launch.embedded import Places
from config.launch.processes import Command, start
from config.launch.servers import only_one, provide
from config.launch.supervisor import Supervisor, supervising

VAR = ROOT / "var"
CODE = ("accounts", "audits", "cameras", "config", "core", "funding", "schools")
SECONDS_TO_ANSWER = 60


def run(arguments: list[str]) -> int:
    """Serve until Ctrl-C, or until one part ends by itself."""
    with only_one(VAR), supervising() as supervisor:
        _welcome(serve(supervisor, VAR))
        supervisor.watch()
    return 0


def serve(supervisor: Supervisor, home: Path) -> str:
    """Have the whole portal answer, with its servers, keys and logs in `home`, and tell its address."""
    build.front_end()
    build.catalogues()
    provide(supervisor, home)
    _settle_environment(home)
    _prepare(supervisor, home)
    host = os.environ.get("HOST", "127.0.0.1")
    port = free_port(int(os.environ.get("PORT", "8000")), host=host)
    with step("web, worker, beat"):
        for name, command in _parts(f"{host}:{port}", home).items():
            supervisor.parts.append(start(name, command, log=home / "log" / f"{name}.log"))
        # Nobody can visit 0.0.0.0, which means every address of this machine.
        visited = "127.0.0.1" if host == "0.0.0.0" else host
        _wait_until_answering(supervisor, visited, port)
    return f"http://{visited}:{port}"


def _settle_environment(home: Path) -> None:
    """What a demonstration on one's own machine needs, unless the caller says otherwise."""
    os.environ.setdefault("SECRET_KEY", _secret_key(home))
    os.environ.setdefault("HTTPS", "false")
    os.environ.setdefault("SAMPLE_DATA", "true")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def _secret_key(home: Path) -> str:
    """Made once, so that people stay signed in over a restart."""
    path = home / "secret-key"
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(50))
        unfinished.rename(path)
    return path.read_text()


def _prepare(supervisor: Supervisor, home: Path) -> None:
    """Bring database and static files up to date; skipped when neither they nor our own cluster have changed."""
    command = [sys.executable, "-m", "config.launch.prepare"]
    if not any(server.name == "postgresql" for server in supervisor.servers):
        _in_front(command)  # somebody else's database may have changed in any way
        return
    cluster = Places.below(home).cluster
    code = [path for name in CODE for path in build.files_below(ROOT / name) if path.suffix in (".py", ".json")]
    sources = [*code, *build.files_below(ROOT / "static"), ROOT / "uv.lock"]
    with build.unless_unchanged("nazar-prepared", sources, ROOT / "staticfiles", stamps=cluster) as changed:
        if changed:
            _in_front(command)


def _in_front(command: list[str]) -> None:
    if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(code)


def free_port(wanted: int, *, host: str = "127.0.0.1") -> int:
    """The port that was asked for, or the next one that nobody uses."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                continue
        if port != wanted:
            print(f"  Port {wanted} is busy; taking {port}.")
        return port
    sys.exit(f"No free port from {wanted} to {wanted + 99}.")


def _parts(bind: str, home: Path) -> dict[str, Command]:
    python = [sys.executable, "-m"]
    # Loaded once and not by each worker: a second of the five that a start may take.
    web = f"gunicorn config.wsgi --bind {bind} --workers 2 --preload --no-control-socket --limit-request-line 8190"
    # Alone on its broker, it need not wait to hear from other workers.
    worker = "celery -A config worker --loglevel INFO --concurrency 2 --without-mingle --without-gossip"
    beat = "celery -A config beat --loglevel INFO --schedule"
    return {
        "web": [*python, *web.split()],
        "worker": [*python, *worker.split()],
        "beat": [*python, *beat.split(), home / "beat-schedule"],
    }


def _wait_until_answering(supervisor: Supervisor, host: str, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not _answers(host, port):
        supervisor.check()
        if time.monotonic() > deadline:
            said = supervisor.parts[0].last_lines()
            sys.exit(f"The portal did not answer within {SECONDS_TO_ANSWER} s. The end of its log:\n{said}")
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _welcome(address: str) -> None:
    print(f"\nReady after {time.time() - float(os.environ['NAZAR_STARTED_AT']):.1f} s: {address}/\n")
    accounts = VAR / "sample-accounts.txt"
    if accounts.exists():
        print(f"Sample accounts:\n{accounts.read_text()}")
    print("Logs are in var/log/. Ctrl-C stops everything.", flush=True)
