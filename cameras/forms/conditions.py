"""What a report on cameras asks for."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cameras.forms.fields import ReasonField
from cameras.services.rules import STATES_TO_REPORT
from core.widgets import DayInput


class ConditionForm(forms.Form):
    """The arguments of services.report_condition()."""

    state = forms.ChoiceField(
        label=_("Condition"),
        choices=[(state.value, state.label) for state in STATES_TO_REPORT],
        widget=forms.RadioSelect,
    )
    observed_on = forms.DateField(label=_("Observed on"), widget=DayInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, said: QueryDict | None, *, today: date) -> None:
        super().__init__(said, initial={"observed_on": today})
        self.fields["observed_on"].widget.attrs["max"] = today.isoformat()


class SwitchForm(forms.Form):
    """The arguments of services.connect() and disconnect()."""

    reason = ReasonField(required=False)

    def __init__(self, said: QueryDict | None, **_unused: Any) -> None:
        super().__init__(said)
