"""Pages of the API. Pages of HTML have the same size."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.pagination import BasePagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from core.errors import Invalid
from core.keyset import KeysetPage, Order, page_of

PAGE_SIZE = 50
LARGEST_PAGE = 1000


class Pages(PageNumberPagination):
    """Numbered pages, for lists that are short or sorted by what may be unknown. `count` is the true total."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE
    parameters = ("page", "page_size")


class PageQuery(serializers.Serializer):
    """What may be asked of a list in keyset pages."""

    cursor = serializers.CharField(default="", help_text=_("Where a page begins: take it from `next` or `previous`"))
    page_size = serializers.IntegerField(default=PAGE_SIZE, min_value=1, help_text=_("Rows of a page, at most 1,000"))
    count = serializers.BooleanField(default=True, help_text=_("`false` leaves the total out, which then is null"))


class KeysetPages(BasePagination):
    """Pages by where the last one ended (core/keyset.py). The view says its order: `keyset`, or `keyset_order()`.

    No row is told twice or missed while others write, as long as it keeps its place in the order.
    """

    parameters = tuple(PageQuery().fields)
    page: KeysetPage
    total: int | None

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: APIView | None = None) -> list[Any]:
        asked = PageQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        self.address = request.build_absolute_uri()
        self.total = queryset.count() if said["count"] else None
        order: Order = view.keyset_order()  # type: ignore[union-attr]
        try:
            size = min(said["page_size"], LARGEST_PAGE)
            self.page = page_of(queryset, order=order, cursor=said["cursor"], size=size)
        except Invalid as broken:
            raise serializers.ValidationError(
                {"cursor": [ErrorDetail(problem, code=broken.code) for problem in broken.problems]}
            ) from broken
        return list(self.page)

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "count": self.total,
                "next": self._address_of(self.page.next),
                "previous": self._address_of(self.page.previous),
                "results": data,
            }
        )

    def _address_of(self, cursor: str) -> str | None:
        return replace_query_param(self.address, "cursor", cursor) if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "nullable": True, "description": "Rows of all pages"},
                "next": address,
                "previous": address,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        types = {"cursor": "string", "page_size": "integer", "count": "boolean"}
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": str(field.help_text),
                "schema": {"type": types[name]},
            }
            for name, field in PageQuery().fields.items()
        ]
