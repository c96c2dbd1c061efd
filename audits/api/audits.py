"""Audits, for machines: lists and documents to read, and each act as one POST that calls its service."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from audits import services
from audits.filters import AuditFilterSet
from audits.models import Audit
from audits.serializers.audits import (
    AuditDetailSerializer,
    AuditSerializer,
    FindingsSerializer,
    PlanSerializer,
    ReasonSerializer,
    StartSerializer,
)
from core.requests import Asked, body_of
from schools.permissions import is_of_the_department


def act(serializer_class: type[Serializer] = Serializer, **options: Any) -> Callable:
    """A POST below one audit; the body is read by the serializer, the answer is the audit as it is then."""
    request = None if serializer_class is Serializer else serializer_class
    documented = extend_schema(request=request, responses=AuditDetailSerializer)
    routed = action(detail=True, methods=["post"], serializer_class=serializer_class, filterset_class=None, **options)
    return lambda method: documented(routed(method))


@extend_schema_view(retrieve=extend_schema(responses=AuditDetailSerializer))
class AuditViewSet(Asked, ReadOnlyModelViewSet):
    serializer_class = AuditSerializer
    filterset_class = AuditFilterSet
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[Audit]:
        return Audit.objects.visible_to(self.request.user).for_list().newest_first()

    def retrieve(self, _request: Request, pk: str) -> Response:
        return Response(self._document(self.get_object()))

    @extend_schema(request=PlanSerializer, responses={201: AuditDetailSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """Plan an audit."""
        # Before the body is read: it names people, and who may not plan must not learn who has an account.
        if not is_of_the_department(request.user):
            raise PermissionDenied
        asked = PlanSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        audit = services.plan(**asked.validated_data, by=request.user, at=timezone.now())
        return Response(self._document(audit), status=status.HTTP_201_CREATED)

    @act(StartSerializer)
    def start(self, _request: Request, pk: str) -> Response:
        """Begin the visit. Pins the audit to the edition in force on that day, for ever."""
        return self._after(services.start)

    @act(FindingsSerializer)
    def answers(self, _request: Request, pk: str) -> Response:
        """Keep findings, all or none."""
        return self._after(services.answer)

    @act()
    def submit(self, _request: Request, pk: str) -> Response:
        """Hand the audit in for review with the verdict its answers give."""
        return self._after(services.submit)

    @act(ReasonSerializer, url_path="return")
    def return_(self, _request: Request, pk: str) -> Response:
        """Give the audit back to its inspector with a reason."""
        return self._after(services.return_)

    @act()
    def resume(self, _request: Request, pk: str) -> Response:
        """Open a returned audit for answers again."""
        return self._after(services.resume)

    @act()
    def approve(self, _request: Request, pk: str) -> Response:
        """Let the verdict count. Figures follow within seconds."""
        return self._after(services.approve)

    @act(ReasonSerializer)
    def void(self, _request: Request, pk: str) -> Response:
        """Take an approved audit out of every figure from today on."""
        return self._after(services.void)

    def _after(self, service: Callable) -> Response:
        # The audit is found before the body is read: a stranger learns nothing from what is wrong with the body.
        audit = self.get_object()
        service(audit=audit, by=self.request.user, at=timezone.now(), **body_of(self))
        return Response(self._document(self.get_object()))

    def _document(self, audit: Audit) -> dict:
        return AuditDetailSerializer(audit, context=self.get_serializer_context()).data
