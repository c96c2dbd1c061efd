"""Upgrade requests in the API: read-only, plus the acts of filing and withdrawing."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from core.requests import Asked, body_of
from funding import services
from funding.models import UpgradeRequest
from funding.serializers import FilingSerializer, UpgradeRequestSerializer, WithdrawalSerializer
from schools.models import School


class UpgradeRequestViewSet(Asked, ReadOnlyModelViewSet):
    serializer_class = UpgradeRequestSerializer
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[UpgradeRequest]:
        return UpgradeRequest.objects.visible_to(self.request.user).for_list().prefetch_related("violations")

    @extend_schema(request=FilingSerializer, responses={201: UpgradeRequestSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """File a request for the school with the code given."""
        asked = FilingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        school = get_object_or_404(School.objects.visible_to(request.user), code=values.pop("school"))
        filed = services.file(school=school, by=request.user, at=timezone.now(), **values)
        return Response(UpgradeRequestSerializer(filed).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=UpgradeRequestSerializer)
    @action(detail=True, methods=["post"], serializer_class=WithdrawalSerializer)
    def withdraw(self, request: SignedInApiRequest, pk: str) -> Response:
        """Take the request back, with a reason."""
        found = self.get_object()
        withdrawn = services.withdraw(request=found, by=request.user, at=timezone.now(), **body_of(self))
        return Response(UpgradeRequestSerializer(withdrawn).data)
