"""The sample, loaded once for all tests of this folder."""

import pytest
from django.db import connection, transaction

from audits.editions import load_standard
from audits.sample import loading
from schools.areas import Area
from schools.models import Region
from schools.places import load_places


@pytest.fixture(scope="package")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_places()
        load_standard()
        loading.load()
        # Or else every test would check the foreign keys of the whole sample again.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(_loaded, db):
    """The region of the sample."""
    return Area(region=Region.objects.get(slug="east-kazakhstan"))
