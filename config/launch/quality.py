"""`make check` and `make fix`: every tool that judges the code, so that people, hooks and CI ask the same."""

import os
import secrets
import subprocess
import sys

from config.bootstrap import ROOT, step

# Django is asked as it will stand in production; no server is needed to answer.
AS_IN_PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "HTTPS": "true",
    "DEBUG": "false",
    # makemigrations would like to compare with a database as well.
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
}
CHECKS = {
    "format (ruff)": ["ruff", "format", "--check", "."],
    "lint (ruff)": ["ruff", "check", "."],
    "who imports whom (import-linter)": ["importlinter.cli", "lint-imports"],
    "types (mypy)": ["mypy", "."],
    "migrations are complete (Django)": ["django", "makemigrations", "--check", "--dry-run"],
    "fit for production (Django)": ["django", "check", "--deploy", "--fail-level", "WARNING"],
}


def check(arguments: list[str]) -> int:
    """Ask every tool, show what the unhappy ones said, and fail if there was one."""
    environment = {**os.environ, **AS_IN_PRODUCTION, "DJANGO_SETTINGS_MODULE": "config.settings"}
    complaints = {}
    for name, command in CHECKS.items():
        with step(name):
            done = subprocess.run(
                [sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
            )
        if done.returncode:
            complaints[name] = done.stdout + done.stderr
    for name, complaint in complaints.items():
        print(f"\n--- {name}\n{complaint.rstrip()}", file=sys.stderr)
    return 1 if complaints else 0


def fix(arguments: list[str]) -> int:
    """Let ruff repair what it can, imports and format first of all."""
    lint = subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "."], cwd=ROOT, check=False).returncode
    return subprocess.run([sys.executable, "-m", "ruff", "format", "."], cwd=ROOT, check=False).returncode or lint
