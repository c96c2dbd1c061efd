"""Exports at the size of the country, until the file lies in its storage, beside a plain COPY TO STDOUT of its rows.
`python -m bench.exports` measures them alone and tells the peak of memory of a worker that makes each.
"""

import multiprocessing
import os
import resource
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Role, User
from audits import kept_facts
from bench.country import populate
from bench.measuring import Measured, Section, seconds
from bulk import export_job, exports, tasks
from bulk.listing import LISTINGS
from bulk.models import Export
from schools.areas import Area
from tests.factories import UserFactory

PLACED = """
JOIN schools_placement p ON p.school_id = s.id AND p.valid_from <= current_date
    AND (p.valid_to IS NULL OR p.valid_to > current_date)
JOIN schools_district d ON d.id = p.district_id JOIN schools_region r ON r.id = d.region_id
"""
PLAIN = {
    "schools": f"""
SELECT s.code, s.name_kk, s.kind, s.ownership, s.setting, s.locality_kk, d.name_kk, r.name_kk, s.pupils, f.standing,
       f.is_equipped, f.is_malfunctioning, f.connection, f.open_violations, f.visited_on, f.edition_code
FROM schools_school s {PLACED} JOIN audits_schoolfacts f ON f.school_id = s.id ORDER BY s.name_sort, s.id
""",
    "cameras": f"""
SELECT s.code, s.name_kk, s.locality_kk, d.name_kk, r.name_kk, y.number, c.number, c.zone, c.floor, c.is_outdoor,
       c.is_digital, c.model, c.width_px, c.height_px, c.frames_per_second, c.bitrate_mbps, c.field_of_view,
       c.target_distance, c.has_night_mode, c.installed_on, c.connected_on, o.state, o.observed_on, o.note
FROM cameras_camera c JOIN cameras_camerasystem y ON y.id = c.system_id
JOIN schools_school s ON s.id = y.school_id {PLACED}
LEFT JOIN LATERAL (SELECT * FROM cameras_condition n WHERE n.camera_id = c.id
                   ORDER BY n.observed_on DESC, n.recorded_at DESC, n.id DESC LIMIT 1) o ON true
ORDER BY y.id, c.number, c.id
""",
}


def copy(listing: str) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({PLAIN[listing]}) TO STDOUT WITH (FORMAT csv)", StringIO())


def make(listing: str, format: str, by: User) -> None:
    """Ask for all of the list, and make its file."""
    whole = LISTINGS[listing](user=by, query=QueryDict())
    with override("kk"), mock.patch.object(tasks.make_export, "delay"):
        asked = exports.ask(listing=whole, format=format, by=by, at=timezone.now())
    export_job.make(asked.pk)
    assert Export.objects.get(pk=asked.pk).state == Export.State.READY


def in_a_worker(act: Callable[[], Any]) -> int:
    """Peak of the memory of a process of its own that does it, in MB."""
    connection.close()
    fork = multiprocessing.get_context("fork")
    told = fork.SimpleQueue()

    def work() -> None:
        act()
        told.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

    worker = fork.Process(target=work)
    worker.start()
    peak = told.get()
    worker.join()
    return peak


def measure() -> Section:
    """Needs the country of bench.country with the facts of its schools kept."""
    by = UserFactory(role=Role.DEPARTMENT_HEAD, is_superuser=True)
    storages = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    with TemporaryDirectory() as folder, override_settings(STORAGES=storages, MEDIA_ROOT=folder):
        rows = list(_measured(by))
    Export.objects.filter(by=by).delete()
    by.delete()
    return Section("Exports, beside a plain COPY TO STDOUT of the rows", rows)


def _measured(by: User) -> Iterator[Measured]:
    for listing in PLAIN:
        copy(listing)
        plain = seconds(lambda listing=listing: copy(listing)) * 1000
        for format in Export.Format.values:
            act = partial(make, listing, format, by)
            took = seconds(act) * 1000
            what = f"{Export.objects.newest_first()[0].rows_done:,} {listing} as .{format}"
            print(f"{what}: {in_a_worker(act)} MB at most")
            yield Measured(what, took, plain)


def main() -> None:
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        populate()
        kept_facts.keep_missing(Area())
        print(measure())
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
