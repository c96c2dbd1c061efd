"""Imports at the size of the country: 20,000 schools in one file, 250,000 cameras in one file, beside a plain COPY of
the rows that they become into the same empty tables. `python -m bench.imports` measures them alone.
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
if __name__ == "__main__":
    django.setup()

import xlsxwriter
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Role, User
from audits import tasks
from bench.measuring import Measured, Section, seconds, sql
from bulk.kinds import KINDS, Row
from bulk.models import Import
from bulk.reading.tables import Reading, read
from tests.factories import DistrictFactory, RegionFactory, UserFactory

REGIONS, DISTRICTS, SCHOOLS, CAMERAS = 20, 220, 20_000, 250_000
# What the rows of a file become. The history of each change, and who may see it, come on top of that.
BECOMES = {"schools": ("schools_school", "schools_placement"), "cameras": ("cameras_camera", "cameras_condition")}

SYSTEMS = """
INSERT INTO cameras_camerasystem (school_id, number, kind, recorder, commissioned_on, counts_from, version, centre_link,
                                  supplier, maintenance_contract)
SELECT id, 1, 'digital', '', '2019-09-01', '2019-09-01', 1, '', '', '' FROM schools_school
"""
ZONES = ("main_entrance", "corridor", "stairwell", "yard", "perimeter")


def schools() -> Iterator[dict[str, Any]]:
    for n in range(SCHOOLS):
        yield {
            **{"code": f"B{n:06}", "district": f"r{n % DISTRICTS % REGIONS}/d{n % DISTRICTS}"},
            **{"name_kk": f"№ {n} мектеп", "name_ru": f"Школа № {n}", "name_en": f"School No. {n}"},
            **{"kind": "secondary", "ownership": "state", "setting": "city" if n % 3 else "village"},
            **{"locality_kk": f"Ауыл {n % 997}", "locality_ru": f"Село {n % 997}", "locality_en": f"Village {n % 997}"},
            **{"pupils": 100 + n % 900, "floors": 1 + n % 3, "has_outdoor_toilet": "no"},
            **{"latitude": f"{48 + n % 700 / 100:.2f}", "longitude": f"{55 + n % 2500 / 100:.2f}"},
            **{"director": f"Director {n}", "phone": f"+7 700 {n:07}", "email": f"school{n}@example.kz"},
            **{"address": f"Abai street, {n % 200}", "opened_on": f"{1950 + n % 70}-09-01"},
        }


def cameras() -> Iterator[dict[str, Any]]:
    for n in range(CAMERAS):
        number = n // SCHOOLS + 1
        yield {
            **{"school": f"B{n % SCHOOLS:06}", "system": 1, "number": number, "zone": ZONES[number % len(ZONES)]},
            **{"floor": 1, "is_outdoor": "no", "is_digital": "yes", "model": f"DS-{n % 300}", "width_px": 1920},
            **{"height_px": 1080, "frames_per_second": 25, "bitrate_mbps": "4.5", "field_of_view": 90},
            **{"target_distance": "6.5", "has_night_mode": "yes", "installed_on": f"2019-{1 + n % 12:02}-01"},
            **{"connected": "yes" if n % 3 else "no", "state": "working" if n % 800 else "faulty"},
        }


def csv_of(rows: Iterable[dict[str, Any]]) -> bytes:
    table = [list(row.values()) for row in rows]
    heading = list(next(schools() if len(table) == SCHOOLS else cameras()))
    return "\n".join(";".join(map(str, line)) for line in [heading, *table]).encode()


def xlsx_of(rows: Iterable[dict[str, Any]]) -> bytes:
    """As programs write it: numbers as numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            if n == 0:
                sheet.write_row(0, 0, list(row))
            sheet.write_row(n + 1, 0, list(row.values()))
    return file.getvalue()


def silent(rows: int) -> None:
    """Nobody watches."""


