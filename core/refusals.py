"""Refusals of services, on the forms that asked."""

from django.forms import BaseForm

from core.errors import Conflict, Problem, Refused


def show(form: BaseForm, refused: Refused) -> None:
    """Each problem at the field it is about, the others above the form."""
    for problem in refused.problems:
        if isinstance(problem, Problem) and problem.path in form.fields:
            form.add_error(problem.path, problem.alone)
        else:
            form.add_error(None, str(problem))


def status_of(refused: Refused) -> int:
    return 409 if isinstance(refused, Conflict) else 422
