"""The one vocabulary for narrowing cameras."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera


class CameraFilterSet(filters.FilterSet):
    school = filters.CharFilter(field_name="system__school__code", label=_("School code"))
    zone = filters.MultipleChoiceFilter(choices=Camera.Zone, label=_("Zone"))

    class Meta:
        model = Camera
        fields: list[str] = []
