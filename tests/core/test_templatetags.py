from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from core.icons import OUTLINES
from core.templatetags import nazar

NBSP = "\N{NO-BREAK SPACE}"


def rendered(template, **context):
    return Template("{% load nazar %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("language", "share", "written"),
    [
        ("kk", Decimal("82.4"), f"82,4{NBSP}%"),
        ("ru", Decimal("82.4"), f"82,4{NBSP}%"),
        ("en", Decimal("82.4"), "82.4%"),
        ("kk", Decimal("100"), f"100,0{NBSP}%"),
        ("kk", Decimal("0.0"), f"0,0{NBSP}%"),
        ("kk", None, "—"),
    ],
)
def test_a_share_is_written_as_the_language_writes_it(language, share, written):
    with translation.override(language):
        assert nazar.percent(share) == written


def test_533_of_647_is_82_4_percent():
    with translation.override("kk"):
        assert rendered("{{ 533|share_of:647|percent }}") == f"82,4{NBSP}%"


def test_a_share_of_nothing_is_a_dash():
    assert rendered("{{ 0|share_of:0|percent }}") == "—"


@pytest.mark.parametrize(
    ("language", "count", "written"),
    [
        ("kk", 12647, f"12{NBSP}647"),
        ("ru", 12647, f"12{NBSP}647"),
        ("en", 12647, "12,647"),
        ("kk", 0, "0"),
        ("kk", None, "—"),
    ],
)
def test_a_count_has_its_thousands_set_apart_and_nought_is_no_dash(language, count, written):
    with translation.override(language):
        assert nazar.figure(count) == written


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("kk", Decimal("86000000"), f"86{NBSP}000{NBSP}000,00{NBSP}₸"),
        ("en", Decimal("117326.06"), f"117,326.06{NBSP}₸"),
        ("kk", None, "—"),
    ],
)
def test_an_amount_has_two_places_and_the_sign_of_the_tenge(language, amount, written):
    with translation.override(language):
        assert nazar.tenge(amount) == written


def test_a_bar_is_drawn_in_attributes_without_a_comma_whatever_the_language():
    segments = [
        {"key": "non_compliant", "label": "Non-compliant", "count": 533},
        {"key": "compliant", "label": "Compliant", "count": 104},
        {"key": "unequipped", "label": "Not equipped", "count": 10},
        {"key": "unassessed", "label": "Not assessed", "count": 0},
    ]

    with translation.override("kk"):
        drawn = nazar.standings_bar(segments)["segments"]

    assert [(one["x"], one["width"]) for one in drawn] == [
        ("0.000%", "82.380%"),
        ("82.380%", "16.074%"),
        ("98.454%", "1.546%"),
        ("100.000%", "0.000%"),
    ]
    assert [one["share"] for one in drawn] == [Decimal("82.4"), Decimal("16.1"), Decimal("1.5"), Decimal("0.0")]


def test_a_bar_of_no_schools_is_empty():
    drawn = nazar.standings_bar([{"key": "compliant", "label": "Compliant", "count": 0}])["segments"]

    assert [(one["width"], one["share"]) for one in drawn] == [("0.000%", None)]


def test_a_bar_says_in_words_what_it_shows_in_colours_and_leads_to_the_list():
    segments = [{"key": "compliant", "label": "Compliant", "count": 104, "url": "/schools/?standing=compliant"}]

    html = rendered("{% standings_bar segments %}", segments=segments)

    assert '<a href="/schools/?standing=compliant">Compliant</a>' in html
    assert "<strong>104</strong>" in html
    assert "style=" not in html


def test_a_tile_gives_the_figure_its_denominator_its_share_and_its_list():
    tile = '{% include "components/figure_tile.html" with label="Non-compliant" value=533 of=647 url="/x/" only %}'

    with translation.override("en"):
        html = rendered(tile)

    assert "<strong>533</strong> of 647" in html
    assert "82.4%" in html
    assert 'href="/x/"' in html


class ReturnForm(forms.Form):
    reason = forms.CharField(help_text="What to correct", widget=forms.TextInput(attrs={"placeholder": "Reason"}))
    body = forms.ChoiceField(choices=[("police", "Police")])
    sure = forms.BooleanField()


def test_a_field_is_tied_to_its_help_and_its_errors():
    html = rendered("{% control form.reason %}", form=ReturnForm({}))

    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control is-invalid"' in html
    assert "placeholder" not in html


def test_each_kind_of_input_has_its_own_class():
    form = ReturnForm()

    assert 'class="form-select"' in rendered("{% control form.body %}", form=form)
    assert 'class="form-check-input"' in rendered("{% control form.sure %}", form=form)


def test_all_problems_of_a_form_are_listed_at_once_each_with_a_way_to_its_field():
    html = rendered('{% include "components/form_errors.html" %}', form=ReturnForm({}))

    assert [f'href="#id_{name}"' in html for name in ("reason", "body", "sure")] == [True, True, True]


def test_pages_name_the_ends_and_the_neighbours():
    page = Paginator(range(647), 50).get_page(6)

    assert nazar.page_numbers(page) == [1, "…", 5, 6, 7, "…", 13]


@pytest.mark.parametrize("name", OUTLINES)
def test_every_sign_is_hidden_from_screen_readers(name):
    assert 'aria-hidden="true"' in rendered("{% icon name %}", name=name)
