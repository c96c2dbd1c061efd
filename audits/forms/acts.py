"""What an act on an audit asks for beside the decision itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import DayInput


class StartForm(forms.Form):
    """The day of the visit; it decides which edition the audit is pinned to."""

    visited_on = forms.DateField(label=_("Date of visit"), widget=DayInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data, initial={"visited_on": today})
        self.fields["visited_on"].widget.attrs["max"] = today.isoformat()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The inspector and everybody who opens the audit will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
