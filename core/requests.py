"""What a request to the REST API says: parsed, checked, and every problem with it raised at once."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
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


class FieldsField(serializers.ListField):
    """Names of fields of the answer, with commas between or as several parameters; all of them if left out."""

    child = serializers.CharField()
    default_error_messages = {"unknown_field": _("There is no field “%(name)s”.")}

    def to_internal_value(self, data: Any) -> list[str]:
        names = [name.strip() for said in super().to_internal_value(data) for name in said.split(",")]
        known = self.context["view"].document_class().fields
        if unknown := [name for name in names if name not in known]:
            said = str(self.error_messages["unknown_field"])
            raise serializers.ValidationError([ErrorDetail(said % {"name": n}, code="unknown_field") for n in unknown])
        return names


class ChoiceQuery(Query):
    """Of a view that says, as its `document_class`, which serializer has these fields."""

    fields = FieldsField(  # type: ignore[assignment]  # the name is taken in the class alone
        default=None, help_text=_("Only these fields, with commas between; all if left out")
    )


class AsOfQuery(Query):
    as_of = PastDayField(default=timezone.localdate, help_text=_("The day the answer speaks of; today if left out"))


class ReadQuery(ChoiceQuery, AsOfQuery):
    """What is read of a day, and which fields of it."""


class Asked(APIView):
    """A view that knows all it can be asked, and refuses the rest: a misspelt filter must not list everything."""

    query_class: type[Query] = Query

    def get_query_class(self) -> type[Query]:
        """What may be asked of the action that is running, beside the filters and the pages of a list."""
        return self.query_class

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the query string says, by `query_class`."""
        query = self.get_query_class()(data=self.request.query_params, context={"view": self})
        query.is_valid(raise_exception=True)
        return query.validated_data

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = {*self.get_query_class()().fields, *(self._parameters_of_a_list() if self.answers_a_list else ())}
        if unknown := [name for name in request.query_params if name not in known]:
            problem = ErrorDetail(str(_("There is no such parameter.")), code="unknown_parameter")
            raise serializers.ValidationError({name: [problem] for name in unknown})

    @property
    def answers_a_list(self) -> bool:
        return self.request.method in SAFE_METHODS and not getattr(self, "detail", False)

    def _parameters_of_a_list(self) -> Iterator[str]:
        filterset = getattr(self, "filterset_class", None)
        paging = getattr(self, "paginator", None)
        yield from filterset.base_filters if filterset else ()
        yield from paging.parameters if paging else ()


class Body(serializers.Serializer):
    """What an act is sent. A name it does not know is refused: who sends it must not believe that it was kept."""

    def to_internal_value(self, data: Any) -> Any:
        said, problems = {}, {}
        try:
            said = super().to_internal_value(data)
        except serializers.ValidationError as error:
            problems = dict(error.detail)  # type: ignore[arg-type]  # of a serializer
        if isinstance(data, Mapping):
            problem = ErrorDetail(str(_("There is no such field.")), code="unknown_field")
            problems |= {str(name): [problem] for name in data if name not in self.fields}
        if problems:
            raise serializers.ValidationError(problems)
        return said


def body_of(view: GenericAPIView) -> dict[str, Any]:
    """What the body says to the action that is running."""
    said = view.get_serializer(data=view.request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data
