"""`make check` and `make fix`: every tool that judges the code, so that people, hooks and CI ask the same."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from config.bootstrap import ROOT, step
from config.launch import build

# Django is asked as it will stand in production; no server is needed to answer.
AS_IN_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "HTTPS": "true",
    "DEBUG": "false",
    # makemigrations would like to compare with a database as well.
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
}
CHECKS = {
    "format (ruff)": "ruff format --check .",
    "lint (ruff)": "ruff check .",
    "who imports whom (import-linter)": "lint-imports",
    "types (mypy)": "mypy .",
    "migrations are complete (Django)": "python manage.py makemigrations --check --dry-run",
    "fit for production (Django)": "python manage.py check --deploy --fail-level WARNING",
}


def check(arguments: list[str]) -> int:
    """Ask every tool, show what the unhappy ones said, and fail if there was one."""
    build.front_end()  # Django says when it is missing
    complaints = {}
    for name, command in CHECKS.items():
        with step(name):
            done = subprocess.run(
                _words(command),
                cwd=ROOT,
                env=os.environ | AS_IN_PRODUCTION,
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            complaints[name] = done.stdout + done.stderr
    for name, complaint in complaints.items():
        print(f"\n--- {name}\n{complaint.rstrip()}", file=sys.stderr)
    return 1 if complaints else 0


def fix(arguments: list[str]) -> int:
    """Let ruff repair what it can."""
    commands = ("ruff check --fix .", "ruff format .")
    return max(subprocess.run(_words(command), cwd=ROOT, check=False).returncode for command in commands)


def _words(command: str) -> list[str]:
    """The command with its program taken from .venv, where all of them are."""
    program, *words = command.split()
    return [str(Path(sys.executable).with_name(program)), *words]
