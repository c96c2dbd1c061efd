"""The strings we translate for libraries are still theirs, and are translated."""

from pathlib import Path

import allauth
import django
import django_filters
import pytest
import rest_framework
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings

CALLS = {
    "_": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
DJANGO = Path(django.__file__).parent
THEIR_CATALOGUES = [
    DJANGO / "conf/locale/en/LC_MESSAGES/django.po",
    *DJANGO.glob("contrib/*/locale/en/LC_MESSAGES/django.po"),
    Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po",
    Path(rest_framework.__file__).parent / "locale/en/LC_MESSAGES/django.mo",
    Path(django_filters.__file__).parent / "locale/ru/LC_MESSAGES/django.po",
]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_mo(file) if path.suffix == ".mo" else read_po(file)


def strings(catalogue: Catalog) -> set:
    return {(message.context, message.id) for message in catalogue if message.id}


def our_list() -> set:
    paths = (settings.BASE_DIR / "config/library_messages").glob("*.py")
    found = [message for path in paths for message in extract_from_file("python", path, keywords=CALLS)]
    return {(context, text) for _, text, _, context in found}


def test_every_string_listed_is_one_a_library_shows():
    theirs = set().union(*(strings(read(path)) for path in THEIR_CATALOGUES))
    assert our_list() - theirs == set()


def is_translated(message: Message) -> bool:
    plurals = [message.string] if isinstance(message.string, str) else message.string or [""]
    return bool(message.id) and not message.fuzzy and all(plurals)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_string_listed_is_translated(language):
    catalogue = read(settings.BASE_DIR / f"locale/{language}/LC_MESSAGES/django.po")
    translated = {(message.context, message.id) for message in catalogue if is_translated(message)}
    assert our_list() - translated == set()
