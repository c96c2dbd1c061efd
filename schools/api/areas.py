"""Areas, for machines."""

from typing import Any

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from core.answers import Choosing
from core.requests import ReadQuery
from schools.areas import Area, areas_visible_to
from schools.serializers.places import ListedAreaSerializer


@extend_schema_view(list=extend_schema(parameters=[ReadQuery]))
class AreaViewSet(Choosing, ListModelMixin, GenericViewSet):
    """Areas of the day whose figures you may read."""

    query_class = ReadQuery
    document_class = serializer_class = ListedAreaSerializer
    filter_backends = ()

    def get_queryset(self) -> Any:
        return areas_visible_to(self.request.user, self.asked["as_of"])

    def paginate_queryset(self, queryset: Any) -> Any:
        page: list[Area] | None = super().paginate_queryset(queryset)
        districts = [area.district for area in page or () if area.district]
        prefetch_related_objects(districts, "predecessor__region", "successors__region")
        return page
