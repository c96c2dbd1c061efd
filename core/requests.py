"""What a request to the REST API says: parsed, checked, and every problem with it raised at once."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.views import APIView


class PastDayField(serializers.DateField):
    """Today or a day before it: nobody knows the state of a day to come."""

    default_error_messages = {"future": _("That day lies in the future.")}

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if day > timezone.localdate():
            self.fail("future")
        return day


class Query(serializers.Serializer):
    """The query string, beside filters and paging."""


class AsOfQuery(Query):
    as_of = PastDayField(default=timezone.localdate, help_text=_("The day the answer speaks of; today if left out"))


class Asked(APIView):
    """A view that knows all it can be asked, and refuses the rest: a misspelt filter must not list everything."""

    query_class: type[Query] = Query

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the query string says, by `query_class`."""
        query = self.query_class(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return query.validated_data

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        filterset = getattr(self, "filterset_class", None)
        paging = getattr(self, "paginator", None)
        known = {*self.query_class().fields, *(filterset.base_filters if filterset else ())}
        known |= {paging.page_query_param, paging.page_size_query_param} if paging else set()
        if unknown := [name for name in request.query_params if name not in known]:
            problem = ErrorDetail(str(_("There is no such parameter.")), code="unknown_parameter")
            raise serializers.ValidationError({name: [problem] for name in unknown})


def body_of(view: GenericAPIView) -> dict[str, Any]:
    """What the body says to the action that is running."""
    said = view.get_serializer(data=view.request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data
