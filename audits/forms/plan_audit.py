"""Planning a visit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.models import Audit
from audits.permissions import assignable_inspectors
from core.widgets import DayInput
from schools.models import School


class PlanAuditForm(forms.Form):
    """The arguments of services.plan()."""

    inspector = forms.ModelChoiceField(None, label=_("Inspector"))
    planned_for = forms.DateField(label=_("Planned for"), widget=DayInput)
    kind = forms.ChoiceField(label=_("Kind of audit"), choices=Audit.Kind, widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("Auditing body"), choices=Audit.Body)

    def __init__(self, *args: Any, school: School, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": Audit.Kind.MONITORING}, **kwargs)
        self.fields["inspector"].queryset = assignable_inspectors(school).order_by("name", "pk")
        self.fields["planned_for"].widget.attrs["min"] = today.isoformat()
