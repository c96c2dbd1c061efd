"""`make bench`: fills a throw-away database with a made-up country and prints tables of medians.

With ARGS=--write the tables go into docs/performance.md as well.
"""

import os
import re
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import Role  # noqa: E402
from audits import kept_facts  # noqa: E402
from bench import exports, figures, imports, lists  # noqa: E402
from bench.country import populate  # noqa: E402
from bench.measuring import Section, seconds  # noqa: E402
from schools.areas import Area  # noqa: E402
from tests.factories import MembershipFactory, UserFactory  # noqa: E402

REPORT = Path(settings.BASE_DIR) / "docs/performance.md"


def measure() -> list[Section | str]:
    """Everything, in an empty database."""
    told: list[Section | str] = [f"- the country made in {seconds(populate):.1f} s"]
    viewer = MembershipFactory(whole_country=True, user=UserFactory(role=Role.COUNTRY_VIEWER)).user
    # Not in Django's test environment: it copies the context of every template that is rendered.
    client = Client(SERVER_NAME="localhost")
    client.force_login(viewer)
    told += [
        f"- recount of all 241 areas: {seconds(figures.recount):.1f} s",
        f"- copy of the facts of all 20,000 schools: {seconds(lambda: kept_facts.keep_missing(Area())):.1f} s",
        clean(),
        *(figures.measure(client), lists.measure(client), exports.measure()),
    ]
    # Last: they need an empty roll, and leave a process with a heap that slows down what comes after.
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE schools_region, schools_school CASCADE")
    told.append(imports.measure())
    return told


def clean() -> str:
    """What PostgreSQL does by itself within a minute of such a change."""
    took = seconds(lambda: connection.cursor().execute("VACUUM (ANALYZE)"))
    return f"- vacuum and statistics of all tables: {took:.1f} s\n"


def write(tables: str) -> None:
    """Put the tables between the marks of the report."""
    text = REPORT.read_text(encoding="utf-8")
    begin, end = "<!-- measured -->\n", "<!-- end -->"
    REPORT.write_text(re.sub(f"{begin}.*{end}", lambda _match: f"{begin}\n{tables}\n{end}", text, flags=re.DOTALL))


def main() -> None:
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        tables = "\n".join(str(part) for part in measure())
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)
    print(tables)
    if "--write" in sys.argv:
        write(tables)


if __name__ == "__main__":
    main()
