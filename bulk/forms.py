"""What the pages of imports accept."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    # What is wrong with a file, even an empty one, the service says.
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(".xlsx or .csv, up to 100 MB and 300,000 rows."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text=_("On what grounds: a letter, an order, a count on the spot. The history of each row will quote it."),
    )
