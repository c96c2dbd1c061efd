"""Who may bring in which rows. Which of the rows are the person's to bring in, the kind says row by row."""

from typing import Any

from bulk.kinds import KINDS, ImportKind
from bulk.models import Import


def kinds_open_to(user: Any) -> list[ImportKind]:
    """In the order in which they are brought in."""
    return sorted((kind for kind in KINDS.values() if kind.is_open_to(user)), key=lambda kind: kind.rank)


def can_act_on(user: Any, file_import: Import) -> bool:
    """Who sent the file, as long as rows of its kind are open to the person."""
    kind = KINDS.get(file_import.kind)
    return file_import.by_id == user.pk and kind is not None and kind.is_open_to(user)
