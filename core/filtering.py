"""How lists are narrowed, on pages and in the REST API."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.db.models import BigIntegerField
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

# Where in a list one is, not what is on it.
PLACES = {"cursor", "page"}


def filters_asked(query: QueryDict) -> str:
    """What the query asks for, always written the same way: without blanks and without the place in the list."""
    asked = QueryDict(mutable=True)
    for name in sorted(set(query) - PLACES):
        asked.setlist(name, [value for value in query.getlist(name) if value])
    return asked.urlencode(safe="/")


def in_words(form: forms.Form) -> list[tuple[str, str]]:
    """What a filter form narrows by, as label and words: [("Standing", "Non-compliant, Not assessed")]."""
    words = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", []):
            continue
        field = form.fields[name]
        labels = dict(flatten_choices(getattr(field.widget, "choices", ())))
        values = value if isinstance(value, list) else [_as_asked(value)]
        words.append((str(field.label), ", ".join(str(labels.get(one, one)) for one in values)))
    return words


def _as_asked(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value


class YesOrNoField(forms.NullBooleanField):
    """Refuses what is neither: Django takes it for nothing said, and a list that should be narrowed would be whole."""

    def clean(self, value: Any) -> bool | None:
        understood = super().clean(value)
        if value and understood is None:
            raise forms.ValidationError(_("Must be a valid boolean."), code="invalid")
        return understood


class YesOrNoFilter(django_filters.BooleanFilter):
    field_class = YesOrNoField


class WholeNumberFilter(django_filters.Filter):
    """A count, not below zero."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"min_value": 0, **kwargs})


class CodesField(forms.Field):
    """One code or several, as parameters of their own or with commas between: `code=A&code=B`, `code=A,B`."""

    widget = forms.MultipleHiddenInput
    default_validators = [ProhibitNullCharactersValidator()]
    MOST = 1000

    def to_python(self, value: Any) -> list[Any]:
        return [code.strip() for said in value or [] for code in said.split(",") if code.strip()]

    def run_validators(self, value: list[Any]) -> None:
        if len(value) > self.MOST:
            raise forms.ValidationError(_("Ask for at most %(most)d codes at once.") % {"most": self.MOST})
        for code in value:
            super().run_validators(code)


class CodesFilter(django_filters.Filter):
    """Those rows alone that have one of the codes."""

    field_class = CodesField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, lookup_expr="in", **kwargs)


class KeysField(CodesField):
    """The same of keys, which are numbers: `id=7,8`."""

    default_validators = [MinValueValidator(1), MaxValueValidator(BigIntegerField.MAX_BIGINT)]

    def to_python(self, value: Any) -> list[Any]:
        return [forms.IntegerField().clean(key) for key in super().to_python(value)]


class KeysFilter(CodesFilter):
    field_class = KeysField
