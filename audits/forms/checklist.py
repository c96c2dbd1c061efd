"""The checklist as forms: one per requirement, alone when it is autosaved, together when a section is sent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from audits.answers import Finding, choices_of, result_of
from audits.models import Result
from audits.sheet import Row, Section

NOT_ASSESSED = ("", _("Not assessed"))
SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


class MeasuredValueField(forms.DecimalField):
    """A number typed on a phone of any language: comma and point both divide, spaces are passed over."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        # "1,920" is refused for its three places rather than read as 1.92 or as 1920.
        return super().to_python(value.translate(SPACES).replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", get_format("DECIMAL_SEPARATOR"))
        return value


class AnswerForm(forms.Form):
    """One row of the sheet. Field names carry the code of the requirement: COV-01-result."""

    result = forms.ChoiceField(
        label=_("Result"), choices=[*Result.choices, NOT_ASSESSED], required=False, widget=forms.RadioSelect
    )
    value = MeasuredValueField(label=_("Measured value"), max_digits=8, decimal_places=2, required=False)
    choice = forms.ChoiceField(label=_("What was found"), required=False, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Mapping[str, Any] | None, *, row: Row) -> None:
        self.row = row
        answer, requirement = row.answer, row.requirement
        kept = {name: getattr(answer, name) for name in ("result", "value", "choice", "note")}
        super().__init__(data, prefix=requirement.code, initial=kept)
        if requirement.threshold is None:
            del self.fields["value"]
        else:
            self.fields["value"].widget.attrs["aria-describedby"] = f"{requirement.code}-threshold"
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices_of(requirement)
        if not choice.choices:
            del self.fields["choice"]

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            _result, problems = result_of(self.finding, self.row.requirement)
            for problem in problems:
                self.add_error(None, problem)
        return self.cleaned_data

    @property
    def finding(self) -> Finding:
        """What the inspector says, of which the newer part counts: what was measured, or the result that was chosen."""
        said = dict(self.cleaned_data)
        is_measured_anew = not {"value", "choice"}.isdisjoint(self.changed_data)
        is_judged_anew = "result" in self.changed_data
        if is_measured_anew and not is_judged_anew:
            said["result"] = ""
        if is_judged_anew and not is_measured_anew and not said["result"]:
            said |= {name: blank for name, blank in {"value": None, "choice": ""}.items() if name in said}
        return Finding(code=self.row.requirement.code, **said)


class SectionForm:
    """All rows of a section, as sent at once. All problems come at once too."""

    def __init__(self, data: Mapping[str, Any] | None, *, section: Section) -> None:
        self.answers: Sequence[AnswerForm] = [AnswerForm(data, row=row) for row in section.rows]

    def is_valid(self) -> bool:
        return not self.refused

    @property
    def refused(self) -> list[AnswerForm]:
        return [form for form in self.answers if form.errors]

    @property
    def findings(self) -> list[Finding]:
        """Only what was changed: a row nobody touched keeps who answered it, and when."""
        return [form.finding for form in self.answers if form.has_changed()]
