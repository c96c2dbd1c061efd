"""Schools with their standing as rows of a table, on a page and in a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.compliance import Connection, Standing

HEADING = (
    gettext_lazy("Code"),
    gettext_lazy("School"),
    gettext_lazy("Locality"),
    gettext_lazy("District"),
    gettext_lazy("Region"),
    gettext_lazy("Standing"),
    gettext_lazy("Equipped"),
    gettext_lazy("Operational"),
    gettext_lazy("Connection"),
    gettext_lazy("Last visit"),
    gettext_lazy("Edition"),
)


def page_rows(schools: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Each school with the words for what is true of it; connection and function only of the equipped."""
    for school in schools:
        yield {
            "school": school,
            "standing": Standing(school.standing),
            "connection": Connection(school.connection).label if school.is_equipped else None,
        }


def file_rows(schools: Iterable[Any]) -> Iterator[tuple[object, ...]]:
    """The columns of HEADING."""
    for row in page_rows(schools):
        school = row["school"]
        yield (
            school.code,
            school.name,
            school.locality,
            school.placed.district.name,
            school.placed.district.region.name,
            row["standing"].label,
            _("Yes") if school.is_equipped else _("No"),
            (_("No") if school.is_malfunctioning else _("Yes")) if school.is_equipped else None,
            row["connection"],
            school.visited_on,
            school.edition_code,
        )


def chosen(form: forms.Form) -> list[tuple[str, str]]:
    """What a filter form narrows by, as label and words: [("Standing", "Non-compliant, Not assessed")]."""
    words = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", []):
            continue
        labels = dict(flatten_choices(getattr(form.fields[name].widget, "choices", ())))
        values = value if isinstance(value, list) else [str(value).lower() if isinstance(value, bool) else value]
        words.append((str(form.fields[name].label), ", ".join(str(labels.get(one, one)) for one in values)))
    return words
