"""A list and a kind of rows for these tests alone: numbered lines, and regions known by their slug."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone

from bulk import export_job, exports, jobs, services
from bulk.kinds import KINDS
from bulk.listing import LISTINGS
from bulk.models import Import
from tests.bulk.lists import Lines
from tests.bulk.regions import RegionKind


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """Files of another test are none of ours; a changed setting makes the storage anew."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def lines(monkeypatch):
    """The list of lines, registered."""
    monkeypatch.setitem(LISTINGS, Lines.name, Lines)
    return Lines


@pytest.fixture(autouse=True)
def regions(monkeypatch):
    kind = RegionKind()
    monkeypatch.setitem(KINDS, kind.name, kind)
    return kind


@pytest.fixture
def send(head, noon):
    """send("slug;pupils\\n…") has the file of the head checked: send(text, by=, name=) gives the import."""

    def upload(content, *, by=head, name="regions.csv", reason="Letter 12", at=noon):
        file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
        sent = services.upload(file=file, kind="regions", reason=reason, by=by, at=at)
        return carried_on(sent)

    return upload


@pytest.fixture
def apply(noon):
    def apply_whole(sent):
        return carried_on(services.apply(file_import=sent, by=sent.by, at=noon))

    return apply_whole


@pytest.fixture
def undo(noon):
    def undo_whole(applied):
        return carried_on(services.undo(file_import=applied, by=applied.by, at=noon))

    return undo_whole


@pytest.fixture
def ask(lines, head):
    """Ask for a file of lines: ask(rows=3, format="csv", by=head, at=noon)."""

    def ask_for(rows=3, format="xlsx", by=None, at=None):
        by, at = by or head, at or timezone.now()
        return exports.ask(listing=lines(user=by, query=QueryDict(f"rows={rows}")), format=format, by=by, at=at)

    return ask_for


@pytest.fixture
def made(ask):
    """Ask for a file and make it."""

    def ask_and_make(**asked):
        export = ask(**asked)
        export_job.make(export.pk)
        export.refresh_from_db()
        return export

    return ask_and_make


def carried_on(sent):
    """The import as the worker leaves it."""
    jobs.carry_on(sent.pk)
    return Import.objects.select_related("by").get(pk=sent.pk)
