"""What `make <verb>` does once .venv is there: python -m config.launch <verb> [arguments]."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.bootstrap import ROOT
from config.launch import build
from config.launch.account import server_account, server_home
from config.launch.portal import VAR, run, serve
from config.launch.quality import check, fix
from config.launch.servers import only_one, provide
from config.launch.supervisor import Supervisor, supervising

TESTS, BENCH, SCREENSHOTS = VAR / "test", VAR / "bench", VAR / "screenshots"


def test(arguments: list[str]) -> int:
    """The whole suite, on servers that are made for it and thrown away."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    with _throw_away(TESTS) as supervisor:
        build.front_end()
        build.catalogues()
        provide(supervisor, TESTS, durable=False)
        return subprocess.run([sys.executable, "-m", "pytest", "-n", "2", *arguments], cwd=ROOT, check=False).returncode


def bench(arguments: list[str]) -> int:
    """The measurements, on servers of their own with the safety of real ones."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    with _throw_away(BENCH) as supervisor:
        build.front_end()
        build.catalogues()
        provide(supervisor, BENCH)
        return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode


def screenshots(arguments: list[str]) -> int:
    """The pictures of README.md, of a portal with nothing but the sample."""
    with _throw_away(SCREENSHOTS) as supervisor:
        address = serve(supervisor, SCREENSHOTS)
        return subprocess.run([sys.executable, "docs/screenshots.py", address], cwd=ROOT, check=False).returncode


def messages(arguments: list[str]) -> int:
    """Bring new sentences of the sources into the catalogues, for the translator."""
    if not shutil.which("xgettext"):
        sys.exit("`make messages` needs gettext: apt-get install gettext")
    options = "--locale kk --locale ru --no-wrap --no-obsolete --add-location file"
    aside = " ".join(f"--ignore {name}" for name in (".venv", "node_modules", "var", "tests", "staticfiles"))
    command = [sys.executable, "manage.py", "makemessages", *options.split(), *aside.split(), *arguments]
    environment = {"SECRET_KEY": "unused", "DATABASE_URL": "postgres:///unused", "REDIS_URL": "redis://", **os.environ}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def reset(arguments: list[str]) -> int:
    """Delete the database, the sample and the logs of `make run`, after asking."""
    account = server_account()
    outside = [server_home(home, account) for home in (VAR, TESTS, BENCH, SCREENSHOTS)]
    places = [place for place in dict.fromkeys([VAR, *outside]) if place.exists() and VAR not in place.parents]
    if not places:
        print("There is nothing to delete.")
        return 0
    question = f"Delete {' and '.join(map(str, places))} with the database, the sample and the logs? [y/N] "
    if "--yes" not in arguments and not _agreed(question):
        sys.exit("Nothing was deleted.")
    with only_one(VAR):
        for place in places:
            shutil.rmtree(place)
    return 0


def _agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


@contextmanager
def _throw_away(home: Path) -> Iterator[Supervisor]:
    """Servers in a home that is emptied before (a cluster cut off may be damaged) and after; its logs stay."""
    with only_one(home):
        _empty(home)
        try:
            with supervising() as supervisor:
                yield supervisor
        finally:
            _empty(home)


def _empty(home: Path) -> None:
    outside = server_home(home, server_account())
    if outside != home:
        shutil.rmtree(outside, ignore_errors=True)
    for child in home.iterdir():
        if child.name not in ("lock", "log"):
            shutil.rmtree(child) if child.is_dir() else child.unlink()


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "fix": fix,
    "bench": bench,
    "screenshots": screenshots,
    "messages": messages,
    "reset": reset,
}

if __name__ == "__main__":
    try:
        sys.exit(VERBS[sys.argv[1]](sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except PermissionError as error:
        sys.exit(f"{error.filename} cannot be written by this account; whoever ran `make` here before can remove var/.")
