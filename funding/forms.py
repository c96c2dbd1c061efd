"""What the pages of upgrade requests accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.models import Violation
from funding.models import UpgradeRequest
from schools.models import School


class ViolationChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, violation: Violation) -> str:
        return f"{violation.code} · {violation.get_severity_display()} · {violation.requirement.text}"


class RequestForm(forms.Form):
    violations = ViolationChoice(
        Violation.objects.none(), widget=forms.CheckboxSelectMultiple, label=_("Violations it would cure")
    )
    purpose = forms.ChoiceField(choices=UpgradeRequest.Purpose, widget=forms.RadioSelect, label=_("Purpose"))
    description = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        label=_("What is needed"),
        help_text=_("Equipment and works, with quantities."),
    )
    amount = forms.DecimalField(
        min_value=0.01, max_digits=14, decimal_places=2, localize=True, label=_("Requested amount, ₸")
    )

    def __init__(self, *arguments: Any, school: School, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["violations"].queryset = school.violations.open().in_order()  # type: ignore[attr-defined]


class WithdrawalForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, label=_("Reason"))
