"""Imports, for machines: send a file, watch its check, apply it, undo it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from bulk import services
from bulk.models import Import
from bulk.serializers.imports import (
    ImportSerializer,
    ImportWithProblemsSerializer,
    ProblemSerializer,
    SendSerializer,
)
from core.parsing import Json
from core.requests import Asked, Body

PROBLEMS_TOLD = 200


class ImportViewSet(Asked, ReadOnlyModelViewSet):
    """Your imports, the newest first."""

    filter_backends = ()
    lookup_value_regex = r"\d+"

    def get_serializer_class(self) -> Any:
        return ImportSerializer if self.action == "list" else ImportWithProblemsSerializer

    def get_queryset(self) -> QuerySet[Import]:
        rows = Import.objects.visible_to(self.request.user).select_related("by").newest_first()
        return rows.for_list() if self.action == "list" else rows.with_first_problems(PROBLEMS_TOLD)

    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()] if getattr(self, "action_map", {}).get("post") == "create" else [Json()]

    @extend_schema(request={"multipart/form-data": SendSerializer}, responses={201: ImportWithProblemsSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """Send a file of rows, .xlsx or .csv, to be checked. Nothing is changed before it is applied."""
        said = SendSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        sent = services.upload(**said.validated_data, by=request.user, at=timezone.now())
        return self._now(sent, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={202: ImportWithProblemsSerializer})
    @action(detail=True, methods=["post"])
    def apply(self, request: SignedInApiRequest, pk: str) -> Response:
        """Have the whole of a checked file written. All or nothing: the worker looks at it again."""
        _expects_nothing(request)
        return self._now(services.apply(file_import=self.get_object(), by=request.user, at=timezone.now()))

    @extend_schema(request=None, responses={202: ImportWithProblemsSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: SignedInApiRequest, pk: str) -> Response:
        """Have put back what the import found. If something was built on it, it stays applied and says what."""
        _expects_nothing(request)
        return self._now(services.undo(file_import=self.get_object(), by=request.user, at=timezone.now()))

    @extend_schema(responses=ProblemSerializer(many=True))
    @action(detail=True)
    def problems(self, request: SignedInApiRequest, pk: str) -> Response:
        """All problems, as a list that is not paged."""
        return Response(self.get_object().problems)

    def _now(self, changed: Import, code: int = status.HTTP_202_ACCEPTED) -> Response:
        """The import as it is, which a worker may have moved already."""
        found = self.get_queryset().get(pk=changed.pk)
        return Response(ImportWithProblemsSerializer(found).data, status=code)


def _expects_nothing(request: SignedInApiRequest) -> None:
    Body(data=request.data).is_valid(raise_exception=True)
