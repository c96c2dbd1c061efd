"""Sets of audits, answers, violations and figures that have a name. Imports no model of this app."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Role
from core.days import end_of
from schools.areas import Area
from schools.models import District, Placement, Region, School
from schools.querysets import serves_the_country

# They read what is approved; the department reads every audit from its planning on.
ROLES_THAT_WAIT_FOR_APPROVAL = {Role.INSPECTOR, Role.SCHOOL_ADMINISTRATOR}


def reads_findings(user: Any) -> bool:
    """The person may read what was found in schools it sees; statistics clients read figures and standings alone."""
    return user.is_authenticated and (user.is_superuser or user.role != Role.STATISTICS_CLIENT)


def schools_with_open_findings(user: Any) -> models.QuerySet:
    """Schools of which the person may read what was found."""
    return School.objects.visible_to(user) if reads_findings(user) else School.objects.none()


class EditionQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Those that audits may be judged by, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-in_force_from", "-pk")

    def in_force(self, day: date) -> Self:
        """Published editions that had come into force by `day`, the newest first."""
        return self.published().filter(in_force_from__lte=day)


class AuditQuerySet(models.QuerySet):
    def counting_on(self, day: date) -> Self:
        """Audits that reach the figures of `day`: approved, and not yet voided, by its end in Asia/Almaty."""
        moment = end_of(day)
        return self.filter(
            Q(voided_at=None) | Q(voided_at__gte=moment), approved_at__lt=moment, standard__decides_standing=True
        )

    def placed_in(self, area: Area) -> Self:
        """Audits of schools that were placed in the area on the day of the visit."""
        on_the_day = Placement.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=OuterRef("visited_on")),
            area.places,
            school=OuterRef("school"),
            valid_from__lte=OuterRef("visited_on"),
        )
        return self.filter(Exists(on_the_day))

    def visited(self, since: date | None, until: date | None) -> Self:
        """Of visits from the one day to the other, both included; None: no end."""
        bounds = {"visited_on__gte": since, "visited_on__lte": until}
        return self.filter(**{name: day for name, day in bounds.items() if day is not None})

    def approved(self) -> Self:
        """Those that count and have not been voided."""
        return self.filter(status="approved")

    def newest_first(self) -> Self:
        """By date of visit, then approval, then key: the order that decides which audit speaks for a school."""
        return self.order_by(F("visited_on").desc(nulls_last=True), F("approved_at").desc(nulls_last=True), "-pk")

    def visible_to(self, user: Any) -> Self:
        """Inspectors see their own and what is approved; schools what is approved; the department all it serves."""
        served = Q(school__in=schools_with_open_findings(user))
        if not user.is_authenticated or user.is_superuser or user.role not in ROLES_THAT_WAIT_FOR_APPROVAL:
            return self.filter(served)
        return self.filter(served & Q(status__in=["approved", "voided"]) | Q(inspector=user))

    def for_list(self) -> Self:
        return self.select_related("school", "edition", "inspector")

    def in_turn(self, *statuses: str) -> Self:
        """Grouped by status in the order given; open work by its day, the soonest first; the newest approvals first."""
        turn = Case(*(When(status=status, then=Value(place)) for place, status in enumerate(statuses)))
        day = Case(When(approved_at=None, then=Coalesce("visited_on", "planned_for")))
        return self.order_by(turn, day, F("approved_at").desc(nulls_last=True), "-pk")

    def count_by_status(self) -> dict[str, int]:
        counted = self.order_by().values("status").annotate(audits=Count("pk"))
        return dict(counted.values_list("status", "audits"))


class AuditEventQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.select_related("by").order_by("at", "pk")

    def returns(self) -> Self:
        """Steps back to the inspector, the newest first."""
        return self.select_related("by").filter(became="returned").order_by("-at", "-pk")


class AnswerQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.select_related("requirement").order_by("requirement__position")


class ViolationQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state="open")

    def visible_to(self, user: Any) -> Self:
        """What a school lacks is not for statistics: its own people, its inspectors, departments up to the country."""
        return self.filter(school__in=schools_with_open_findings(user))

    def in_order(self) -> Self:
        return self.select_related("requirement", "found_by", "seen_by", "fixed_by").order_by(
            "requirement__position", "pk"
        )


class AreaFiguresQuerySet(models.QuerySet):
    def of(self, area: Area) -> Self:
        return self.filter(**area.columns)

    def of_parts_of(self, area: Area) -> Self:
        """Of the areas just below: regions of the country, districts of a region."""
        return self.filter(district__region=area.region) if area.region else self.filter(region__isnull=False)

    def by_the_end_of(self, day: date) -> Self:
        return self.filter(as_of__lte=day)

    def newest_first(self) -> Self:
        return self.order_by("-as_of", "-pk")

    def newest_of_each_area(self) -> Self:
        return self.order_by("region_id", "district_id", "-as_of", "-pk").distinct("region_id", "district_id")

    def visible_to(self, user: Any) -> Self:
        """Figures of the areas the person serves and of those below them."""
        if not user.is_authenticated:
            return self.none()
        if serves_the_country(user):
            return self
        return self.filter(
            Q(region__in=Region.objects.visible_to(user)) | Q(district__in=District.objects.visible_to(user))
        )
