"""Schools, for machines. They are listed here because their standing is a matter of audits."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response

from accounts.http import SignedInApiRequest
from audits import kept_facts
from audits.compliance import SchoolsWithStanding
from audits.filters import SchoolFilterSet, knows_violations
from audits.listings.orders import ORDERS, needs_violations, with_columns_of
from audits.querysets import reads_findings
from audits.serializers.schools import SchoolSerializer
from core.answers import TAGGED
from core.keyset import Order
from core.paging import KeysetPages
from core.requests import Query, ReadQuery
from schools.api.schools import ACTS, SchoolActs
from schools.models import School
from schools.serializers.places import AreaKeyField

# By what never changes, so that a walk through all pages meets every school once, whoever is renamed meanwhile.
BY_CODE = "code"
API_ORDERS: dict[str, Order] = {BY_CODE: ("code",)} | {name: order for name, (_label, order) in ORDERS.items()}
ANSWERED = {name: extend_schema(responses=SchoolSerializer) for name in ACTS}


class RollQuery(ReadQuery):
    area = AreaKeyField(required=False, help_text=lazy("Key of an area"))
    ordering = serializers.ChoiceField(
        choices=[*API_ORDERS], default=BY_CODE, help_text=lazy("By code if left out; a minus turns it round")
    )


@extend_schema_view(
    **ANSWERED,
    create=extend_schema(responses={201: SchoolSerializer}),
    list=extend_schema(parameters=[RollQuery]),
    retrieve=extend_schema(parameters=[ReadQuery, TAGGED]),
)
class SchoolViewSet(SchoolActs, ListModelMixin):
    """The roll of the day with the standing of each school. `count` is the figure, for the same filters."""

    query_class = ReadQuery
    document_class = serializer_class = SchoolSerializer
    filterset_class = SchoolFilterSet
    pagination_class = KeysetPages

    def get_query_class(self) -> type[Query]:
        return RollQuery if self.action == "list" else super().get_query_class()

    def get_queryset(self) -> SchoolsWithStanding:
        return self._roll()

    def filter_queryset(self, queryset: QuerySet[Any]) -> SchoolsWithStanding:
        is_known = knows_violations(queryset) and reads_findings(self.request.user)
        if needs_violations(self.asked["ordering"]) and not is_known:
            said = _("Open violations are known for today only, and not to everybody.")
            raise serializers.ValidationError({"ordering": [ErrorDetail(said, code="not_known")]})
        order = self.keyset_order()
        return self._with_what_is_asked(with_columns_of(super().filter_queryset(queryset), order), order)

    def keyset_order(self) -> Order:
        return API_ORDERS[self.asked["ordering"]] if self.action == "list" else super().keyset_order()

    def retrieve(self, _request: SignedInApiRequest, code: str) -> Response:
        """One school, on the roll of the day or not."""
        return self.told()

    def document_now(self) -> tuple[int, Mapping[str, Any]]:
        school = self._with_what_is_asked(self._roll()).filter(code=self.kwargs["code"]).first()
        if school is None:
            as_of = self.asked["as_of"]
            school = School.objects.with_confirmation(as_of).select_related("merged_into").get(pk=self.school().pk)
        return school.version, SchoolSerializer(school, context=self.get_serializer_context()).data

    def get_serializer_context(self) -> dict[str, Any]:
        user = self.request.user if self.request else None
        asked = {"as_of": self.asked.get("as_of"), "reads_findings": reads_findings(user)} if user else {}
        return super().get_serializer_context() | asked

    def _roll(self) -> SchoolsWithStanding:
        as_of = self.asked["as_of"]
        schools: Any = kept_facts.listed(as_of)
        return schools.visible_to(self.request.user).with_confirmation(as_of)

    def _with_what_is_asked(self, schools: QuerySet[Any], order: Order = ()) -> SchoolsWithStanding:
        """Reads no more of each school than its fields, and its place in the order, take."""
        fields = self.asked["fields"]
        chosen = set(SchoolSerializer.Meta.fields if fields is None else fields)
        joins = {SchoolSerializer.JOINS[name] for name in chosen & SchoolSerializer.JOINS.keys()}
        if fields is not None:
            needed = {column.lstrip("-") for column in order}
            needed.update(*(SchoolSerializer.ANNOTATIONS.get(name, set()) for name in chosen))
            # What is annotated and not selected costs nothing unless a filter asks for it.
            schools = schools.all()
            schools.query.set_annotation_mask(needed & schools.query.annotations.keys())
        return schools.select_related(*sorted(joins))
