"""Inputs of our own."""

import pytest
from django import forms
from django.test import SimpleTestCase

from core.widgets import LongSelect

GROUPED = [("", "Any"), ("kz", "Kazakhstan"), ("East <b>", [("ek/ridder", "Ridder & co"), ("ek/semey", "Semey")])]


@pytest.mark.parametrize("value", ["", None, "kz", "ek/semey", "unknown"])
@pytest.mark.parametrize("attrs", [{"id": "id_area"}, {"required": True, "disabled": False, "class": "form-select"}])
def test_a_long_select_says_what_the_one_of_django_says(value, attrs):
    ours, theirs = (widget(choices=GROUPED).render("area", value, attrs) for widget in (LongSelect, forms.Select))

    SimpleTestCase().assertHTMLEqual(ours, theirs)
