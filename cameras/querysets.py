"""Sets of systems, cameras and conditions that have a name. Imports no model, so that models may import it."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Value, When

from core.days import end_of
from schools.models import School
from schools.querysets import sees_cameras, serves_the_country


def _sees_all(user: Any) -> bool:
    """Of every school: then none is asked for, which would cost a list of the country half its time."""
    return sees_cameras(user) and serves_the_country(user)


class CameraSystemQuerySet(models.QuerySet):
    def in_service(self, day: date) -> Self:
        """Systems that counted as equipment on `day`."""
        return self.filter(Q(counts_until=None) | Q(counts_until__gt=day), counts_from__lte=day)

    def visible_to(self, user: Any) -> Self:
        return self if _sees_all(user) else self.filter(school__in=School.objects.with_open_inventory(user))


class CameraQuerySet(models.QuerySet):
    def installed(self, day: date) -> Self:
        """Cameras that hung on `day`, in a system that was in service then."""
        return self.filter(
            Q(counts_until=None) | Q(counts_until__gt=day),
            Q(system__counts_until=None) | Q(system__counts_until__gt=day),
            counts_from__lte=day,
            system__counts_from__lte=day,
        )

    def connected(self, day: date) -> Self:
        """Cameras whose picture reached the police operations centre on `day`."""
        return self.filter(self._connected(day))

    def with_state(self, day: date) -> Self:
        """Annotated with what was known of each by the end of `day`: `state` (None if nobody reported), `observed_on`,
        `note`, and `is_connected`."""
        known = FilteredRelation("conditions", condition=_known_by(end_of(day), "conditions__"))
        return self.annotate(
            known=known,
            state=F("known__state"),
            observed_on=F("known__observed_on"),
            note=F("known__note"),
            is_connected=Case(When(self._connected(day), then=Value(True)), default=Value(False)),
        )

    def not_connected(self, day: date) -> Self:
        """The others: never connected, not yet, or no longer."""
        return self.filter(
            Q(connected_on=None) | Q(connected_on__gt=day) | Q(disconnected_on__lte=day), ~self._formerly_connected(day)
        )

    def visible_to(self, user: Any) -> Self:
        """Camera positions are restricted information: the school, its inspectors and its department only."""
        return self if _sees_all(user) else self.filter(system__school__in=School.objects.with_open_inventory(user))

    def _connected(self, day: date) -> Q:
        present = (Q(disconnected_on=None) | Q(disconnected_on__gt=day)) & Q(connected_on__lte=day)
        return present | self._formerly_connected(day)

    def _formerly_connected(self, day: date) -> Q:
        """In a time before the present one: few rows, read once per query."""
        former: Any = self.model._meta.get_field("former_connections").related_model
        then = former.objects.filter(connected_on__lte=day, disconnected_on__gt=day)
        return Q(pk__in=then.values("camera"))


class ConditionQuerySet(models.QuerySet):
    def in_effect(self, day: date) -> Self:
        """What was known of each camera by the end of `day`; a later report never changes it."""
        return self.filter(_known_by(end_of(day)))

    def not_working(self) -> Self:
        return self.exclude(state="working")


def _known_by(moment: datetime, prefix: str = "") -> Q:
    still = Q(**{f"{prefix}superseded_at": None}) | Q(**{f"{prefix}superseded_at__gte": moment})
    return still & Q(**{f"{prefix}recorded_at__lt": moment})
