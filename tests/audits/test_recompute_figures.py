"""manage.py recompute_figures: what it says, what it writes, how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audits import compliance
from audits.models import AreaFigures
from schools.areas import all_areas
from tests.factories import CameraFactory


@pytest.fixture
def kept(school):
    """Figures of every area: the country, the region, the district."""
    CameraFactory(system__school=school)
    for area in all_areas(timezone.localdate()):
        compliance.recompute(area)


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("recompute_figures", *arguments, stdout=said)
    return said.getvalue()


def test_a_check_of_true_figures_finds_no_drift(kept):
    assert run("--check") == "No drift.\n"


def test_a_check_names_every_area_that_drifted_and_fails_and_writes_nothing(kept, capsys):
    AreaFigures.objects.filter(district__slug="ridder").update(unassessed=0, compliant=1)
    before = list(AreaFigures.objects.order_by("pk").values())
    said = StringIO()

    with pytest.raises(CommandError) as failed:
        call_command("recompute_figures", "--check", stdout=said)

    today = timezone.localdate()
    assert said.getvalue() == f"east-kazakhstan/ridder {today}: compliant 1 → 0, unassessed 0 → 1\n"
    assert (str(failed.value), failed.value.returncode) == ("Areas that drifted: 1.", 1)
    assert list(AreaFigures.objects.order_by("pk").values()) == before


def test_an_area_without_figures_is_a_drift(school):
    said = StringIO()

    with pytest.raises(CommandError, match="Areas that drifted: 3"):
        call_command("recompute_figures", "--check", stdout=said)

    assert f"kz {timezone.localdate()}: nothing is kept\n" in said.getvalue()


def test_the_figures_of_a_past_day_are_checked_against_that_day(school):
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    for area in all_areas(yesterday):
        compliance.recompute(area)
    AreaFigures.objects.update(as_of=yesterday)
    CameraFactory(
        system__school=school, installed_on=timezone.localdate(), system__commissioned_on=timezone.localdate()
    )

    assert run("--check") == "No drift.\n"


def test_a_recount_says_what_changed_and_puts_it_right(kept):
    AreaFigures.objects.filter(region__slug="east-kazakhstan").update(unassessed=0, compliant=1)

    assert run() == "east-kazakhstan: compliant 1 → 0, unassessed 0 → 1\nAreas recomputed: 3, changed: 1.\n"
    assert run() == "Areas recomputed: 3, changed: 0.\n"
    assert run("--check") == "No drift.\n"
