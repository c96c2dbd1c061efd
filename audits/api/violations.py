"""Violations of schools, for machines."""

from django.db.models import QuerySet
from rest_framework.viewsets import ReadOnlyModelViewSet

from audits.filters import ViolationFilterSet
from audits.models import Violation
from audits.serializers.violations import ViolationSerializer
from core.keyset import Order
from core.paging import KeysetPages
from core.requests import Asked


class ViolationViewSet(Asked, ReadOnlyModelViewSet):
    serializer_class = ViolationSerializer
    filterset_class = ViolationFilterSet
    pagination_class = KeysetPages
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[Violation]:
        return Violation.objects.visible_to(self.request.user).select_related("school").in_order()

    def keyset_order(self) -> Order:
        return ("pk",)
