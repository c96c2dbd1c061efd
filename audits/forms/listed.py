"""What the address of a list asks for beside its filters: the day and the order, and nothing unheard of."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.as_of import AsOfForm


class ListedForm(AsOfForm):
    """`?as_of=…&ordering=-pupils`. A parameter that is not known is an error: a slip must not list everything."""

    ordering = forms.ChoiceField(label=gettext_lazy("Order"), required=False)

    def __init__(self, asked: QueryDict, *, today: date, orders: Any, known: Collection[str]) -> None:
        """`orders` are the choices of the order, the usual one first; `known` what the address may ask for besides."""
        super().__init__(asked, today=today)
        self.offer(orders)
        self.known = {*self.fields, *known}

    def offer(self, orders: Any) -> None:
        """The choices of the order."""
        ordering: Any = self.fields["ordering"]
        ordering.choices = orders

    def clean(self) -> dict[str, Any]:
        for name in self.data:
            if name not in self.known:
                self.add_error(None, ValidationError(_("There is no filter “%(name)s”.") % {"name": name}))
        return self.cleaned_data
