"""Planning a visit."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audits.models import Audit
from audits.permissions import assignable_inspectors
from core.widgets import DayInput
from schools.models import School


class PlanAuditForm(forms.Form):
    """The arguments of services.plan()."""

    inspector = forms.ModelChoiceField(User.objects.none(), label=_("Inspector"), empty_label=_("Choose an inspector"))
    planned_for = forms.DateField(label=_("Planned for"), widget=DayInput)
    kind = forms.ChoiceField(label=_("Kind of audit"), choices=Audit.Kind, widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("Auditing body"), choices=Audit.Body)

    def __init__(self, said: QueryDict | None, *, school: School, today: date) -> None:
        super().__init__(said, initial={"kind": Audit.Kind.MONITORING})
        inspector = self.fields["inspector"]
        assert isinstance(inspector, forms.ModelChoiceField)
        inspector.queryset = assignable_inspectors(school).order_by("name", "pk")
        self.fields["planned_for"].widget.attrs["min"] = today.isoformat()
