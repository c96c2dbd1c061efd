"""The vocabulary for narrowing audits and what they found."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audits.filters.schools import LONGEST_SEARCH, matching
from audits.models import Audit, Requirement, Status, Verdict, Violation
from core.filtering import YesOrNoFilter
from core.widgets import DayInput
from schools.models import School


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

    class Meta:
        model = Audit
        fields: list[str] = []

    def search(self, audits: QuerySet[Audit], _name: str, words: str) -> QuerySet[Audit]:
        return audits.filter(school__in=matching(School.objects.all(), words))

    def assigned(self, audits: QuerySet[Audit], _name: str, value: bool) -> QuerySet[Audit]:
        return audits.filter(inspector=self.request.user) if value else audits


class ViolationFilterSet(filters.FilterSet):
    state = filters.MultipleChoiceFilter(choices=Violation.State, label=_("State of the violation"))
    severity = filters.MultipleChoiceFilter(choices=Requirement.Severity, label=_("Severity"))
    code = filters.CharFilter(label=_("Code of the requirement"))
    school = filters.CharFilter(field_name="school__code", label=_("School code"))

    class Meta:
        model = Violation
        fields: list[str] = []