def taken(act: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    came: list[Any] = []
    return seconds(lambda: came.append(act())) * 1000, came[0]


def apply(kind: str, rows: Sequence[Row], by: User) -> Import:
    at = timezone.now()
    # The recount that follows is the work of others.
    with mock.patch.object(tasks.recompute_area, "delay"), transaction.atomic():
        done = Import.objects.create(
            kind=kind, filename="rows", reason="Bench", uploaded_at=at, moved_at=at, applied_at=at, by=by
        )
        found = KINDS[kind].apply(rows, to=done, by=by, at=at, progress=silent)
        assert not found.problems, found.problems[:3]
    assert found.created == len(rows)
    return done


def undo(done: Import) -> None:
    with mock.patch.object(tasks.recompute_area, "delay"), transaction.atomic():
        KINDS[done.kind].undo(done, by=done.by, at=timezone.now(), progress=silent)


def copied_out(tables: Sequence[str]) -> dict[str, io.StringIO]:
    """Statement that copies in what is in the table now, and the lines for it."""
    kept = {}
    for table in tables:
        names = sql(
            "SELECT attname FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum > 0"
            " AND attgenerated = '' AND NOT attisdropped ORDER BY attnum",
            table=table,
        )
        of_table = f"COPY {table} ({', '.join(name for (name,) in names)})"
        lines = kept[f"{of_table} FROM STDIN WITH (FORMAT csv)"] = io.StringIO()
        with connection.cursor() as cursor:
            cursor.copy_expert(f"{of_table} TO STDOUT WITH (FORMAT csv)", lines)
    return kept


def plain_copy(kept: dict[str, io.StringIO], tables: Sequence[str]) -> float:
    """Milliseconds that the same rows take into the same tables, empty."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}, schools_change CASCADE")

    def copy() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, lines in kept.items():
                lines.seek(0)
                cursor.copy_expert(statement, lines)

    return seconds(copy) * 1000


def measure_kind(kind: str, rows: Callable[[], Iterator[dict[str, Any]]], by: User) -> Iterator[Measured]:
    """Read from both formats, tried, applied, and all of an import from beginning to end."""
    spent = {}
    reading = Reading()
    for name, content in (("xlsx", xlsx_of(rows())), ("csv", csv_of(rows()))):
        spent[f"read {name}"], reading = taken(lambda content=content: read(io.BytesIO(content), KINDS[kind], silent))
        assert not reading.problems, reading.problems[:3]
    at = timezone.now()
    compare = lambda: KINDS[kind].compare(reading.rows, by=by, at=at, progress=silent)  # noqa: E731
    spent["dry run"], found = taken(compare)
    assert found.created == len(reading.rows), found.problems[:3]
    spent["apply"], done = taken(lambda: apply(kind, reading.rows, by))
    spent["the same file again"], found = taken(compare)
    assert found.unchanged == len(reading.rows)
    kept = copied_out(BECOMES[kind])
    spent["undo"], _none = taken(lambda: undo(done))
    plain = plain_copy(kept, BECOMES[kind])
    spent["read xlsx and apply"] = spent["read xlsx"] + spent["apply"]
    spent["read csv and apply"] = spent["read csv"] + spent["apply"]
    for what, took in spent.items():
        yield Measured(f"{len(reading.rows):,} {kind}: {what}", took, plain)


def measure() -> Section:
    """Needs a database without schools, and leaves it so."""
    regions = [RegionFactory(slug=f"r{n}") for n in range(REGIONS)]
    for n in range(DISTRICTS):
        DistrictFactory(region=regions[n % REGIONS], slug=f"d{n}")
    by = UserFactory(role=Role.DEPARTMENT_HEAD, is_superuser=True)
    rows = list(measure_kind("schools", schools, by))
    with connection.cursor() as cursor:
        cursor.execute(SYSTEMS)
        cursor.execute("ANALYZE")
    rows += measure_kind("cameras", cameras, by)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE schools_region, schools_school, bulk_import CASCADE")
    return Section("Imports, beside a plain COPY of the rows", rows)


def main() -> None:
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(measure())
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
