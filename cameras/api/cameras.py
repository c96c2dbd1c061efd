"""Cameras, for machines: what hangs where, whether it works, and the acts on it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import SignedInApiRequest
from cameras import downtime, services
from cameras.api.asked import InventoryQuery
from cameras.filters import CameraFilterSet, asks_for_state
from cameras.models import Camera
from cameras.serializers.acts import (
    CorrectCameraBody,
    InstallBody,
    RelocateBody,
    ReplaceBody,
    ReportBody,
    ReportManyBody,
    SwitchBody,
)
from cameras.serializers.cameras import CameraSerializer, ConditionSerializer, InstalledSerializer
from core.answers import IF_MATCH, TAGGED, Versions, act
from core.keyset import Order
from core.paging import KeysetPages
from core.requests import Body, Query, ReadQuery, body_of
from schools.serializers.acts import DatedBody


def act_on_many(body: type[Body]) -> Callable:
    """A POST on cameras named in the body; the answer is these cameras as they are then."""
    documented = extend_schema(request=body, responses=InstalledSerializer)
    routed = action(detail=False, methods=["post"], serializer_class=body)
    return lambda method: documented(routed(method))


@extend_schema_view(
    list=extend_schema(parameters=[InventoryQuery]), retrieve=extend_schema(parameters=[ReadQuery, TAGGED])
)
class CameraViewSet(Versions, ListModelMixin, GenericViewSet):
    """Cameras that hung on the day, for the school itself, its inspectors and its department."""

    query_class = ReadQuery
    document_class = serializer_class = CameraSerializer
    filterset_class = CameraFilterSet
    pagination_class = KeysetPages
    lookup_value_regex = r"\d+"

    def get_query_class(self) -> type[Query]:
        return InventoryQuery if self.action == "list" else super().get_query_class()

    def get_queryset(self) -> QuerySet[Camera]:
        cameras = Camera.objects.visible_to(self.request.user)
        if self.action != "list":
            return cameras
        as_of = self.asked["as_of"]
        installed = cameras.installed(as_of)
        # What was known of each is joined to all only where a filter asks for it: counting takes four times as long.
        return installed.with_state(as_of) if asks_for_state(self.request.query_params) else installed

    def keyset_order(self) -> Order:
        return ("pk",)

    def get_serializer_context(self) -> dict[str, Any]:
        as_of = self.asked.get("as_of") if self.request else None
        return super().get_serializer_context() | {"as_of": as_of}

    def retrieve(self, _request: SignedInApiRequest, pk: str) -> Response:
        """One camera, hanging or not."""
        return self.told()

    def list(self, *_request: Any, **_options: Any) -> Response:
        cameras = self.paginate_queryset(self.filter_queryset(self.get_queryset()).only("pk"))
        return self.get_paginated_response(self._documents(cameras or ()))

    @extend_schema(request=InstallBody, responses={201: InstalledSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """Hang one camera or a row of them in a system, all or none."""
        said = InstallBody(data=request.data, context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        hung = services.install(**said.validated_data, by=request.user, at=timezone.now())
        return Response({"cameras": self._documents(hung)}, status=201)

    @act(CorrectCameraBody, answer=CameraSerializer)
    def correct(self, _request: SignedInApiRequest, pk: str) -> Response:
        """Put right what is said of the camera."""
        return self._after(services.correct)

    @act(RelocateBody, answer=CameraSerializer)
    def relocate(self, _request: SignedInApiRequest, pk: str) -> Response:
        """Hang the camera elsewhere. In another system it goes on under another id."""
        return self._after(services.relocate)

    @act(ReplaceBody, answer=CameraSerializer, status=201)
    def replace(self, _request: SignedInApiRequest, pk: str) -> Response:
        """Hang another camera in its place and under its number; the answer is the new one."""
        return self._after(services.replace, status=201)

    @act(DatedBody, answer=CameraSerializer)
    def remove(self, _request: SignedInApiRequest, pk: str) -> Response:
        """Take the camera down."""
        return self._after(services.remove)

    @extend_schema(request=ReportBody, parameters=[IF_MATCH], responses=ConditionSerializer)
    @action(detail=True, methods=["post"], serializer_class=ReportBody)
    def condition(self, request: SignedInApiRequest, pk: str) -> Response:
        """Say what state the camera is in. Repeating the present state changes nothing."""
        camera = self._camera()
        expects = self.expected(camera.version)
        said = body_of(self)
        condition = services.report_condition(
            camera=camera, by=request.user, at=timezone.now(), expects=expects, **said
        )
        return Response(ConditionSerializer(condition).data)

    @act_on_many(ReportManyBody)
    def report(self, _request: SignedInApiRequest) -> Response:
        """Say what state several cameras are in, all or none."""
        return self._after_many(services.report_conditions)

    @act_on_many(SwitchBody)
    def connect(self, _request: SignedInApiRequest) -> Response:
        """Connect cameras to the operations control centre from today on."""
        return self._after_many(services.connect)

    @act_on_many(SwitchBody)
    def disconnect(self, _request: SignedInApiRequest) -> Response:
        """Disconnect cameras from the operations control centre from today on."""
        return self._after_many(services.disconnect)

    def document_now(self) -> tuple[int, Mapping[str, Any]]:
        camera = self._camera()
        return camera.version, self._documents([camera])[0]

    def _camera(self) -> Camera:
        # Not from the cameras of the day: one that was removed answers an act with 409, not 404.
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def _after(self, service: Callable, *, status: int = 200) -> Response:
        camera = self._camera()
        expects = self.expected(camera.version)
        became = service(camera=camera, by=self.request.user, at=timezone.now(), expects=expects, **body_of(self))
        self.kwargs["pk"] = str(became.pk)
        return self.told(status=status)

    def _after_many(self, service: Callable) -> Response:
        said = body_of(self)
        service(**said, by=self.request.user, at=timezone.now())
        return Response({"cameras": self._documents(said["cameras"])})

    def _documents(self, cameras: Iterable[Camera]) -> Any:
        """What is said of the cameras, in the order of their keys."""
        context, rows = self.get_serializer_context(), Camera.objects.filter(pk__in=[camera.pk for camera in cameras])
        if context["fields"] is None or "days_out_of_order" in context["fields"]:
            context["downtime"] = downtime.of_cameras(rows, day=context["as_of"])
        known = rows.with_state(context["as_of"]).select_related("system__school").order_by("pk")
        return CameraSerializer(known, many=True, context=context).data
