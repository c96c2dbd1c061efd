"""What beat starts by itself. A schedule names its tasks as text, which no import would check."""

from celery import current_app
from django.conf import settings


def test_sweeps_run_each_minute_and_what_takes_longer_at_night():
    current_app.loader.import_default_modules()
    planned = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert set(planned) <= set(current_app.tasks)
    sweeps = {"audits.tasks.sweep_stale_areas", "bulk.tasks.sweep_imports", "bulk.tasks.sweep_exports"}
    assert {planned.pop(sweep) for sweep in sweeps} == {60.0}
    assert {task: (at.hour, at.minute) for task, at in planned.items()} == {
        "audits.tasks.recompute_all_areas": ({0}, {10}),
        "bulk.tasks.delete_expired_exports": ({3}, {10}),
    }
    assert current_app.conf.timezone == "Asia/Almaty"
