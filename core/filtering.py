"""How the REST API narrows lists. Apart from requests.py: REST framework loads this while it is itself loading."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.views import APIView


class Filters(DjangoFilterBackend):
    """Refuses a yes or no that is neither: django-filter takes it for nothing said, and lists everything."""

    def get_filterset(self, request: Request, queryset: QuerySet, view: APIView) -> FilterSet | None:
        filterset = super().get_filterset(request, queryset, view)
        if filterset is not None and filterset.is_valid():
            understood = filterset.form.cleaned_data
            lost = [name for name, value in understood.items() if value is None and request.query_params.get(name)]
            if lost:
                problem = ErrorDetail(str(_("Must be a valid boolean.")), code="invalid")
                raise serializers.ValidationError({name: [problem] for name in lost})
        return filterset
