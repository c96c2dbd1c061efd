"""Sets of systems, cameras and conditions that have a name. Imports no model, so that models may import it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import Role
from core.days import end_of
from schools.models import School


class CameraSystemQuerySet(models.QuerySet):
    def in_service(self, day: date) -> Self:
        return self.filter(Q(decommissioned_on=None) | Q(decommissioned_on__gt=day), commissioned_on__lte=day)

    def visible_to(self, user: Any) -> Self:
        return self.filter(school__in=_schools_with_open_inventory(user))


class CameraQuerySet(models.QuerySet):
    def installed(self, day: date) -> Self:
        """Cameras that hung on `day`, in a system that was in service then."""
        return self.filter(
            Q(removed_on=None) | Q(removed_on__gt=day),
            Q(system__decommissioned_on=None) | Q(system__decommissioned_on__gt=day),
            installed_on__lte=day,
            system__commissioned_on__lte=day,
        )

    def connected(self, day: date) -> Self:
        """Cameras whose picture reached the police operations centre on `day`."""
        return self.filter(Q(disconnected_on=None) | Q(disconnected_on__gt=day), connected_on__lte=day)

    def visible_to(self, user: Any) -> Self:
        """Camera positions are restricted information: the school, its inspectors and its department only."""
        return self.filter(system__school__in=_schools_with_open_inventory(user))


class ConditionQuerySet(models.QuerySet):
    def in_effect(self, day: date) -> Self:
        """What was known of each camera by the end of `day`; a later report never changes it."""
        moment = end_of(day)
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gte=moment), recorded_at__lt=moment)

    def not_working(self) -> Self:
        return self.exclude(state="working")


def _schools_with_open_inventory(user: Any) -> models.QuerySet:
    schools = School.objects.visible_to(user)
    if user.is_authenticated and user.role == Role.STATISTICS_CLIENT and not user.is_superuser:
        return schools.none()
    return schools
