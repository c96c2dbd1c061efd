"""The day a page speaks of, as its address asks for it."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.widgets import DayInput

EARLIEST = date(2000, 1, 1)


class AsOfForm(forms.Form):
    """`?as_of=2021-06-30`. Of a date that cannot be, the page says why and speaks of today."""

    as_of = forms.DateField(
        label=gettext_lazy("As of"),
        required=False,
        widget=DayInput(attrs={"min": EARLIEST.isoformat()}),
        help_text=gettext_lazy("Today if left empty"),
    )

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        super().__init__(asked)
        self.today = today
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()

    def clean_as_of(self) -> date | None:
        day = self.cleaned_data["as_of"]
        if day and not EARLIEST <= day <= self.today:
            bounds = {"first": date_format(EARLIEST), "last": date_format(self.today)}
            raise ValidationError(_("Choose a day from %(first)s to %(last)s") % bounds)
        return day

    @property
    def past_day(self) -> date | None:
        """The day before today that was asked for; None means today."""
        day = self.cleaned_data.get("as_of") if self.is_valid() else None
        return day if day and day < self.today else None

    @property
    def day(self) -> date:
        return self.past_day or self.today
