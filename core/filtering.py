"""How lists are narrowed, on pages and in the REST API."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _


class YesOrNoField(forms.NullBooleanField):
    """Refuses what is neither: Django takes it for nothing said, and a list that should be narrowed would be whole."""

    def clean(self, value: Any) -> bool | None:
        understood = super().clean(value)
        if value and understood is None:
            raise forms.ValidationError(_("Must be a valid boolean."), code="invalid")
        return understood


class YesOrNoFilter(django_filters.BooleanFilter):
    field_class = YesOrNoField
