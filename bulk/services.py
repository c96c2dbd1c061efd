"""The acts on an import. What takes time is done by a worker, which sees the import as soon as the act is safe."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from bulk import permissions
from bulk.kinds import KINDS
from bulk.models import Import
from bulk.tasks import carry_on_after_commit
from core.errors import Conflict, Invalid, Problem

State = Import.State

# A country of 250,000 cameras is 70 MB of text.
LARGEST_FILE = 100 * 1024 * 1024
LONGEST_NAME = 200
LONGEST_REASON = 500


@transaction.atomic
def upload(*, file: File, kind: str, reason: str, by: User, at: datetime) -> Import:
    """Keep the file and have it checked; what is said of it is said in the active language.

    Invalid with every problem at once. Nothing changes before apply().
    """
    if kind not in KINDS:
        raise Invalid(Problem(_("Rows of this kind cannot be imported."), "kind"))
    if not KINDS[kind].is_open_to(by):
        raise PermissionDenied
    if problems := _problems(file, reason):
        raise Invalid(*problems)
    uploaded = Import.objects.create(
        kind=kind,
        # Not as the person called it: no name of a disk is that long, and none tells what it holds.
        file=File(file.file, name=uuid4().hex),
        filename=_name_of(file),
        reason=reason.strip(),
        by=by,
        language=get_language(),
        uploaded_at=at,
        moved_at=at,
    )
    carry_on_after_commit(uploaded.pk)
    return uploaded


def apply(*, file_import: Import, by: User, at: datetime) -> Import:
    """Have the whole of a checked file written. Conflict if it is not checked without problem, or was applied."""
    refusal = _("Only a file that was checked without problems, and is not applied yet, can be applied.")
    return _move(file_import, State.READY, State.APPLYING, refusal, by=by, at=at)


def undo(*, file_import: Import, by: User, at: datetime) -> Import:
    """Have put back what the import found. Conflict if it is not applied.

    The worker refuses it if something was built on the import since; the import then says what.
    """
    refusal = _("Only an import that is applied can be undone.")
    return _move(file_import, State.APPLIED, State.UNDOING, refusal, by=by, at=at)


@transaction.atomic
def _move(file_import: Import, was: State, became: State, refusal: str, *, by: User, at: datetime) -> Import:
    if not permissions.can_act_on(by, file_import):
        raise PermissionDenied
    # Not waited for: a worker holds the row for as long as it works, which may be minutes.
    rows = Import.objects.select_for_update(no_key=True, skip_locked=True)
    held = rows.filter(pk=file_import.pk, state=was).first()
    if held is None:
        raise Conflict(refusal)
    held.state, held.moved_at, held.attempts, held.problems = became, at, 0, []
    held.save(update_fields=["state", "moved_at", "attempts", "problems"])
    carry_on_after_commit(held.pk)
    return held


def _problems(file: File, reason: str) -> list[Problem]:
    problems = []
    if file.size == 0:
        problems.append(Problem(_("The file is empty."), "file"))
    if file.size > LARGEST_FILE:
        said = _("The file is larger than %(size)s MB. Divide it.") % {"size": LARGEST_FILE // 2**20}
        problems.append(Problem(said, "file"))
    if not reason.strip():
        said = _("Say why these rows are brought in: the history of each will quote it.")
        problems.append(Problem(said, "reason"))
    if len(reason.strip()) > LONGEST_REASON:
        said = _("The reason is too long: up to %(longest)s characters fit.") % {"longest": LONGEST_REASON}
        problems.append(Problem(said, "reason"))
    return problems


def _name_of(file: File) -> str:
    """As the person called the file: shortened at its beginning, so that the ending stays."""
    return (file.name or "").rpartition("/")[2][-LONGEST_NAME:]
