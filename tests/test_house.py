"""The rules of the house that a reader should be able to rely on everywhere."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from importlinter.cli import lint_imports

from audits.models import (
    Answer,
    AuditEvent,
    Edition,
    Expectation,
    Requirement,
    SchoolFacts,
    StaleMark,
    Standard,
)
from cameras.models import Condition, FormerConnection
from schools.models import Membership, Placement

HOUSE = settings.BASE_DIR
APPS = ("accounts", "audits", "bulk", "cameras", "config", "core", "funding", "schools")
OURS = (*APPS, "bench", "docs", "frontend", "locale", "static", "templates", "tests", ".ci")
BUILT = {"node_modules", "dist", "__pycache__", ".coverage"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 25

# Where a package comes from is the business of whoever installs it; only uv.lock may say.
REGISTRIES = [
    ".".join(host)
    for host in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org"),
        ("golang", "org"),
    )
]
# Rows that nobody lists by themselves: they are reached through a row that was asked visible_to(), or hide nothing.
REACHED_THROUGH_ANOTHER = {
    Answer: "its audit",
    AuditEvent: "its audit",
    Expectation: "its audit",
    SchoolFacts: "its school",
    Condition: "its camera",
    FormerConnection: "its camera",
    Placement: "its school",
    Membership: "its person",
    StaleMark: "the figures of its area",
    Standard: "is public",
    Edition: "is public",
    Requirement: "is public",
}


def files(*suffixes: str, within: tuple[str, ...] = OURS) -> list[Path]:
    """Files of ours with one of the suffixes, as paths from the top of the house."""
    top = [path for path in HOUSE.iterdir() if path.is_file()] if within == OURS else []
    below = [path for name in within for path in (HOUSE / name).rglob("*")]
    ours = [path for path in [*top, *below] if not BUILT & set(path.parts)]
    return sorted(path.relative_to(HOUSE) for path in ours if path.suffix in suffixes and path.is_file())


def text_of(path: Path) -> str:
    return (HOUSE / path).read_text(encoding="utf-8")


def length_of_body(function: ast.FunctionDef) -> int:
    """Its lines without signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_imports_point_one_way():
    assert lint_imports(config_filename=str(HOUSE / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_file_is_too_long_to_read():
    lengths = {path: text_of(path).count("\n") for path in files(".py", ".js", ".css", ".html", "")}

    assert {str(path): n for path, n in lengths.items() if n > LONGEST_FILE and "migrations" not in path.parts} == {}


def test_no_function_is_too_long_to_read():
    lengths = {
        f"{path}:{node.lineno} {node.name}": length_of_body(node)
        for path in files(".py", within=APPS)
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_every_list_of_rows_can_be_cut_to_what_a_person_may_see():
    models = [model for model in apps.get_models() if model._meta.app_label in APPS and not model._meta.auto_created]
    without = {model for model in models if not hasattr(model.objects.all(), "visible_to")}

    assert without - {apps.get_model("accounts.User")} == set(REACHED_THROUGH_ANOTHER)


def test_no_registry_is_named():
    kinds = (".py", ".js", ".json", ".toml", ".yml", ".yaml", ".md", ".html", ".css", ".txt", ".cfg", ".npmrc", "")
    named = {
        f"{path}: {host}"
        for path in files(*kinds)
        if path.name != "uv.lock"
        for host in REGISTRIES
        if host in text_of(path)
    }

    assert named == set()


FORBIDDEN = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
    "a key written like a quantity, 1 718": re.compile(r"(\{\{\s*|=)[\w.]+\.(pk|id)\s*[%}]"),
    "a text that is not escaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    holding = [str(path) for path in files(".html", within=("templates",)) if FORBIDDEN[what].search(text_of(path))]

    assert holding == []


def test_every_form_that_changes_something_carries_its_token():
    forms = {
        str(path): re.findall(r"<form\b[^>]*method=[\"']?post.*?</form>", text_of(path), re.IGNORECASE | re.DOTALL)
        for path in files(".html", within=("templates",))
    }

    assert [path for path, found in forms.items() for form in found if "csrf_token" not in form] == []
