"""When the sample refuses to be loaded. What it holds is tested in sample/."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from schools.models import School
from schools.places import load_places


@pytest.fixture(autouse=True)
def _sample_data(settings):
    settings.SAMPLE_DATA = True


@pytest.fixture
def load(tmp_path):
    return lambda: call_command("load_sample", accounts_file=tmp_path / "accounts.txt")


def test_a_portal_of_real_schools_refuses_the_sample(db, load, settings, tmp_path):
    settings.SAMPLE_DATA = False

    with pytest.raises(CommandError, match="SAMPLE_DATA"):
        load()

    assert not User.objects.exists()
    assert not (tmp_path / "accounts.txt").exists()


def test_without_the_places_it_names_the_command_that_loads_them(db, load):
    with pytest.raises(CommandError, match="manage.py load_reference"):
        load()


def test_without_the_standard_it_names_the_command_that_loads_it(db, load):
    load_places()

    with pytest.raises(CommandError, match="manage.py load_reference"):
        load()


def test_it_does_not_mix_with_other_schools(school, load):
    School.objects.update(code="X-1")
    call_command("load_reference")

    with pytest.raises(CommandError, match="schools that are not of the sample"):
        load()

    assert School.objects.count() == 1
