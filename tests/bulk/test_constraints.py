"""Each constraint of bulk, broken once. What is written here goes past every service."""

from datetime import timedelta

import pytest

from bulk.models import Export, Import
from tests.constraints import assert_refused, constraints_of


def an_import(head, noon, **fields):
    return Import.objects.create(
        by=head, kind="regions", filename="x.csv", file="x.csv", reason="x", uploaded_at=noon, moved_at=noon, **fields
    )


def an_export(head, noon, **fields):
    asked = {"asked_at": noon, "expires_at": noon + timedelta(days=7)}
    return Export.objects.create(by=head, listing="lines", format="csv", filename="x.csv", **asked | fields)


def ready(head, noon, **fields):
    return an_export(head, noon, state="ready", **fields)


BROKEN = {
    "applied_import_says_when": [
        lambda *cast: an_import(*cast, state="applied"),
        lambda *cast: an_import(*cast, state="undoing"),
        lambda *cast: an_import(*cast, state="undone"),
    ],
    "import_is_undone_after_it_was_applied": [
        lambda head, noon: an_import(head, noon, undone_at=noon),
        lambda head, noon: an_import(head, noon, applied_at=noon, undone_at=noon - timedelta(seconds=1)),
    ],
    "ready_export_has_a_file": [
        lambda head, noon: ready(head, noon, ready_at=noon),
        lambda head, noon: ready(head, noon, file="x.csv"),
    ],
    "export_expires_after_it_was_asked": [lambda head, noon: an_export(head, noon, expires_at=noon)],
}


@pytest.mark.parametrize(("name", "write"), [(name, write) for name, writes in BROKEN.items() for write in writes])
def test_the_database_refuses(head, noon, name, write):
    assert_refused(lambda: write(head, noon), name)


def test_each_constraint_is_tried():
    assert set(BROKEN) == constraints_of("bulk")


def test_what_keeps_to_them_is_taken(head, noon):
    an_import(head, noon, state="undone", applied_at=noon, undone_at=noon)
    ready(head, noon, ready_at=noon, file="x.csv")
