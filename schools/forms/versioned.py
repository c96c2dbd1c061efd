"""Forms that know which version of a row the person saw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from core.errors import Difference, Outdated, Refused
from core.refusals import show, status_of
from schools import history
from schools.models import Versioned


@dataclass(frozen=True)
class Differing:
    """A field that somebody else changed meanwhile. `yours` is what the person entered, blank if left as it was."""

    label: str
    was: str
    became: str
    by: str
    at: datetime
    yours: str


class VersionedForm(forms.Form):
    """Carries the version that was seen; once outdated, `differing` says what is different now."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    differing: list[Differing] | None = None

    def refuse(self, refused: Refused, row: Versioned) -> int:
        """Say what the service refused, with all that was typed, and answer with the status of the page. What is
        different by now is shown beside it: `row` is read again."""
        if isinstance(refused, Outdated):
            row.refresh_from_db()
            self._meet(refused, row)
        else:
            show(self, refused)
        return status_of(refused)

    def _meet(self, outdated: Outdated, row: Versioned) -> None:
        """Keep what was typed, let what was not touched follow `row` as it is now, and carry the present version: who
        sends the form again saves knowingly."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(outdated.version)
        self.differing = [self._met(each, row, data) for each in outdated.differences]
        self.data = data

    def _met(self, difference: Difference, row: Versioned, data: QueryDict) -> Differing:
        name, yours = difference.field, ""
        if name in self.fields:
            yours = history.in_words(type(row), name, history.stored(self.cleaned_data.get(name)))
        if yours == difference.was:
            yours = ""
            _put(data, self.add_prefix(name), getattr(row, name))
        return Differing(difference.label, difference.was, difference.became, difference.by, difference.at, yours=yours)


def _put(data: QueryDict, name: str, value: Any) -> None:
    """The value as a browser would send it: an unchecked box is not sent at all."""
    if value is False:
        data.pop(name, None)
    else:
        data[name] = "" if value is None else str(history.stored(value))
