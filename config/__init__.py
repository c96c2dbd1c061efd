"""The root that ties everything together; no app imports it."""

# Celery's app must exist before any shared_task is called, in the web process as well.
from config.celery import app as celery_app

__all__ = ["celery_app"]
