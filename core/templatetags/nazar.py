"""How figures, signs and form fields look on a page."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import icons
from core.figures import share

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
NONE = "\N{EM DASH}"


@register.filter
def share_of(numerator: int, denominator: int) -> Decimal | None:
    """Percent of the denominator, rounded in the one place: {{ 533|share_of:647|percent }}."""
    return share(numerator, denominator)


@register.filter
def percent(value: Decimal | None) -> str:
    """A share as the language writes it: 82,4 % in Kazakh and Russian, 82.4% in English; a dash for None."""
    if value is None:
        return NONE
    space = "" if (get_language() or "").startswith("en") else NBSP
    return f"{number_format(value, decimal_pos=1)}{space}%"


@register.filter
def figure(value: int | None) -> str:
    """A count with its thousands set apart; a dash for None, never for 0."""
    return NONE if value is None else number_format(value, force_grouping=True)


@register.filter
def tenge(value: Decimal | None) -> str:
    """An amount with its two places and the sign of the currency; a dash for None."""
    return NONE if value is None else f"{number_format(value, decimal_pos=2, force_grouping=True)}{NBSP}₸"


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of core.icons, beside a text that says the same."""
    return icons.icon(name)


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """The input of a form field with Tabler's class. Django itself ties it to its help and its errors.

    No placeholders: they vanish while one types, and the label stays.
    """
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return field.as_widget()
    if isinstance(widget, forms.CheckboxInput):
        css = "form-check-input"
    else:
        css = "form-select" if isinstance(widget, forms.Select) else "form-control"
    own = widget.attrs.get("class", "")
    classes = f"{own} {css}{' is-invalid' if field.errors else ''}".strip()
    return field.as_widget(attrs={"class": classes, "placeholder": False})


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The numbers worth showing: the ends, the neighbours, and an ellipsis between them."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.inclusion_tag("components/standings_bar.html")
def standings_bar(segments: Iterable[Mapping[str, Any]], *, small: bool = False) -> dict[str, object]:
    """A stacked bar of {key, label, count, url}; `small` is for a cell of a table that gives the counts itself."""
    segments = list(segments)
    total = sum(segment["count"] for segment in segments)
    drawn, x = [], 0.0
    for segment in segments:
        width = segment["count"] * 100 / total if total else 0.0
        drawn.append({**segment, "x": f"{x:.3f}%", "width": f"{width:.3f}%", "share": share(segment["count"], total)})
        x += width
    return {"segments": drawn, "small": small}
