"""What people say about the filters they save."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveFilterForm(forms.Form):
    """The service refuses what cannot be: a form that repeated its rules would say them twice."""

    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    path = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(widget=forms.HiddenInput, required=False)


class RenameFilterForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=60)
