"""Of which area and period the pre-check is compared with what inspectors found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.widgets import DayInput
from schools.areas import Area
from schools.forms.areas import area_choices


class AgreementForm(forms.Form):
    """Everything may be left out: then it is the widest area of the person, and every visit."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    since = forms.DateField(label=gettext_lazy("Visited from"), required=False, widget=DayInput)
    until = forms.DateField(label=gettext_lazy("Visited until"), required=False, widget=DayInput)

    def __init__(self, asked: Mapping[str, str], *, user: User, today: date, home: Area | None) -> None:
        super().__init__(asked)
        self.home = home
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = [choice for choice in area_choices(user, today) if choice[0]]
        if home:
            area.initial = home.key

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError(_("The period ends before it begins."))
        return self.cleaned_data

    @property
    def asked_area(self) -> Area | None:
        return (Area.from_key(key) if (key := self.cleaned_data["area"]) else None) or self.home
