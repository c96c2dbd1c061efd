"""The one vocabulary for narrowing schools and audits: page, API and export use the same."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audits.compliance import Connection, SchoolsWithStanding, Standing, in_area
from audits.models import Audit, Status, Verdict
from schools.areas import Area
from schools.models import School


class SchoolFilterSet(filters.FilterSet):
    """Narrows schools_with_standing(). The day itself, as_of, is chosen before."""

    q = filters.CharFilter(method="search", label=_("Name, locality or code"))
    area = filters.CharFilter(method="lying_in", label=_("Area"))
    standing = filters.MultipleChoiceFilter(choices=Standing, label=_("Standing"))
    equipped = filters.BooleanFilter(field_name="is_equipped", label=_("Equipped"))
    malfunctioning = filters.BooleanFilter(method="malfunction", label=_("Malfunctioning"))
    connection = filters.MultipleChoiceFilter(method="connected", choices=Connection, label=_("Connection"))
    edition = filters.CharFilter(method="judged_under", label=_("Edition"))

    class Meta:
        model = School
        fields: list[str] = []

    def search(self, schools: SchoolsWithStanding, _name: str, words: str) -> SchoolsWithStanding:
        for word in words.split():
            names = [f"{field}_{language}" for field in ("name", "locality") for language in ("kk", "ru", "en")]
            found = Q(code__iexact=word)
            for name in names:
                found |= Q(**{f"{name}__icontains": word})
            schools = schools.filter(found)
        return schools

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


class AuditFilterSet(filters.FilterSet):
    status = filters.MultipleChoiceFilter(choices=Status, label=_("Status"))
    verdict = filters.MultipleChoiceFilter(choices=Verdict, label=_("Verdict"))
    kind = filters.ChoiceFilter(choices=Audit.Kind, label=_("Kind of audit"))
    school = filters.CharFilter(field_name="school__code", label=_("School code"))
    edition = filters.CharFilter(field_name="edition__code", label=_("Edition"))
    visited = filters.DateFromToRangeFilter(field_name="visited_on", label=_("Date of visit"))
    mine = filters.BooleanFilter(method="assigned", label=_("Assigned to me"))

    class Meta:
        model = Audit
        fields: list[str] = []

    def assigned(self, audits: QuerySet[Audit], _name: str, value: bool) -> QuerySet[Audit]:
        return audits.filter(inspector=self.request.user) if value else audits
