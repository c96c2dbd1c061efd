"""The catalogues say all that the sources say: a sentence added without its Kazakh and Russian fails here."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ["kk", "ru"]
FORMS = {"kk": 2, "ru": 4}
SOURCES = [
    "accounts",
    "audits",
    "bulk",
    "cameras",
    "config",
    "core",
    "funding",
    "locale",
    "schools",
    "templates",
    "manage.py",
]
# %(name)s, {name}, %s; and the tags of a sentence that carries markup.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*(?:[:!][^}]*)?\}|</?\w+>")


def catalogue_of(language: str, root=settings.BASE_DIR) -> Catalog:
    with (root / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages_of(language: str) -> list[Message]:
    return [message for message in catalogue_of(language) if message.id]


def strings(catalogue: Catalog) -> set:
    return {(message.context, message.id) for message in catalogue if message.id}


def forms_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> Counter:
    return Counter(PLACEHOLDER.findall(text))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """A copy of the project with catalogues brought up to date from its sources, as `make messages` does it."""
    if shutil.which("xgettext") is None:
        why = "gettext is not installed: apt-get install gettext"
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    root = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        copy = shutil.copytree if (settings.BASE_DIR / name).is_dir() else shutil.copy
        copy(settings.BASE_DIR / name, root / name)
    languages = [option for language in LANGUAGES for option in ("--locale", language)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *languages, "--no-obsolete", "--verbosity", "0"],
        cwd=root,
        env=environment,
        check=True,
    )
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_every_string_of_the_sources_and_no_other(extracted, language):
    assert strings(catalogue_of(language)) == strings(catalogue_of(language, extracted))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_and_no_translation_is_a_guess(language):
    assert [message.id for message in messages_of(language) if message.fuzzy or not all(forms_of(message))] == []
    assert list(catalogue_of(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_forms_of_its_language(language):
    plurals = [message for message in messages_of(language) if message.pluralizable]
    assert plurals
    assert {len(forms_of(message)) for message in plurals} == {FORMS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_source(language):
    singles = [message for message in messages_of(language) if not message.pluralizable]
    assert [m.id for m in singles if placeholders(m.id) != placeholders(m.string)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_form_of_a_plural_has_the_placeholders_of_its_source(language):
    """A form may leave the number out where the source does: “The one camera works.”"""
    for message in messages_of(language):
        if message.pluralizable:
            allowed = [placeholders(text) for text in message.id]
            assert [form for form in forms_of(message) if placeholders(form) not in allowed] == []
            assert placeholders(forms_of(message)[-2 if language == "ru" else -1]) == allowed[-1]
