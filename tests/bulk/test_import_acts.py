"""A checked file is applied whole or not at all, and undone while nothing was built on it."""

import pytest
from django.core.exceptions import PermissionDenied

from bulk import jobs, services
from bulk.models import Import
from core.errors import Conflict
from schools.models import Region
from tests.bulk.files import csv_file
from tests.bulk.regions import ABAI, HEADING, ULYTAU, slugs
from tests.factories import DistrictFactory


def said(sent):
    return [(problem["row"], problem["column"], problem["message"]) for problem in sent.problems]


# --- Applying ---


def test_a_checked_file_is_applied_whole(send, apply, region):
    applied = apply(send(csv_file([HEADING, ABAI, ["east-kazakhstan", "ШҚО", region.name_ru, "region"]])))

    assert (applied.state, applied.created, applied.changed) == ("applied", 1, 1)
    assert applied.applied_at is not None
    assert (slugs(), Region.objects.get(slug="east-kazakhstan").name_kk) == (["abai"], "ШҚО")


def test_a_file_is_kept_under_a_name_of_its_own_however_long_its_ending_is(send):
    sent = send(csv_file([HEADING, ABAI]), name="rows." + "x" * 180)

    assert (sent.state, sent.filename) == ("ready", "rows." + "x" * 180)
    assert len(sent.file.name) == len("imports/") + 32


def test_the_same_file_a_second_time_changes_nothing(send, apply):
    content = csv_file([HEADING, ABAI, ULYTAU])
    apply(send(content))

    again = send(content)

    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)


@pytest.mark.parametrize("state", [state for state in Import.State if state != "ready"])
def test_only_what_was_checked_without_problem_is_applied(send, noon, state):
    sent = send(csv_file([HEADING, ABAI]))
    Import.objects.filter(pk=sent.pk).update(state=state, applied_at=noon)

    with pytest.raises(Conflict):
        services.apply(file_import=sent, by=sent.by, at=noon)
    assert slugs() == []


def test_what_moved_since_the_check_is_found_and_nothing_is_written(send, apply, regions, monkeypatch):
    sent = send(csv_file([HEADING, ABAI, ["east-kazakhstan", "x", "", "region"]]))
    compare = regions.compare

    def somebody_was_faster(rows, **more):
        result = compare(rows, **more)
        result.problems.append(jobs.Problem(3, "slug", "Gone."))
        return result

    monkeypatch.setattr(regions, "compare", somebody_was_faster)
    refused = apply(sent)

    assert (refused.state, said(refused), refused.applied_at) == ("refused", [(3, "slug", "Gone.")], None)
    assert slugs() == []


def test_a_fault_halfway_leaves_nothing_and_is_told(send, noon, regions, monkeypatch):
    sent = send(csv_file([HEADING, ABAI, ULYTAU]))
    create = Region.objects.update_or_create

    def fail_at_the_second(slug, **more):
        return create(slug=slug, **more) if slug == "abai" else 1 / 0

    monkeypatch.setattr(Region.objects, "update_or_create", fail_at_the_second)
    services.apply(file_import=sent, by=sent.by, at=noon)
    with pytest.raises(ZeroDivisionError):
        jobs.carry_on(sent.pk)

    sent.refresh_from_db()
    assert (sent.state, sent.applied_at, slugs()) == ("failed", None, [])
    assert said(sent)[0][2].startswith("A fault of the portal stopped the work")


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": "country_viewer"}])
def test_who_lost_the_right_meanwhile_applies_nothing(send, head, noon, lost):
    sent = send(csv_file([HEADING, ABAI]))
    services.apply(file_import=sent, by=head, at=noon)
    type(head).objects.filter(pk=head.pk).update(**lost)

    jobs.carry_on(sent.pk)

    sent.refresh_from_db()
    assert (sent.state, slugs()) == ("refused", [])


@pytest.mark.parametrize("act", [services.apply, services.undo])
@pytest.mark.parametrize("person", ["officer", "stranger", "viewer"])
def test_nobody_acts_on_the_file_of_another(request, send, noon, act, person):
    sent = send(csv_file([HEADING, ABAI]))

    with pytest.raises(PermissionDenied):
        act(file_import=sent, by=request.getfixturevalue(person), at=noon)


# --- Undoing ---


def test_an_undone_import_leaves_what_it_found(send, apply, undo, region):
    before = list(Region.objects.order_by("pk").values())

    undone = undo(apply(send(csv_file([HEADING, ABAI, ["east-kazakhstan", "ШҚО", "", "city"]]))))

    assert (undone.state, undone.created, undone.problems) == ("undone", 1, [])
    assert undone.undone_at >= undone.applied_at
    assert list(Region.objects.order_by("pk").values()) == before


def test_an_import_that_something_was_built_on_stays_and_says_what(send, apply, undo):
    applied = apply(send(csv_file([HEADING, ABAI])))
    DistrictFactory(region=Region.objects.get(slug="abai"), slug="semey")

    refused = undo(applied)

    assert (refused.state, said(refused)) == ("applied", [(None, "", "District semey lies in it.")])
    assert slugs() == ["abai"]


def test_an_undo_that_fails_leaves_the_import_applied(send, apply, noon, regions, monkeypatch):
    applied = apply(send(csv_file([HEADING, ABAI])))
    monkeypatch.setattr(regions, "undo", lambda *_import, **_more: 1 / 0)
    services.undo(file_import=applied, by=applied.by, at=noon)

    with pytest.raises(ZeroDivisionError):
        jobs.carry_on(applied.pk)

    applied.refresh_from_db()
    assert (applied.state, slugs()) == ("applied", ["abai"])


@pytest.mark.parametrize("state", [state for state in Import.State if state != "applied"])
def test_only_what_is_applied_is_undone(send, apply, noon, state):
    applied = apply(send(csv_file([HEADING, ABAI])))
    Import.objects.filter(pk=applied.pk).update(state=state)

    with pytest.raises(Conflict):
        services.undo(file_import=applied, by=applied.by, at=noon)
