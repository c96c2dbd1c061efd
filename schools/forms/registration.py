"""Entering a school."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.widgets import DayInput
from schools.forms.fields import GROUPS, ReasonField, offer_districts, school_fields
from schools.models import District
from schools.permissions import CONTACTS, LOCALITIES, NAMES, OPEN_TO_THE_SCHOOL

DETAILS = {*NAMES, "kind", "ownership", "setting", *LOCALITIES, *OPEN_TO_THE_SCHOOL, *CONTACTS}


class RegistrationForm(forms.Form):
    """The arguments of services.register()."""

    code = forms.SlugField(
        label=_("Code"), max_length=12, help_text=_("Permanent and never given again: EK-0648 for example.")
    )
    district = forms.ModelChoiceField(District.objects.none(), label=_("District"))
    opened_on = forms.DateField(label=_("Opened on"), widget=DayInput)
    reason = ReasonField()

    def __init__(self, said: QueryDict | None, *, user: User) -> None:
        super().__init__(said)
        self.fields |= school_fields(DETAILS)
        offer_districts(self.fields["district"], user, timezone.localdate())
        self.fields["opened_on"].help_text = _("It is in the figures from that day, but not before today.")

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Every field under its heading, in the order of the page."""
        described = [(title, [self[name] for name in names]) for title, names in GROUPS]
        entered = [self[name] for name in ("code", "district", "opened_on")]
        return [(_("In the register"), entered), *described, (_("Why"), [self["reason"]])]

    @property
    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"details": {name: said.pop(name) for name in DETAILS}, **said}
