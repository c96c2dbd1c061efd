"""Where every `make` begins: with any Python from 3.11 on, and nothing else installed.

It makes the virtual environment, installs what the verb needs, and becomes config.launch inside it. It is a script of
the standard library alone, because the package `config` imports Celery, which is not there yet.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / "installed.json"
OLDEST_PYTHON = (3, 11)
UV = "uv==0.13.9"

# What each verb needs beside the product itself; named as in [dependency-groups] of pyproject.toml.
GROUPS: dict[str, set[str]] = {
    "run": {"embedded"},
    "test": {"embedded", "dev"},
    "check": {"dev"},
    "fix": {"dev"},
    "bench": {"embedded", "dev"},
    "screenshots": {"embedded", "dev"},
    "messages": set(),
    "reset": set(),
}
BUILDS_FRONT_END = {"run", "test", "check", "bench", "screenshots"}


@contextlib.contextmanager
def step(label: str) -> Iterator[None]:
    """One line of progress: what is being done, and when it is done, how long it took."""
    print(f"  {label:.<58} ", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:5.1f} s", flush=True)


def quietly(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command and show its output only if it fails, which ends everything."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.stderr.write(f"\n{done.stdout.decode(errors='replace').rstrip()}\n")
        sys.exit(f"This failed: {' '.join(map(str, command))}")


def with_recent_python() -> None:
    """Go on in a newer Python if this one is too old and another is installed under its own name."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in (14, 13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        # pyenv puts names on the PATH behind which there is no Python.
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            os.execv(found, [found, *sys.argv])
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def settle_environment() -> None:
    """Make what follows the same everywhere: UTF-8, a home that can be written to, the network's certificates."""
    os.environ.update(PYTHONUTF8="1", UV_PROJECT_ENVIRONMENT=str(VENV), UV_PYTHON_DOWNLOADS="never")
    # Offices put their own certificate between themselves and the internet; the system knows it, uv and node do not.
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
    os.environ.pop("VIRTUAL_ENV", None)
    home = os.environ.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):  # as for the user `nobody`
        own_home = ROOT / "var" / "home"
        own_home.mkdir(parents=True, exist_ok=True)
        os.environ["HOME"] = str(own_home)


def node_is_usable() -> bool:
    """Whether the PATH has npm and a node that can run Vite 8."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(number) for number in re.findall(r"\d+", said))
    return (20, 19) <= version < (21,) or version >= (22, 12)


def groups_for(verb: str) -> set[str]:
    """The dependency groups that this verb needs on this machine, as it is called now."""
    groups = set(GROUPS[verb])
    # The suite tries the embedded servers themselves, so it needs them in any case.
    if verb != "test" and os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        groups -= {"embedded"}
    if verb in BUILDS_FRONT_END and not node_is_usable():
        groups |= {"node"}
    return groups


def make_environment() -> None:
    """Make .venv, with uv in it, anew if it was moved or its Python has gone."""
    with step("virtual environment"):
        quietly(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
        if subprocess.run([PYTHON, "-c", "import ensurepip"], capture_output=True, check=False).returncode:
            sys.exit("\nThis Python has no ensurepip. On Debian and Ubuntu: apt-get install python3-venv")
        quietly(PYTHON, "-m", "ensurepip")
        quietly(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", UV)


def install(groups: set[str]) -> None:
    """Have the locked dependencies and these groups in .venv; nothing is done when they are there already."""
    locked = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "uv.lock"))
    found = json.loads(INSTALLED.read_text()) if INSTALLED.exists() and PYTHON.exists() else {}
    # What an earlier verb needed stays, so that `make run` after `make test` does not uninstall pytest.
    all_groups = sorted(groups | set(found.get("groups", [])))
    made_of = {"place": str(ROOT), "uv": UV}
    wanted = {**made_of, "lock": hashlib.sha256(locked).hexdigest(), "groups": all_groups}
    if found == wanted:
        return
    uv = VENV / "bin" / "uv"
    if not uv.exists() or not made_of.items() <= found.items():
        make_environment()
    with step("dependencies: " + ", ".join(["product", *all_groups])):
        chosen = [part for group in all_groups for part in ("--group", group)]
        quietly(uv, "sync", "--locked", "--no-default-groups", "--python", PYTHON, *chosen)
    INSTALLED.write_text(json.dumps(wanted))


def main() -> None:
    with_recent_python()
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb not in GROUPS:
        sys.exit(f"usage: bootstrap.py {{{','.join(GROUPS)}}} [arguments]")
    settle_environment()
    os.environ["NAZAR_STARTED_AT"] = str(time.time())
    install(groups_for(verb))
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "config.launch", *sys.argv[1:]])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
