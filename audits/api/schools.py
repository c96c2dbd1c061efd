"""Areas and schools, for machines. Schools are listed here because their standing is a matter of audits."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from audits.compliance import SchoolsWithStanding, schools_with_standing
from audits.filters import SchoolFilterSet
from audits.serializers.schools import (
    ClosedSchoolSerializer,
    CloseSerializer,
    ListedAreaSerializer,
    MoveSerializer,
    PlacementSerializer,
    RollQuery,
    SchoolSerializer,
)
from core.requests import Asked, AsOfQuery, body_of
from schools import services
from schools.areas import areas_visible_to
from schools.models import School


@extend_schema_view(list=extend_schema(parameters=[AsOfQuery]))
class AreaViewSet(Asked, ListModelMixin, GenericViewSet):
    """Areas of the day whose figures you may read."""

    query_class = AsOfQuery
    serializer_class = ListedAreaSerializer
    filter_backends = ()

    def get_queryset(self) -> Any:
        return areas_visible_to(self.request.user, self.asked["as_of"])


@extend_schema_view(list=extend_schema(parameters=[RollQuery]), retrieve=extend_schema(parameters=[AsOfQuery]))
class SchoolViewSet(Asked, ReadOnlyModelViewSet):
    """The roll of the day with the standing of each school. `count` is the figure, for the same filters."""

    query_class = RollQuery
    serializer_class = SchoolSerializer
    filterset_class = SchoolFilterSet
    lookup_field = "code"
    lookup_value_regex = r"[\w-]+"

    def get_queryset(self) -> SchoolsWithStanding:
        schools: Any = schools_with_standing(self.asked["as_of"])
        schools = schools.visible_to(self.request.user)
        return schools.select_related("placed__district__region").sorted_by_name()

    def get_serializer_context(self) -> dict:
        return super().get_serializer_context() | {"as_of": self.asked["as_of"]}

    @extend_schema(responses=ClosedSchoolSerializer)
    @action(detail=True, methods=["post"], serializer_class=CloseSerializer, filterset_class=None)
    def close(self, request: SignedInApiRequest, code: str) -> Response:
        """Take the school off the roll from a day on."""
        school = services.close(school=self._of_the_register(code), by=request.user, at=timezone.now(), **body_of(self))
        return Response(ClosedSchoolSerializer(school).data)

    @extend_schema(responses=PlacementSerializer)
    @action(detail=True, methods=["post"], serializer_class=MoveSerializer, filterset_class=None)
    def move(self, request: SignedInApiRequest, code: str) -> Response:
        """Place the school in another district from a day on."""
        said = body_of(self)
        school = self._of_the_register(code)
        to, by = said.pop("district"), request.user
        placement = services.move(school=school, to=to, by=by, at=timezone.now(), **said)
        return Response(PlacementSerializer(placement).data)

    def _of_the_register(self, code: str) -> School:
        # Not from the roll of the day: a school that is closed answers 409, not 404.
        return get_object_or_404(School.objects.visible_to(self.request.user), code=code)
