"""Refusals of services, on the forms that asked."""

from django.forms import BaseForm

from core.errors import Conflict, Refused


def show(form: BaseForm, refused: Refused) -> None:
    """Each problem at the field it is about, the others above the form."""
    for problem in refused.problems:
        path = getattr(problem, "path", "")
        form.add_error(path if path in form.fields else None, str(problem))


def status_of(refused: Refused) -> int:
    return 409 if isinstance(refused, Conflict) else 422
