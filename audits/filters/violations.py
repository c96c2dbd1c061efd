"""The vocabulary for narrowing what audits found."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.filters.schools import LONGEST_SEARCH, matching
from audits.models import Requirement, Violation
from core.widgets import DayInput
from schools.areas import Area
from schools.models import Placement, School


class ViolationFilterSet(filters.FilterSet):
    """Narrows violations the person may read."""

    q = filters.CharFilter(
        method="search",
        label=_("Name, locality or code of the school"),
        max_length=LONGEST_SEARCH,
        widget=forms.SearchInput,
    )
    area = filters.CharFilter(method="lying_in", label=_("Area"), widget=forms.Select)
    state = filters.MultipleChoiceFilter(
        choices=Violation.State,
        distinct=False,
        label=_("State of the violation"),
        widget=forms.CheckboxSelectMultiple,
    )
    severity = filters.MultipleChoiceFilter(
        choices=Requirement.Severity, distinct=False, label=_("Severity"), widget=forms.CheckboxSelectMultiple
    )
    code = filters.CharFilter(label=_("Code of the requirement"))
    school = filters.CharFilter(field_name="school__code", label=_("School code"))
    found_after = filters.DateFilter(
        field_name="found_by__visited_on", lookup_expr="gte", label=_("Found from"), widget=DayInput
    )
    found_before = filters.DateFilter(
        field_name="found_by__visited_on", lookup_expr="lte", label=_("Found until"), widget=DayInput
    )

    class Meta:
        model = Violation
        fields: list[str] = []

    def search(self, violations: QuerySet[Violation], _name: str, words: str) -> QuerySet[Violation]:
        return violations.filter(school__in=matching(School.objects.all(), words))

    def lying_in(self, violations: QuerySet[Violation], _name: str, key: str) -> QuerySet[Violation]:
        """Of schools placed in the area today."""
        area = Area.from_key(key)
        if area is None:
            return violations.none()
        placed = Placement.objects.on(timezone.localdate()).filter(area.places)
        return violations.filter(school__in=placed.values("school"))
