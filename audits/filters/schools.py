"""The one vocabulary for narrowing schools: page, API, map and export use the same."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audits.compliance import Connection, SchoolsWithStanding, Standing, in_area
from audits.kept_facts import having, knows_violations
from audits.querysets import reads_findings
from core.filtering import CodesFilter, WholeNumberFilter, YesOrNoFilter
from core.widgets import DayInput, LongSelect
from schools.areas import Area
from schools.confirmation import Confirmation
from schools.models import School, folded

# Each word is looked for by itself: an address full of words would hold a worker for long.
LONGEST_SEARCH = 200
YES_OR_NO = [("", _("Any")), ("true", _("Yes")), ("false", _("No"))]
# What is known of the schools of today alone, and to those who may read what was found in them.
OF_VIOLATIONS = ("violations", "violations_min")
# Filters by one fact, and how each looks for it.
LOOKUPS = {
    "standing": "standing__in",
    "equipped": "is_equipped",
    "visited_after": "visited_on__gte",
    "visited_before": "visited_on__lte",
    "violations_min": "open_violations__gte",
}

# The list behind each count of compliance.Counts: as many schools as the count says.
BEHIND: dict[str, dict[str, Any]] = {
    "roll": {},
    **{standing: {"standing": standing} for standing in Standing.values},
    "assessed": {"standing": [Standing.COMPLIANT.value, Standing.NON_COMPLIANT.value]},
    "equipped": {"equipped": "true"},
    "operational": {"malfunctioning": "false"},
    "malfunctioning": {"malfunctioning": "true"},
    "connected_fully": {"connection": Connection.FULLY.value},
    "connected_partly": {"connection": Connection.PARTLY.value},
    "not_connected": {"connection": Connection.NONE.value},
}


def query_behind(count: str, area: Area, **also: str) -> str:
    """The query of SchoolFilterSet that lists the schools behind one count: `area=kz&standing=compliant`."""
    query = QueryDict(mutable=True)
    for name, value in {"area": area.key, **BEHIND[count], **also}.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query.urlencode(safe="/")


def matching(schools: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Schools that have every word in their names, localities or code, in Kazakh or in Russian spelling."""
    for word in words.split():
        schools = schools.filter(search_text__contains=folded(word))
    return schools


class SchoolFilterSet(filters.FilterSet):
    """Narrows kept_facts.listed(day). The day itself, as_of, is chosen before."""

    q = filters.CharFilter(
        method="search", label=_("Name, number, locality or code"), max_length=LONGEST_SEARCH, widget=forms.SearchInput
    )
    code = CodesFilter(field_name="code", label=_("Codes"))
    area = filters.CharFilter(method="lying_in", label=_("Area"), widget=LongSelect)
    kind = filters.MultipleChoiceFilter(
        choices=School.Kind, distinct=False, label=_("Kind of school"), widget=forms.CheckboxSelectMultiple
    )
    ownership = filters.ChoiceFilter(choices=School.Ownership, label=_("Ownership"), empty_label=_("Any"))
    setting = filters.ChoiceFilter(choices=School.Setting, label=_("City or village"), empty_label=_("Any"))
    pupils_min = WholeNumberFilter(field_name="pupils", lookup_expr="gte", label=_("Pupils, at least"))
    pupils_max = WholeNumberFilter(field_name="pupils", lookup_expr="lte", label=_("Pupils, at most"))
    standing = filters.MultipleChoiceFilter(
        method="by_fact", choices=Standing, label=_("Standing"), widget=forms.CheckboxSelectMultiple
    )
    equipped = YesOrNoFilter(method="by_fact", label=_("Equipped"), widget=forms.Select(choices=YES_OR_NO))
    malfunctioning = YesOrNoFilter(
        method="malfunction", label=_("Malfunctioning"), widget=forms.Select(choices=YES_OR_NO)
    )
    connection = filters.MultipleChoiceFilter(
        method="connected", choices=Connection, label=_("Connection"), widget=forms.CheckboxSelectMultiple
    )
    edition = filters.CharFilter(method="judged_under", label=_("Edition"), widget=forms.Select)
    visited = YesOrNoFilter(
        method="ever_visited",
        label=_("Ever visited"),
        widget=forms.Select(choices=[("", _("Any")), ("true", _("At least once")), ("false", _("Never"))]),
    )
    visited_after = filters.DateFilter(method="by_fact", label=_("Last visit from"), widget=DayInput)
    visited_before = filters.DateFilter(method="by_fact", label=_("Last visit until"), widget=DayInput)
    violations = YesOrNoFilter(
        method="with_violations",
        label=_("Open violations"),
        widget=forms.Select(choices=[("", _("Any")), ("true", _("One or more")), ("false", _("None"))]),
    )
    violations_min = WholeNumberFilter(method="by_fact", label=_("Open violations, at least"))
    located = YesOrNoFilter(
        field_name="latitude",
        lookup_expr="isnull",
        exclude=True,
        label=_("On the map"),
        widget=forms.Select(choices=YES_OR_NO),
    )
    confirmation = filters.MultipleChoiceFilter(
        choices=Confirmation, distinct=False, label=_("Record of the school"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = School
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        """`user` is the person who reads, where there is no request to tell."""
        super().__init__(*args, **kwargs)
        self.reader = user or getattr(self.request, "user", None)
        for name in OF_VIOLATIONS:
            self.form.fields[name].validators.append(self.refuse_what_is_not_known)

    def refuse_what_is_not_known(self, _value: Any) -> None:
        if self.reader is not None and not reads_findings(self.reader):
            raise forms.ValidationError(gettext("Violations are not open to you."), code="not_open")
        if not knows_violations(self.queryset):
            raise forms.ValidationError(gettext("Known for today only: leave the day empty."), code="not_known")

    def search(self, schools: SchoolsWithStanding, _name: str, words: str) -> SchoolsWithStanding:
        return matching(schools, words)

    def lying_in(self, schools: SchoolsWithStanding, _name: str, key: str) -> SchoolsWithStanding:
        area = Area.from_key(key)
        return in_area(schools, area) if area else schools.none()

    def by_fact(self, schools: SchoolsWithStanding, name: str, value: Any) -> SchoolsWithStanding:
        return having(schools, **{LOOKUPS[name]: value})

    def malfunction(self, schools: SchoolsWithStanding, _name: str, value: bool) -> SchoolsWithStanding:
        # Of equipped schools only: a school without a system neither works nor fails.
        return having(schools, is_equipped=True, is_malfunctioning=value)

    def connected(self, schools: SchoolsWithStanding, _name: str, values: list[str]) -> SchoolsWithStanding:
        return having(schools, is_equipped=True, connection__in=values)

    def judged_under(self, schools: SchoolsWithStanding, _name: str, code: str) -> SchoolsWithStanding:
        return having(schools, edition_code=code, standing__in=[Standing.COMPLIANT, Standing.NON_COMPLIANT])

    def with_violations(self, schools: SchoolsWithStanding, _name: str, value: bool) -> SchoolsWithStanding:
        return having(schools, **({"open_violations__gt": 0} if value else {"open_violations": 0}))

    def ever_visited(self, schools: SchoolsWithStanding, _name: str, value: bool) -> SchoolsWithStanding:
        return having(schools, visited_on__isnull=not value)
