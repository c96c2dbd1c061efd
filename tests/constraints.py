"""What every app asks of its constraints: the database itself refuses, whoever writes."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction


def constraints_of(app: str) -> set[str]:
    """The names of all constraints that the models of the app declare."""
    return {
        constraint.name for model in apps.get_app_config(app).get_models() for constraint in model._meta.constraints
    }


def assert_refused(write: Callable[[], object], by: str) -> None:
    """The write breaks the constraint, or the trigger that says `by`."""
    with pytest.raises(IntegrityError, match=by), transaction.atomic():
        write()
