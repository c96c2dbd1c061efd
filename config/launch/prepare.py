"""Brings the database and the static files up to date in one start of Django, because each start costs a second."""

import sys
from io import StringIO

import django
from django.apps import apps
from django.core.management import call_command

from config.bootstrap import ROOT, step
from config.launch.build import files_below, unless_unchanged


def database() -> None:
    """Migrate and load what belongs to every installation; the sample too, where there is no school yet."""
    with step("database schema"):
        call_command("migrate", interactive=False, verbosity=0)
    with step("reference data"):
        call_command("load_reference", stdout=StringIO())
    if not apps.get_model("schools", "School").objects.exists():
        with step("sample data"):
            call_command("load_sample", stdout=StringIO())


def static_files() -> None:
    """Collect and compress what the browser asks for."""
    sources = [*files_below(ROOT / "static"), ROOT / "uv.lock"]
    with unless_unchanged("static-files", sources, ROOT / "staticfiles") as changed:
        if changed:
            with step("static files"):
                call_command("collectstatic", interactive=False, clear=True, verbosity=0)


if __name__ == "__main__":
    try:
        django.setup()
        database()
        static_files()
    except KeyboardInterrupt:
        sys.exit(130)
