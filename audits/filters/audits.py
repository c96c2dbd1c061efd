"""The vocabulary for narrowing audits."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audits.filters.schools import LONGEST_SEARCH, matching
from audits.models import Audit, Expectation, Status, Verdict
from audits.querysets import AuditQuerySet
from core.filtering import YesOrNoFilter
from core.widgets import DayInput
from schools.areas import Area
from schools.models import School


class ComparedFilter(filters.CharFilter):
    """`COV-05:stricter`: audits in which that requirement compares like that."""

    field_class = forms.RegexField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kinds = "|".join(Expectation.Agreement.values)
        super().__init__(*args, **{"regex": rf"^[A-Za-z0-9-]{{1,12}}:({kinds})$", **kwargs})


class AuditFilterSet(filters.FilterSet):
    """Narrows audits the person may see."""

    q = filters.CharFilter(
        method="search",
        label=_("Name, locality or code of the school"),
        max_length=LONGEST_SEARCH,
        widget=forms.SearchInput,
    )
    mine = YesOrNoFilter(
        method="assigned",
        label=_("Whose audits"),
        widget=forms.Select(choices=[("true", _("Assigned to me")), ("false", _("All that I may see"))]),
    )
    status = filters.MultipleChoiceFilter(choices=Status, label=_("Status"), widget=forms.CheckboxSelectMultiple)
    verdict = filters.MultipleChoiceFilter(choices=Verdict, label=_("Verdict"), widget=forms.CheckboxSelectMultiple)
    kind = filters.ChoiceFilter(choices=Audit.Kind, label=_("Kind of audit"), empty_label=_("Any"))
    school = filters.CharFilter(field_name="school__code", label=_("School code"))
    edition = filters.CharFilter(field_name="edition__code", label=_("Edition"))
    visited_after = filters.DateFilter(
        field_name="visited_on", lookup_expr="gte", label=_("Visited from"), widget=DayInput
    )
    visited_before = filters.DateFilter(
        field_name="visited_on", lookup_expr="lte", label=_("Visited until"), widget=DayInput
    )
    area = filters.CharFilter(method="placed_in", label=_("Area on the day of the visit"))
    precheck = ComparedFilter(method="differing", label=_("Requirement and how it compares with the pre-check"))

    class Meta:
        model = Audit
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        """`user` is the person who reads, where there is no request to tell."""
        super().__init__(*args, **kwargs)
        self.reader = user or getattr(self.request, "user", None)

    def search(self, audits: QuerySet[Audit], _name: str, words: str) -> QuerySet[Audit]:
        return audits.filter(school__in=matching(School.objects.all(), words))

    def placed_in(self, audits: AuditQuerySet, _name: str, key: str) -> AuditQuerySet:
        area = Area.from_key(key)
        return audits.placed_in(area) if area else audits.none()

    def differing(self, audits: QuerySet[Audit], _name: str, said: str) -> QuerySet[Audit]:
        code, _colon, agreement = said.partition(":")
        kept = Expectation.objects.filter(requirement__code=code, agreement=agreement)
        return audits.filter(pk__in=kept.values("audit"))

    def assigned(self, audits: QuerySet[Audit], _name: str, value: bool) -> QuerySet[Audit]:
        return audits.filter(inspector=self.reader) if value else audits


def compared_query(area: Area, since: date | None, until: date | None, **also: str) -> str:
    """The query that lists the audits which precheck.agreement.count() counts: `status=approved&area=kz`."""
    days = {"visited_after": since, "visited_before": until}
    asked = {"status": "approved", "area": area.key, **also}
    return urlencode(asked | {name: day.isoformat() for name, day in days.items() if day}, safe="/")
