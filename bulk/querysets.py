"""Sets of imports and exports that have a name."""

from datetime import datetime
from typing import Any, Self

from django.db import models


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; all of them for a superuser. The file of another may speak of schools one does not serve."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(by=user)

    def newest_first(self) -> Self:
        return self.order_by("-uploaded_at", "-pk")


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own only: the file holds what its owner may see, and nobody else need be allowed the same."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def expired(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")
