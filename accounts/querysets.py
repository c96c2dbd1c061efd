"""Sets of saved filters that have a name."""

from typing import Any, Self

from django.db import models


class SavedFilterQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def of_list(self, path: str) -> Self:
        """Those of one list, by name."""
        return self.filter(path=path).order_by("name", "pk")

    def by_list(self) -> Self:
        return self.order_by("path", "name", "pk")
