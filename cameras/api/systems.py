"""Camera systems, for machines: for the school itself, its inspectors and its department."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import SignedInApiRequest
from cameras import services
from cameras.api.asked import InventoryQuery
from cameras.filters import SystemFilterSet
from cameras.models import CameraSystem
from cameras.serializers.systems import CorrectSystemBody, InstallSystemBody, SystemSerializer
from core.answers import TAGGED, Versions, act
from core.keyset import Order
from core.paging import KeysetPages
from core.requests import ChoiceQuery, Query, body_of
from schools.serializers.acts import DatedBody


@extend_schema_view(
    list=extend_schema(parameters=[InventoryQuery]), retrieve=extend_schema(parameters=[ChoiceQuery, TAGGED])
)
class SystemViewSet(Versions, ListModelMixin, GenericViewSet):
    """Systems that were in service on the day, for the school itself, its inspectors and its department."""

    query_class = ChoiceQuery
    document_class = serializer_class = SystemSerializer
    filterset_class = SystemFilterSet
    pagination_class = KeysetPages
    lookup_value_regex = r"\d+"

    def get_query_class(self) -> type[Query]:
        return InventoryQuery if self.action == "list" else super().get_query_class()

    def get_queryset(self) -> QuerySet[CameraSystem]:
        systems = CameraSystem.objects.visible_to(self.request.user).select_related("school")
        return systems.in_service(self.asked["as_of"]) if self.action == "list" else systems

    def keyset_order(self) -> Order:
        return ("pk",)

    def retrieve(self, _request: SignedInApiRequest, pk: str) -> Response:
        """One system, in service or not."""
        return self.told()

    @extend_schema(request=InstallSystemBody, parameters=[TAGGED], responses={201: SystemSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """Enter a system of a school. It gets the next number of the school."""
        said = InstallSystemBody(data=request.data, context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        system = services.install_system(**said.validated_data, by=request.user, at=timezone.now())
        self.kwargs["pk"] = str(system.pk)
        return self.told(status=201)

    @act(CorrectSystemBody, answer=SystemSerializer)
    def correct(self, _request: SignedInApiRequest, pk: str) -> Response:
        """Put right what is said of the system."""
        return self._after(services.correct_system)

    @act(DatedBody, answer=SystemSerializer)
    def decommission(self, _request: SignedInApiRequest, pk: str) -> Response:
        """Take the system out of service with all cameras on it."""
        return self._after(services.decommission)

    def document_now(self) -> tuple[int, Mapping[str, Any]]:
        system = self._system()
        return system.version, SystemSerializer(system, context=self.get_serializer_context()).data

    def _system(self) -> CameraSystem:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def _after(self, service: Callable) -> Response:
        system = self._system()
        expects = self.expected(system.version)
        service(system=system, by=self.request.user, at=timezone.now(), expects=expects, **body_of(self))
        return self.told()
