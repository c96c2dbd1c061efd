"""Acts beside each other, each in a session of its own with real commits. The fixture `beside` runs them."""

import threading

from django.db import connection

WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'
"""


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or else a transaction sees who waited when it first looked
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


def outcome(future):
    """What came of it: the thing, or the refusal."""
    return future.exception(timeout=20) or future.result()


def at_once(beside, *acts):
    """All of them from one starting line; what came of each."""
    line = threading.Barrier(len(acts))
    return [outcome(future) for future in [beside(lambda act=act: (line.wait(), act())[1]) for act in acts]]


def refused(outcomes):
    return [each for each in outcomes if isinstance(each, Exception)]
