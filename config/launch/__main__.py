"""What `make <verb>` does once .venv is there: python -m config.launch <verb> [arguments]."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from config.bootstrap import ROOT
from config.launch import build
from config.launch.account import server_account, server_home
from config.launch.portal import run
from config.launch.quality import check, fix
from config.launch.servers import only_one, provide
from config.launch.supervisor import supervising

TESTS = ROOT / "var" / "test"
BENCH = ROOT / "var" / "bench"


def test(arguments: list[str]) -> int:
    """The whole suite, on servers that are made for it and thrown away."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    with only_one(TESTS), supervising() as supervisor:
        _forget(TESTS)
        build.front_end()
        build.catalogues()
        provide(supervisor, TESTS, durable=False)
        return subprocess.run([sys.executable, "-m", "pytest", "-n", "2", *arguments], cwd=ROOT, check=False).returncode


def bench(arguments: list[str]) -> int:
    """The measurements, on servers of their own with the safety of real ones."""
    with only_one(BENCH), supervising() as supervisor:
        build.front_end()
        build.catalogues()
        provide(supervisor, BENCH)
        return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode


def messages(arguments: list[str]) -> int:
    """Bring new sentences of the sources into the catalogues, for the translator."""
    if not shutil.which("xgettext"):
        sys.exit("`make messages` needs gettext: apt-get install gettext")
    aside = [word for name in (".venv", "node_modules", "var", "tests", "staticfiles") for word in ("--ignore", name)]
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "-l",
        "kk",
        "-l",
        "ru",
        "--no-wrap",
        "--add-location",
        "file",
    ]
    environment = {"SECRET_KEY": "unused", "DATABASE_URL": "postgres:///unused", "REDIS_URL": "redis://", **os.environ}
    return subprocess.run([*command, *aside, *arguments], cwd=ROOT, env=environment, check=False).returncode


def reset(arguments: list[str]) -> int:
    """Delete the database, the sample and the logs of `make run`, after asking."""
    places = [place for place in (ROOT / "var", server_home(ROOT / "var", server_account())) if place.exists()]
    if "--yes" not in arguments:
        answer = input(f"Delete {' and '.join(map(str, dict.fromkeys(places)))} with the database in it? [y/N] ")
        if answer.strip().lower() not in ("y", "yes"):
            sys.exit("Nothing was deleted.")
    with only_one(ROOT / "var"):
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
    return 0


def _forget(home: Path) -> None:
    """Start from an empty cluster: without fsync, one that was cut off may be damaged."""
    for place in {home, server_home(home, server_account())}:
        for child in place.iterdir():
            if child.name != "lock":
                shutil.rmtree(child) if child.is_dir() else child.unlink()


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "fix": fix,
    "bench": bench,
    "messages": messages,
    "reset": reset,
}

if __name__ == "__main__":
    try:
        sys.exit(VERBS[sys.argv[1]](sys.argv[2:]))
    except (KeyboardInterrupt, EOFError):
        print()
        sys.exit(130)
