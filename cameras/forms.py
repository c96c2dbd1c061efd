"""What a report on a camera asks for."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cameras.models import Condition
from core.widgets import DayInput


class ConditionForm(forms.Form):
    """The arguments of services.report_condition()."""

    state = forms.ChoiceField(label=_("Condition"), choices=Condition.State, widget=forms.RadioSelect)
    observed_on = forms.DateField(label=_("Observed on"), widget=DayInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, said: QueryDict | None, *, today: date) -> None:
        super().__init__(said, initial={"observed_on": today})
        self.fields["observed_on"].widget.attrs["max"] = today.isoformat()
