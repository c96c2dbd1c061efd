"""Files of lists, for machines: ask for one, watch it being made, fetch it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from bulk import exports
from bulk.http import file_response
from bulk.listing import LISTINGS
from bulk.models import Export
from bulk.serializers.exports import AskSerializer, ExportSerializer
from core.errors import Conflict
from core.requests import Asked


class OfAnyType(DefaultContentNegotiation):
    """Lets a client ask for the type of the file; a refusal is said in JSON all the same."""

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None) -> Any:
        first = next(iter(renderers))
        return first, first.media_type


class ExportViewSet(Asked, ReadOnlyModelViewSet):
    """Your files, the newest first."""

    serializer_class = ExportSerializer
    filter_backends = ()
    lookup_value_regex = r"[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[Export]:
        return Export.objects.visible_to(self.request.user).newest_first()

    @extend_schema(request=AskSerializer, responses={201: ExportSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """Have the file of a list made, however short the list is. It is kept for seven days."""
        asked = AskSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        listing = LISTINGS[said["listing"]](user=request.user, query=QueryDict(said["query"]))
        export = exports.ask(listing=listing, format=said["format"], by=request.user, at=timezone.now())
        return Response(self.get_serializer(export).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, content_negotiation_class=OfAnyType)
    def file(self, _request: SignedInApiRequest, pk: str) -> FileResponse:
        """The file itself."""
        export = self.get_object()
        if not export.is_open(timezone.now()):
            raise Conflict(_("There is no file: it is not ready, or it has expired."))
        return file_response(export.file.open("rb"), export.filename)
