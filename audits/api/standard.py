"""Editions of the standard, for machines that carry the checklist into the field."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from audits.models import Edition
from audits.serializers.standard import ChecklistSerializer, EditionSerializer
from core.requests import Asked


@extend_schema_view(retrieve=extend_schema(responses=ChecklistSerializer))
class EditionViewSet(Asked, ReadOnlyModelViewSet):
    """Published editions; one of them is the whole checklist as one document."""

    serializer_class = EditionSerializer
    lookup_field = "code"
    lookup_value_regex = r"[\w-]+"

    def get_queryset(self) -> QuerySet[Edition]:
        return Edition.objects.published().select_related("standard")

    def retrieve(self, _request: Request, code: str) -> Response:
        return Response(ChecklistSerializer(self.get_object()).data)
