"""Sets of upgrade requests that have a name. Imports no model of this app."""

from typing import Any, Self

from django.db import models

from accounts.models import Role
from schools.models import School


class UpgradeRequestQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The school's own people, its inspectors and its department; statistics clients read no requests."""
        if not user.is_authenticated or (user.role == Role.STATISTICS_CLIENT and not user.is_superuser):
            return self.none()
        return self.filter(school__in=School.objects.visible_to(user))

    def for_list(self) -> Self:
        cured = models.Count("violations")
        return self.select_related("school", "filed_by").annotate(cures=cured).order_by("-filed_at", "-pk")
