"""Sets of places and schools that have a name. Imports no model, so that models may import it."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, DateField, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from accounts.models import Role
from core.days import end_of
from schools.confirmation import PERIOD, WARNING, Confirmation


def serves_the_country(user: Any) -> bool:
    """The person's figures and lists have no edge."""
    return user.is_superuser or user.memberships.filter(whole_country=True).exists()


# Who works at or with the school itself. A viewer of the whole country reads figures and verdicts, not blind spots.
ROLES_THAT_SEE_CAMERAS = {
    Role.DEPARTMENT_HEAD,
    Role.DEPARTMENT_OFFICER,
    Role.INSPECTOR,
    Role.SCHOOL_ADMINISTRATOR,
}


def sees_cameras(user: Any) -> bool:
    """The role may know where a school looks and where it does not; which schools, membership says."""
    return user.is_authenticated and (user.is_superuser or user.role in ROLES_THAT_SEE_CAMERAS)


class AreaQuerySet(models.QuerySet):
    def existing_on(self, day: date) -> Self:
        """Areas that had been established and not yet abolished on `day`."""
        return self.filter(
            Q(established_on=None) | Q(established_on__lte=day), Q(abolished_on=None) | Q(abolished_on__gt=day)
        )

    def sorted_by_name(self) -> Self:
        """Cities first, then districts, each in the order of the Kazakh alphabet."""
        return self.order_by("kind", "name_sort", "pk")


class RegionQuerySet(AreaQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Regions whose figures the person may read: those it serves, all of them for the country."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if serves_the_country(user):
            return self
        return self.filter(Exists(user.memberships.filter(region=OuterRef("pk"))))


class DistrictQuerySet(AreaQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Districts whose figures the person may read: those it serves, itself or through their region."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if serves_the_country(user):
            return self
        return self.filter(
            Exists(user.memberships.filter(Q(district=OuterRef("pk")) | Q(region=OuterRef("region_id"))))
        )


class PlacementQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        return self.not_over(day).filter(valid_from__lte=day)

    def not_over(self, day: date) -> Self:
        """Those of `day` and those to come."""
        return self.filter(_not_over(day))

    def with_places(self) -> Self:
        return self.select_related("district__region")


class SchoolQuerySet(models.QuerySet):
    def open_on(self, day: date) -> Self:
        return self.not_closed_by(day).filter(opened_on__lte=day)

    def not_closed_by(self, day: date) -> Self:
        """Those that are open on `day` and those that have yet to open."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def visible_to(self, user: Any) -> Self:
        """Schools of the areas the person serves.

        A school counts for every area it was ever placed in: a figure of the past and the list behind it must agree
        for the one who reads them. Never multiplies rows.
        """
        if isinstance(user, AnonymousUser):
            return self.none()
        if serves_the_country(user):
            return self
        served = user.memberships
        return self.filter(
            Q(pk__in=served.exclude(school=None).values("school"))
            | Q(pk__in=served.exclude(district=None).values("district__placements__school"))
            | Q(pk__in=served.exclude(region=None).values("region__districts__placements__school"))
        )

    def served_by(self, user: Any, day: date) -> Self:
        """Those of visible_to() that are in an area of the person on `day`, or will be: not those that have left."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if serves_the_country(user):
            return self
        served = user.memberships
        districts = served.filter(_not_over(day, "district__placements__"))
        regions = served.filter(_not_over(day, "region__districts__placements__"))
        # One set, not three conditions: of those the planner believes that nearly every school meets one, and reads all
        # cameras of the country for those of a region.
        return self.filter(
            pk__in=served.exclude(school=None)
            .values("school")
            .union(
                districts.exclude(district=None).values("district__placements__school"),
                regions.exclude(region=None).values("region__districts__placements__school"),
            )
        )

    def with_open_inventory(self, user: Any) -> Self:
        """What hangs in a school now is for those who serve it now, not for those of its former district."""
        return self.served_by(user, timezone.localdate()) if sees_cameras(user) else self.none()

    def with_confirmation(self, day: date) -> Self:
        """Annotated with `confirmation`, a Confirmation, and `confirmation_until`, the last day on which the word of
        the school holds, as they were at the end of `day`."""
        last_word = self._last_word(day)
        status = Case(
            When(last_word__lt=day - PERIOD, then=Value(Confirmation.OVERDUE.value)),
            When(last_word__lte=day - PERIOD + WARNING, then=Value(Confirmation.DUE.value)),
            default=Value(Confirmation.CONFIRMED.value),
        )
        until = Cast(F("last_word") + PERIOD, DateField())
        return self.annotate(last_word=last_word).annotate(confirmation=status, confirmation_until=until)

    def confirmation_is(self, status: str, day: date) -> Self:
        """Those of which with_confirmation(day) says the status."""
        return self.with_confirmation(day).filter(confirmation=status)

    def _last_word(self, day: date) -> Coalesce:
        """The day of the last confirmation by the end of `day`, or else that of the first placement."""
        end = end_of(day)
        changes: Any = self.model._meta.get_field("changes").related_model
        placements: Any = self.model._meta.get_field("placements").related_model
        earlier = changes.objects.filter(school=OuterRef("pk"), act="confirmed", at__lt=end).order_by("-at")
        first = placements.objects.filter(school=OuterRef("pk")).order_by("valid_from")
        # The history is asked only for a day before the confirmation that the school itself knows of.
        confirmed_at = Case(
            When(confirmed_at__lt=end, then=F("confirmed_at")),
            When(confirmed_at=None, then=None),
            default=Subquery(earlier.values("at")[:1]),
            output_field=DateTimeField(),
        )
        return Coalesce(TruncDate(confirmed_at), Subquery(first.values("valid_from")[:1]), F("opened_on"))

    def sorted_by_name(self) -> Self:
        """In the order of the Kazakh alphabet, numbers by their value, the key last so that paging is stable."""
        return self.order_by(F("name_sort"), "pk")


class ReformQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """What law did to the areas is for everybody who signs in."""
        return self if user.is_authenticated else self.none()

    def newest_first(self) -> Self:
        return self.select_related("by").order_by("-effective_on", "-pk")


class ChangeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The history of a school is for those who read the school, people's names not for statistics; that of its
        equipment for those who may see its cameras."""
        if not user.is_authenticated or (user.role == Role.STATISTICS_CLIENT and not user.is_superuser):
            return self.none()
        schools: Any = self.model._meta.get_field("school").remote_field.model.objects
        return self.filter(
            Q(subject="school", school__in=schools.visible_to(user)) | Q(school__in=schools.with_open_inventory(user))
        )

    def newest_first(self) -> Self:
        return self.select_related("by").order_by("-at", "-pk")


def _not_over(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
