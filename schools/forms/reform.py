"""What a reform of areas asks for: from when, by which act, into which region, and each district that is made."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.widgets import DayInput
from schools.models import District, Region
from schools.reform import Part, Plan

NEW_REGION = "new"
NAMES = ("name_kk", "name_ru", "name_en", "center_kk", "center_ru", "center_en")


class PlaceForm(forms.Form):
    """What both a new region and a new district are called. Whether it can be, the plan says."""

    slug = forms.SlugField(label=_("Name in addresses"), help_text=_("Latin letters, digits and hyphens"))
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=100)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100)
    kato = forms.RegexField(r"^\d{9}$", label=_("KATO code"), required=False, help_text=_("Nine digits"))
    center_kk = forms.CharField(label=_("Centre in Kazakh"), max_length=100, required=False)
    center_ru = forms.CharField(label=_("Centre in Russian"), max_length=100, required=False)
    center_en = forms.CharField(label=_("Centre in English"), max_length=100, required=False)

    @property
    def place(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in PLACE and value not in ("", None)}


PLACE = (*PlaceForm.base_fields, "kind", "latitude", "longitude")


class PartForm(PlaceForm):
    """A district to be made. `schools`: codes of those that move; without the field it takes all."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in (District.Kind.DISTRICT, District.Kind.CITY)]
    )
    predecessor = forms.ChoiceField(label=_("Taken from"))
    schools = forms.CharField(
        label=_("Codes of the schools that move"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Separated by spaces, commas or lines"),
    )

    def __init__(self, said: QueryDict | None, *, districts: Iterable[District], whole: District | None, number: int):
        initial = {name: getattr(whole, name) for name in (*NAMES, "kind")} if whole else {}
        if whole:
            # No slug is ever used twice: a name that is free, to be bettered.
            initial["slug"] = f"{whole.slug}-{timezone.localdate().year}"
        super().__init__(said, prefix=f"part-{number}", initial=initial)
        self.whole = whole
        self.fields["predecessor"].choices = [(d.slug, d.name) for d in districts]  # type: ignore[attr-defined]
        if whole:
            del self.fields["schools"], self.fields["predecessor"]

    @property
    def title(self) -> str:
        return self.whole.name if self.whole else ""

    def part(self, region: str) -> Part:
        """The part of the plan that the form says. Coordinates go with a district that goes over whole."""
        place = self.place
        if self.whole:
            place |= {name: getattr(self.whole, name) for name in ("latitude", "longitude")}
            return Part(region=region, predecessor=self.whole.slug, place=_written(place))
        codes = self.cleaned_data["schools"].replace(",", " ").split()
        return Part(region=region, predecessor=self.cleaned_data["predecessor"], place=place, schools=codes)


class ReformForm(forms.Form):
    """The whole plan: its own fields, a region to be made if there is one, and a PartForm for each district."""

    effective_on = forms.DateField(label=_("In force from"), widget=DayInput)
    reason = forms.CharField(
        label=_("Legal act"), max_length=500, help_text=_("It is shown in the history of every school that moves.")
    )
    target = forms.ChoiceField(label=_("Region of the new districts"))

    def __init__(self, said: QueryDict | None, *, region: Region, regions: Iterable[Region], parts: list[PartForm]):
        super().__init__(said, initial={"target": region.slug})
        self.parts = parts
        self.new_region = PlaceForm(said, prefix="region")
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            *((one.slug, one.name) for one in regions),
            (NEW_REGION, _("A new region, described below")),
        ]

    @property
    def makes_region(self) -> bool:
        return self["target"].value() == NEW_REGION

    @property
    def all_forms(self) -> list[forms.Form]:
        return [self, *([self.new_region] if self.makes_region else []), *self.parts]

    def is_whole(self) -> bool:
        """Every form of the plan is valid; all are asked, so that every error shows at once."""
        faulty = [form for form in self.all_forms if not form.is_valid()]
        return not faulty

    @property
    def plan(self) -> Plan:
        regions = [{"kind": "region", **self.new_region.place}] if self.makes_region else []
        target = str(regions[0]["slug"]) if regions else self.cleaned_data["target"]
        return Plan(
            effective_on=self.cleaned_data["effective_on"],
            reason=self.cleaned_data["reason"].strip(),
            parts=[part.part(target) for part in self.parts],
            regions=regions,
        )


def _written(place: dict[str, Any]) -> dict[str, Any]:
    """Numbers as text, as a plan that came as JSON has them."""
    return {name: value if isinstance(value, str) else str(value) for name, value in place.items() if value is not None}


class ChoiceOfDistrictsForm(forms.Form):
    """The first step: which districts go over whole, and how many are made of parts of others."""

    whole = forms.MultipleChoiceField(
        label=_("Districts that go over whole"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parts = forms.IntegerField(
        label=_("Districts made of some schools of another"), min_value=0, max_value=20, initial=0, required=False
    )

    def __init__(self, said: QueryDict | None, *, districts: Iterable[District]) -> None:
        super().__init__(said)
        self.fields["whole"].choices = [(d.slug, d.name) for d in districts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("whole") and not said.get("parts"):
            raise forms.ValidationError(_("Choose at least one district, or say how many are made of parts."))
        return said
