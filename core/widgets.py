"""Inputs that Django itself does not have."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A day from the calendar of the device, which speaks ISO dates in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LongSelect(forms.Select):
    """Hundreds of options, written at once: Django fills two templates for each."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = [
            format_html('<optgroup label="{}">{}</optgroup>', label, _options(options)) if label else _options(options)
            for label, options, _place in widget["optgroups"]
        ]
        attributes = format_html_join("", ' {}="{}"', _written(widget["attrs"]))
        return format_html('<select name="{}"{}>{}</select>', name, attributes, format_html_join("", "{}", zip(groups)))


def say_blanks(fields: Iterable[forms.Field]) -> None:
    """Say in words what the dashes of a choice mean: choose, or, where one need not, unknown."""
    for field in fields:
        choices: Any = getattr(field, "choices", ())
        if [*choices][:1] == BLANK_CHOICE_DASH:
            blank = _("Choose") if field.required else _("Unknown")
            cast(forms.ChoiceField, field).choices = [("", blank), *[*choices][1:]]


def _options(options: list[dict[str, Any]]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((o["value"], SafeString(" selected") if o["selected"] else "", o["label"]) for o in options),
    )


def _written(attrs: dict[str, Any]) -> list[tuple[str, Any]]:
    """As Django writes them: False is left out, True is its own name."""
    return [(name, name if value is True else value) for name, value in attrs.items() if value not in (None, False)]
