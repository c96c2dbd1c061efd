"""What each act on a school asks for. `arguments` are those of the service."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.widgets import DayInput
from schools.forms.fields import GROUPS, ReasonField, offer_districts, school_fields
from schools.forms.versioned import VersionedForm
from schools.models import District, School
from schools.permissions import NAMES, can_confirm, fields_open_to


class ActForm(VersionedForm):
    """An act on a school, as the person saw it."""

    def __init__(
        self, said: QueryDict | None, *, school: School, user: User, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(said, initial={"version": school.version} | (initial or {}))
        self.school, self.user, self.today = school, user, timezone.localdate()

    @property
    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"expects": said.pop("version"), **said}

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Fields of the school under their headings."""
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]
        return [(title, fields) for title, fields in found if fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields of the act itself: the day, the reason."""
        described = {name for _title, names in GROUPS for name in names}
        return [self[name] for name in self.fields if name not in described]

    @property
    def entered(self) -> list[tuple[str, str]]:
        """What a valid form was given, in words, to be read once more before it is done."""
        said = [(str(self[name].label), self.cleaned_data[name]) for name in self.fields if name != "version"]
        return [(label, _in_words(value)) for label, value in said]

    def _asks_for_a_day(self, name: str = "on", *, earliest: date | None = None, latest: date | None = None) -> None:
        attrs = self.fields[name].widget.attrs
        attrs.update({key: day.isoformat() for key, day in (("min", earliest), ("max", latest)) if day})


def _in_words(value: Any) -> str:
    if isinstance(value, School):
        return f"{value.name}, {value.code}"
    return date_format(value) if isinstance(value, date) else str(value)


class ReasonForm(ActForm):
    reason = ReasonField()


class ConfirmForm(ActForm):
    """Nothing but the version."""


class DatedForm(ActForm):
    """From today or a later day."""

    on = forms.DateField(label=_("From which day"), widget=DayInput)
    reason = ReasonField()

    def __init__(self, said: QueryDict | None, **of: Any) -> None:
        super().__init__(said, **of)
        self._asks_for_a_day(earliest=self.today)
        self.fields["on"].help_text = _("Today or a later day: the figures of past days do not change.")


class MoveForm(DatedForm):
    to = forms.ModelChoiceField(District.objects.none(), label=_("To the district"))
    field_order = ("to", "on", "reason")

    def __init__(self, said: QueryDict | None, **of: Any) -> None:
        super().__init__(said, **of)
        offer_districts(self.fields["to"], self.user, self.today)


class MergeForm(DatedForm):
    into = forms.ModelChoiceField(
        School.objects.none(),
        label=_("Into the school"),
        help_text=_("The code of the school that goes on. Those of the same district are suggested."),
        to_field_name="code",
        widget=forms.TextInput(attrs={"list": "schools-nearby", "autocomplete": "off"}),
        error_messages={"invalid_choice": _("There is no such school among those you serve.")},
    )
    field_order = ("into", "on", "reason")

    def __init__(self, said: QueryDict | None, **of: Any) -> None:
        super().__init__(said, **of)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = School.objects.served_by(self.user, self.today).exclude(pk=self.school.pk)

    @property
    def nearby(self) -> Any:
        """Schools of the same district, to be suggested."""
        districts = self.school.placements.on(self.today).values("district")
        near = School.objects.open_on(self.today).filter(placements__district__in=districts)
        return near.filter(placements__valid_to=None).exclude(pk=self.school.pk).distinct().sorted_by_name()


class RenameForm(ActForm):
    on = forms.DateField(label=_("Called so since"), widget=DayInput)
    reason = ReasonField()
    field_order = (*NAMES, "on", "reason")

    def __init__(self, said: QueryDict | None, *, school: School, user: User) -> None:
        super().__init__(said, school=school, user=user, initial={name: getattr(school, name) for name in NAMES})
        self.fields |= school_fields(NAMES)
        self.order_fields(self.field_order)
        self._asks_for_a_day(latest=self.today)

    @property
    def arguments(self) -> dict[str, Any]:
        said = super().arguments
        return {"names": {name: said.pop(name) for name in NAMES}, **said}


class CorrectionForm(ActForm):
    """The columns that the person may correct, with what they hold."""

    confirms = forms.BooleanField(label=_("All the rest is right as well: confirm the record"), required=False)
    reason = ReasonField(required=False)

    def __init__(self, said: QueryDict | None, *, school: School, user: User, confirms: bool = False) -> None:
        names = fields_open_to(user, school)
        initial = {name: getattr(school, name) for name in names} | {"confirms": confirms}
        super().__init__(said, school=school, user=user, initial=initial)
        self.fields |= school_fields(names)
        if not can_confirm(user, school):
            del self.fields["confirms"]

    @property
    def arguments(self) -> dict[str, Any]:
        said = super().arguments
        act = {name: said.pop(name) for name in ("expects", "reason", "confirms") if name in said}
        return {"values": said, **act}
