"""What workers do. Ids in, one call; each safe to run twice."""

from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from bulk import export_job, jobs
from bulk.models import Export

# Less than the visibility timeout of the broker: a task that is still at it is never handed out a second time.
LONGEST = 540


class ExportTask(Task):
    """Whatever ends it before the file is there, the person is told."""

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        export_job.give_up(UUID(args[0]))


# Named, not Exception: a database that is away deserves another try, a mistake in the code does not.
@shared_task(
    base=ExportTask, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5, soft_time_limit=LONGEST
)
def make_export(export_id: str) -> None:
    export_job.make(UUID(export_id))


@shared_task
def sweep_exports() -> None:
    """Each minute: send again what a lost message left waiting, and let nobody wait for ever."""
    export_job.give_up_stuck(timezone.now())
    for export_id in Export.objects.waiting().values_list("pk", flat=True):
        # Expires, so that sweeps do not heap up the same work while all workers are busy.
        make_export.apply_async((str(export_id),), expires=60)


@shared_task
def delete_expired_exports() -> None:
    """Each night."""
    export_job.delete_expired(timezone.now())


def make_export_after_commit(export_id: UUID) -> None:
    """Send the work once this transaction is safe. A broker that is away is logged; the sweep sends it again."""

    # A named function: the robust path of Django 5.2 logs its __qualname__, which a partial lacks (ticket 36487).
    def enqueue() -> None:
        make_export.delay(str(export_id))

    transaction.on_commit(enqueue, robust=True)


# May take minutes: a message that the broker hands out again meanwhile finds the import in other hands, and ends.
@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def carry_on_import(import_id: int) -> None:
    jobs.carry_on(import_id)


@shared_task
def sweep_imports() -> None:
    """Each minute: send again what a lost message or a dead worker left."""
    for import_id in jobs.left_alone(timezone.now()):
        carry_on_import.apply_async((import_id,), expires=60)


def carry_on_after_commit(import_id: int) -> None:
    """Send the work once this transaction is safe. A broker that is away is logged; the sweep sends it again."""

    def enqueue() -> None:
        carry_on_import.delay(import_id)

    transaction.on_commit(enqueue, robust=True)
