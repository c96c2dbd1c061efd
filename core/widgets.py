"""Inputs that Django itself does not have."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day from the calendar of the device, which speaks ISO dates in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
