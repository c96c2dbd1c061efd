"""Cameras, for machines: what hangs where, and the report of what works and what does not."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from cameras import services
from cameras.filters import CameraFilterSet
from cameras.models import Camera
from cameras.serializers import CameraSerializer, ConditionSerializer, ReportSerializer
from core.requests import Asked, AsOfQuery, body_of


@extend_schema_view(list=extend_schema(parameters=[AsOfQuery]), retrieve=extend_schema(parameters=[AsOfQuery]))
class CameraViewSet(Asked, ReadOnlyModelViewSet):
    """Cameras that hung on the day, for the school itself, its inspectors and its department."""

    query_class = AsOfQuery
    serializer_class = CameraSerializer
    filterset_class = CameraFilterSet
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[Camera]:
        as_of = self.asked["as_of"]
        cameras = Camera.objects.visible_to(self.request.user).installed(as_of).with_state(as_of)
        return cameras.select_related("system__school").order_by("system", "number", "pk")

    @extend_schema(responses=ConditionSerializer)
    @action(detail=True, methods=["post"], serializer_class=ReportSerializer, filterset_class=None)
    def condition(self, request: SignedInApiRequest, pk: str) -> Response:
        """Say what state the camera is in. Repeating the present state changes nothing."""
        # Not from the cameras of the day: one that was removed answers 409, not 404.
        camera = get_object_or_404(Camera.objects.visible_to(request.user), pk=pk)
        condition = services.report_condition(camera=camera, by=request.user, at=timezone.now(), **body_of(self))
        return Response(ConditionSerializer(condition).data)
