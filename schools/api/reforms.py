"""Reforms of areas, for machines: what was done, what a plan would do, and carrying it out."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.http import SignedInApiRequest
from core.requests import Asked
from schools.areas import Area
from schools.models import Reform
from schools.reform import read_plan, reform, weigh


class ReformSerializer(serializers.ModelSerializer):
    """`plan` is what was sent; its form is described in the documentation of the API."""

    class Meta:
        model = Reform
        fields = ["id", "effective_on", "reason", "schools", "at", "plan"]
        read_only_fields = fields


class TakeoverSerializer(serializers.Serializer):
    """One district of a plan: what it would take over from which other."""

    slug = serializers.CharField(source="part.slug")
    region = serializers.CharField(source="part.region")
    is_new = serializers.BooleanField()
    predecessor = serializers.SerializerMethodField()
    takes_all = serializers.BooleanField(source="part.takes_all")
    schools = serializers.SerializerMethodField()

    def get_predecessor(self, takeover: Any) -> str:
        return Area(district=takeover.predecessor).key

    def get_schools(self, takeover: Any) -> list[str]:
        return [placement.school.code for placement in takeover.placements]


class ReformViewSet(Asked, ReadOnlyModelViewSet):
    """Reforms of areas, the newest first."""

    serializer_class = ReformSerializer
    filter_backends = ()
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[Reform]:
        return Reform.objects.visible_to(self.request.user).newest_first()

    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: ReformSerializer})
    def create(self, request: SignedInApiRequest) -> Response:
        """Carry a plan out, whole or not at all."""
        done = reform(plan=read_plan(request.data), by=request.user, at=timezone.now())
        return Response(ReformSerializer(done).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=TakeoverSerializer(many=True))
    @action(detail=False, methods=["post"])
    def weigh(self, request: SignedInApiRequest) -> Response:
        """Say what the plan would do. Nothing is written."""
        with transaction.atomic():
            takeovers = weigh(plan=read_plan(request.data), by=request.user, at=timezone.now())
            return Response(TakeoverSerializer(takeovers, many=True).data)
