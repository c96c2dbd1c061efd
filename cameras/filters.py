"""The one vocabulary for narrowing systems and cameras: page, API and export use the same."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera, CameraSystem, Condition
from core.filtering import CodesFilter, KeysFilter, YesOrNoFilter
from schools.areas import Area
from schools.models import Placement

YES_OR_NO = [("", _("Any")), ("true", _("Yes")), ("false", _("No"))]
# Beside the states of Condition: nobody has reported. A removed camera is in no list of what hangs.
UNREPORTED = "unreported"
STATES = [
    *((state.value, state.label) for state in Condition.State if state != Condition.State.REMOVED),
    (UNREPORTED, _("No report")),
]


# Filters of cameras that read what was reported of each, which takes most of the time of a long list.
OF_THE_STATE = ("state", "connected")


def asks_for_state(query: QueryDict) -> bool:
    """Only then does a count, or a list without the reports themselves, need with_state()."""
    return any(any(query.getlist(name)) for name in OF_THE_STATE)


def _yes_or_no(name: str, label: Any) -> YesOrNoFilter:
    return YesOrNoFilter(field_name=name, label=label, widget=forms.Select(choices=YES_OR_NO))


class InventoryFilterSet(filters.FilterSet):
    """Where: the area a school is placed in today, and the schools themselves."""

    school_of: str

    id = KeysFilter(field_name="id", label=_("Keys"))
    area = filters.CharFilter(method="lying_in", label=_("Area"), widget=forms.Select)

    def lying_in(self, rows: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        area = Area.from_key(key)
        if area is None:
            return rows.none()
        placed = Placement.objects.on(timezone.localdate()).filter(area.places)
        return rows.filter(**{f"{self.school_of}__in": placed.values("school")})


class SystemFilterSet(InventoryFilterSet):
    """Narrows systems."""

    school_of = "school"

    school = CodesFilter(field_name="school__code", label=_("School codes"))
    kind = filters.MultipleChoiceFilter(
        choices=CameraSystem.Kind, distinct=False, label=_("Kind of system"), widget=forms.CheckboxSelectMultiple
    )
    centre_link = filters.MultipleChoiceFilter(
        choices=CameraSystem.CentreLink,
        distinct=False,
        label=_("Connection to the operations centre"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = CameraSystem
        fields: list[str] = []


class CameraFilterSet(InventoryFilterSet):
    """Narrows cameras with_state(day). The day itself, as_of, is chosen before."""

    school_of = "system__school"

    school = CodesFilter(field_name="system__school__code", label=_("School codes"))
    zone = filters.MultipleChoiceFilter(
        choices=Camera.Zone, distinct=False, label=_("Zone"), widget=forms.CheckboxSelectMultiple
    )
    state = filters.MultipleChoiceFilter(
        method="in_state", choices=STATES, label=_("Condition"), widget=forms.CheckboxSelectMultiple
    )
    kind = filters.MultipleChoiceFilter(
        field_name="system__kind",
        choices=CameraSystem.Kind,
        distinct=False,
        label=_("Kind of system"),
        widget=forms.CheckboxSelectMultiple,
    )
    digital = _yes_or_no("is_digital", _("Digital"))
    connected = _yes_or_no("is_connected", _("Connected to the operations centre"))
    outdoor = _yes_or_no("is_outdoor", _("Outdoors"))

    class Meta:
        model = Camera
        fields: list[str] = []

    def in_state(self, cameras: QuerySet[Camera], _name: str, states: list[str]) -> QuerySet[Camera]:
        if not states:
            return cameras
        unreported = Q(state=None) if UNREPORTED in states else Q()
        return cameras.filter(Q(state__in=states) | unreported)
