"""What beat starts by itself. A schedule names its tasks as text, which no import would check."""

from celery import current_app
from django.conf import settings


def test_the_sweep_runs_each_minute_and_the_recount_of_everything_at_ten_past_midnight():
    current_app.loader.import_default_modules()
    planned = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert set(planned) <= set(current_app.tasks)
    assert planned.pop("audits.tasks.sweep_stale_areas") == 60.0
    (nightly,) = planned.values()
    assert (nightly.hour, nightly.minute) == ({0}, {10})
    assert current_app.conf.timezone == "Asia/Almaty"
