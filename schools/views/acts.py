"""The page of each act on a school: what it asks for, what it will do, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from core.errors import Refused
from schools import permissions, services
from schools.forms.acts import ActForm, ConfirmForm, CorrectionForm, MergeForm, MoveForm, ReasonForm, RenameForm
from schools.forms.acts import DatedForm as ClosingForm
from schools.models import School


@dataclass(frozen=True)
class Act:
    """One act on a school. `asks_twice`: what was entered is shown once more before it is done."""

    perform: Callable[..., Any]
    form: type[ActForm]
    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    may: Callable[[User, School], bool] = permissions.can_keep_the_roll
    asks_twice: bool = False


CORRECT = Act(
    services.correct,
    CorrectionForm,
    title=_("Correct the record"),
    text=_("What was written before stays in the history."),
    button=_("Save"),
    done=_("The record is saved."),
    may=permissions.can_correct,
)
CONFIRM = Act(
    services.confirm,
    ConfirmForm,
    title=_("Confirm the record"),
    text=_("You say that all the portal says of this school is right today: its name, place, building and contacts."),
    button=_("The record is right"),
    done=_("The record is confirmed. Thank you."),
    may=permissions.can_confirm,
)
RENAME = Act(
    services.rename,
    RenameForm,
    title=_("Rename the school"),
    text=_("The former name stays on the page of the school, with the day until which it held."),
    button=_("Rename"),
    done=_("The school is renamed."),
)
MOVE = Act(
    services.move,
    MoveForm,
    title=_("Move to another district"),
    text=_("From that day the school counts in the figures of the other district; those of the days before stay."),
    button=_("Move"),
    done=_("The move is arranged."),
)
CANCEL_MOVE = Act(
    services.cancel_move,
    ReasonForm,
    title=_("Cancel the move"),
    text=_("The school stays in its present district. That a move was arranged stays in the history."),
    button=_("Cancel the move"),
    done=_("The move is cancelled."),
)
CLOSE = Act(
    services.close,
    ClosingForm,
    title=_("Close the school"),
    text=_("From that day the school is in no figure. Its audits, equipment and history stay."),
    button=_("Close the school"),
    done=_("The closing is entered."),
    asks_twice=True,
)
MERGE = Act(
    services.merge,
    MergeForm,
    title=_("Merge into another school"),
    text=_("From that day this school is closed and the other goes on. The history of both says so."),
    button=_("Merge the schools"),
    done=_("The merger is entered."),
    asks_twice=True,
)
CANCEL_CLOSING = Act(
    services.cancel_closing,
    ReasonForm,
    title=_("Cancel the closing"),
    text=_("The school stays open. That a closing was arranged stays in the history."),
    button=_("Cancel the closing"),
    done=_("The closing is cancelled."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def act_page(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """Asks; does; and on a refusal says why, with all that was typed. 409 with the differences for an older version."""
    school = get_object_or_404(School.objects.visible_to(request.user), code=code)
    if not act.may(request.user, school):
        raise PermissionDenied
    form = act.form(request.POST or None, school=school, user=request.user, **_initial(act, request))
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        elif act.asks_twice and "sure" not in request.POST:
            # Tried first, so that nobody is asked whether they are sure of what would be refused.
            if not (status := _perform(act, form, school, request.user, is_trial=True)):
                return _page(request, "schools/act_sure.html", act, school, form)
        elif not (status := _perform(act, form, school, request.user)):
            messages.success(request, str(act.done))
            return redirect("audits:school_page", school.code)
    return _page(request, "schools/act_page.html", act, school, form, status)


def _initial(act: Act, request: SignedInRequest) -> dict[str, Any]:
    return {"confirms": "confirms" in request.GET} if act is CORRECT else {}


def _perform(act: Act, form: ActForm, school: School, by: User, *, is_trial: bool = False) -> int:
    """0 if it was done, or the status of its refusal. A trial leaves nothing written."""
    try:
        with transaction.atomic():
            act.perform(school=school, by=by, at=timezone.now(), **form.arguments)
            transaction.set_rollback(is_trial)
    except Refused as refused:
        return form.refuse(refused, school)
    return 0


def _page(
    request: HttpRequest, template: str, act: Act, school: School, form: ActForm, status: int = 200
) -> HttpResponse:
    return render(request, template, {"act": act, "school": school, "form": form}, status=status)
