"""Inputs for the columns of a school, and for places."""

from collections.abc import Collection
from datetime import date
from itertools import groupby

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.widgets import say_blanks
from schools.models import District, School
from schools.permissions import CONTACTS, LOCALITIES, NAMES

# The order in which a person is asked, and under which heading.
GROUPS = (
    (_("Name"), NAMES),
    (_("Kind and place"), ("kind", "ownership", "setting", *LOCALITIES, "latitude", "longitude")),
    (_("Building and pupils"), ("pupils", "floors", "has_outdoor_toilet")),
    (_("Contacts"), CONTACTS),
)
HELP = {
    "latitude": _("In degrees, for example 49.94822"),
    "longitude": _("In degrees, for example 82.62788"),
    "phone": _("For example +7 7232 55-12-34"),
}


def school_fields(names: Collection[str]) -> dict[str, forms.Field]:
    """Inputs of these columns, in the order in which a person is asked."""
    ordered = [name for _title, group in GROUPS for name in group if name in names]
    fields = fields_for_model(School, fields=ordered)
    say_blanks(fields.values())
    for name in HELP.keys() & fields.keys():
        fields[name].help_text = HELP[name]
    return fields


class ReasonField(forms.CharField):
    """Why; kept in the history."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label=_("Reason"),
            help_text=_("For example the number and the day of the order. It is kept in the history."),
            max_length=500,
            required=required,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


def offer_districts(field: forms.Field, user: User, day: date) -> None:
    """Let the field choose among the districts of the day that the person serves, under their regions."""
    assert isinstance(field, forms.ModelChoiceField)
    districts = District.objects.existing_on(day).visible_to(user).select_related("region")
    field.queryset = districts
    ordered = districts.order_by("region__kind", "region__name_sort", "region_id", "kind", "name_sort", "pk")
    field.widget.choices = [
        ("", _("Choose a district")),
        *(
            (region.name, [(district.pk, district.name) for district in group])
            for region, group in groupby(ordered, key=lambda district: district.region)
        ),
    ]
