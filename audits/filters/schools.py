"""The one vocabulary for narrowing schools: page, API, map and export use the same."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from audits.compliance import Connection, SchoolsWithStanding, Standing, in_area
from core.filtering import YesOrNoFilter
from schools.areas import Area
from schools.models import School

# Each word is looked for in six columns: an address full of words would hold a worker for ten seconds.
LONGEST_SEARCH = 200
YES_OR_NO = [("", _("Any")), ("true", _("Yes")), ("false", _("No"))]

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
    """Schools that have every word in a name or a locality of any language, or as their code."""
    for word in words.split():
        found = Q(code__iexact=word)
        for name in (f"{field}_{language}" for field in ("name", "locality") for language in ("kk", "ru", "en")):
            found |= Q(**{f"{name}__icontains": word})
        schools = schools.filter(found)
    return schools


class SchoolFilterSet(filters.FilterSet):
    """Narrows schools_with_standing(). The day itself, as_of, is chosen before."""

    q = filters.CharFilter(
        method="search", label=_("Name, locality or code"), max_length=LONGEST_SEARCH, widget=forms.SearchInput
    )
    area = filters.CharFilter(method="lying_in", label=_("Area"), widget=forms.Select)
    standing = filters.MultipleChoiceFilter(choices=Standing, label=_("Standing"), widget=forms.CheckboxSelectMultiple)
    equipped = YesOrNoFilter(field_name="is_equipped", label=_("Equipped"), widget=forms.Select(choices=YES_OR_NO))
    malfunctioning = YesOrNoFilter(
        method="malfunction", label=_("Malfunctioning"), widget=forms.Select(choices=YES_OR_NO)
    )
    connection = filters.MultipleChoiceFilter(
        method="connected", choices=Connection, label=_("Connection"), widget=forms.CheckboxSelectMultiple
    )
    edition = filters.CharFilter(method="judged_under", label=_("Edition"), widget=forms.Select)

    class Meta:
        model = School
        fields: list[str] = []

    def search(self, schools: SchoolsWithStanding, _name: str, words: str) -> SchoolsWithStanding:
        return matching(schools, words)

    def lying_in(self, schools: SchoolsWithStanding, _name: str, key: str) -> SchoolsWithStanding:
        area = Area.from_key(key)
        return in_area(schools, area) if area else schools.none()

    def malfunction(self, schools: SchoolsWithStanding, _name: str, value: bool) -> SchoolsWithStanding:
        # Of equipped schools only: a school without a system neither works nor fails.
        return schools.filter(is_equipped=True, is_malfunctioning=value)

    def connected(self, schools: SchoolsWithStanding, _name: str, values: list[str]) -> SchoolsWithStanding:
        return schools.filter(is_equipped=True, connection__in=values) if values else schools

    def judged_under(self, schools: SchoolsWithStanding, _name: str, code: str) -> SchoolsWithStanding:
        return schools.filter(edition_code=code, standing__in=[Standing.COMPLIANT, Standing.NON_COMPLIANT])
