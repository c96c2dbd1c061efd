"""Sets of imports and exports that have a name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models


def _length_of(column: str) -> models.Func:
    return models.Func(column, function="jsonb_array_length", output_field=models.IntegerField())


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; all of them for a superuser. The file of another may speak of schools one does not serve."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(by=user)

    def newest_first(self) -> Self:
        return self.order_by("-uploaded_at", "-pk")

    def for_list(self) -> Self:
        """Without the problems, which may be many, but with how many there are: `problem_count`."""
        return self.defer("problems").annotate(problem_count=_length_of("problems"))

    def with_first_problems(self, most: int) -> Self:
        """for_list(), and `first_problems`: so many of them."""
        first = models.Func(
            "problems",
            models.Value(f"$[0 to {most - 1}]"),
            function="jsonb_path_query_array",
            template="%(function)s(%(expressions)s::jsonpath)",
            output_field=models.JSONField(),
        )
        return self.for_list().annotate(first_problems=first)

    def waiting_since(self, moment: datetime, states: Iterable[str]) -> Self:
        """In one of the states since before the moment, and in nobody's hands: a worker locks what it works on."""
        return self.filter(state__in=states, moved_at__lt=moment).select_for_update(no_key=True, skip_locked=True)


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own only: the file holds what its owner may see, and nobody else need be allowed the same."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def unfinished(self) -> Self:
        """Those a worker has yet to make."""
        return self.filter(state__in=["waiting", "working"])

    def waiting(self) -> Self:
        """Those no worker has begun."""
        return self.filter(state="waiting")

    def expired(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")
