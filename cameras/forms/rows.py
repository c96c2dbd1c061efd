"""Many cameras at once: a pattern that is repeated, and the table of rows that it fills."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.forms.fields import GROUPS_OF_A_CAMERA, Group, StateField, grouped, inputs
from cameras.models import Camera
from cameras.services.rules import OF_A_CAMERA
from core.errors import Problem, Refused

MOST_AT_ONCE = 64
MOST_ROWS = 200
TOTAL = "rows-total"
DETAILS = (*("is_digital", "bitrate_mbps", "field_of_view", "target_distance", "has_night_mode", "state", "connected"),)


class CameraValuesForm(forms.Form):
    """What is said of a camera that is entered."""

    state = StateField()
    connected = forms.BooleanField(label=_("Connected to the operations centre"), required=False)

    def __init__(self, said: Mapping[str, Any] | None, *, floors: int, **options: Any) -> None:
        super().__init__(said, **options)
        self.today = timezone.localdate()
        self.fields = inputs(Camera, ("number", *OF_A_CAMERA), today=self.today) | self.fields
        self.fields["floor"].widget.attrs["max"] = floors
        self.fields["is_digital"].initial = True


class PatternForm(CameraValuesForm):
    """How many cameras, and what is the same of them. Their numbers follow."""

    how_many = forms.IntegerField(label=_("How many cameras"), min_value=1, max_value=MOST_AT_ONCE, initial=1)

    def __init__(self, said: Mapping[str, Any] | None, *, floors: int, like: Camera | None = None) -> None:
        super().__init__(said, floors=floors, prefix="pattern", initial=_values_of(like) if like else {})
        del self.fields["number"]

    @classmethod
    def as_typed(cls, said: QueryDict, *, floors: int) -> "PatternForm":
        """The form as it was sent, with nothing asked of it."""
        form = cls(None, floors=floors)
        form.initial = {name: said.get(form.add_prefix(name)) for name in form.fields}
        return form

    @property
    def groups(self) -> list[Group]:
        place, picture, since = GROUPS_OF_A_CAMERA
        columns = (
            (place[0], ("how_many", *place[1])),
            picture,
            (since[0], (*since[1], "state", "connected")),
        )
        return grouped(self, columns)


class RowForm(CameraValuesForm):
    """One camera of the table."""

    leave_out = forms.BooleanField(label=_("Leave out"), required=False)

    def __init__(self, said: Mapping[str, Any] | None, *, floors: int, place: int) -> None:
        super().__init__(said, floors=floors, prefix=f"rows-{place}")
        self.place = place
        self.fields["number"].required = False
        for field in self.fields.values():
            # The headings of the table are far from the twentieth row.
            field.widget.attrs["aria-label"] = f"{field.label}, {place + 1}"
            field.help_text = ""

    @property
    def details(self) -> list[forms.BoundField]:
        """What is seldom different from the row above."""
        return [self[name] for name in DETAILS]

    @property
    def hidden_errors(self) -> bool:
        return any(field.errors for field in self.details)

    @property
    def is_left_out(self) -> bool:
        return bool(self["leave_out"].value())

    @property
    def values(self) -> dict[str, Any]:
        """A row of services.install()."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"connected", "leave_out"}}
        return {**said, "connected_on": self.today if self.cleaned_data["connected"] else None}


class Table:
    """The rows as the page sent them."""

    def __init__(self, said: QueryDict, *, floors: int) -> None:
        written = said.get(TOTAL, "0")
        self.total = min(int(written), MOST_ROWS) if written.isdecimal() and len(written) < 4 else 0
        sent = [RowForm(said, floors=floors, place=n) for n in range(self.total) if f"rows-{n}-zone" in said]
        self.rows = [row for row in sent if not row.is_left_out]

    @property
    def is_valid(self) -> bool:
        faulty = [row for row in self.rows if not row.is_valid()]
        return not faulty

    @property
    def numbers(self) -> list[int]:
        said = [str(row["number"].value() or "") for row in self.rows]
        return [int(number) for number in said if number.isdecimal() and len(number) < 5]

    def show(self, refused: Refused) -> list[str]:
        """Put each problem at the input it is about; those that are about no input."""
        others = []
        for problem in refused.problems:
            path = problem.path if isinstance(problem, Problem) else ""
            place, _dot, column = path.removeprefix("cameras.").partition(".")
            row = self.rows[int(place)] if place.isdecimal() and int(place) < len(self.rows) else None
            if isinstance(problem, Problem) and row is not None and column in row.fields:
                row.add_error(column, problem.alone)
            else:
                others.append(str(problem))
        return others


def with_rows(said: QueryDict, table: Table, pattern: PatternForm, *, numbers: Iterable[int]) -> QueryDict:
    """What was sent, with a row for each of the numbers filled by the valid pattern. Rows left out are gone."""
    data = QueryDict(mutable=True)
    kept = [name for name in said if not name.startswith("rows-")]
    for name in kept:
        data.setlist(name, said.getlist(name))
    old = [_sent(row, said) for row in table.rows]
    new = [{**_sent(pattern, said), "number": str(number)} for number in numbers]
    rows = [*old, *new][:MOST_ROWS]
    for place, row in enumerate(rows):
        data.update({f"rows-{place}-{name}": value for name, value in row.items() if name != "how_many"})
    data[TOTAL] = str(len(rows))
    return data


def _sent(form: forms.Form, said: QueryDict) -> dict[str, str]:
    """What a browser sent for the form; an empty box is not sent."""
    sent = {name: said.get(form.add_prefix(name)) for name in form.fields}
    return {name: value for name, value in sent.items() if value is not None}


def _values_of(camera: Camera) -> dict[str, Any]:
    return {name: getattr(camera, name) for name in OF_A_CAMERA}
