"""Sets of upgrade requests that have a name. Imports no model of this app."""

from typing import Any, Self

from django.db import models

from audits.querysets import schools_with_open_findings


class UpgradeRequestQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The school's own people, its inspectors and its department; statistics clients read no requests."""
        return self.filter(school__in=schools_with_open_findings(user))

    def for_list(self) -> Self:
        cured = models.Count("violations")
        return self.select_related("school", "filed_by").annotate(cures=cured).order_by("-filed_at", "-pk")
