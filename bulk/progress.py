"""How far an import is. Kept in the cache: the work itself is one transaction, out of which nothing is seen."""

import time
from dataclasses import dataclass

from django.core.cache import cache

# A worker that says nothing for so long is gone, or has finished.
KEPT_FOR = 900
TOLD_EACH = 0.25


@dataclass(frozen=True)
class Heard:
    """Rows done, of how many; None while the file is being read."""

    rows: int = 0
    of: int | None = None


class Told:
    """Called with how many rows are done; passes it on now and then. `of` is set once it is known."""

    def __init__(self, import_id: int) -> None:
        self.key = _key(import_id)
        self.of: int | None = None
        self.told_at = 0.0
        cache.delete(self.key)  # what an earlier worker said

    def __call__(self, rows: int) -> None:
        if time.monotonic() - self.told_at >= TOLD_EACH:
            cache.set(self.key, (rows, self.of), KEPT_FOR)
            self.told_at = time.monotonic()


def heard(import_id: int) -> Heard:
    """The last that the worker said."""
    return Heard(*cache.get(_key(import_id), ()))


def _key(import_id: int) -> str:
    return f"bulk-import-{import_id}"
