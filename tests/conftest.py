"""The cast. Ridder is a district of East Kazakhstan; everybody below serves what their name says."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from rest_framework.test import APIClient

from accounts.models import Role
from tests.factories import DistrictFactory, MembershipFactory, RegionFactory, SchoolFactory, UserFactory


@pytest.fixture(autouse=True)
def _language():
    """A request leaves the language of its person behind; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def noon():
    """Wednesday, 25 August 2021, 12:00 in Almaty."""
    return timezone.make_aware(datetime(2021, 8, 25, 12))


@pytest.fixture
def region(db):
    return RegionFactory(
        slug="east-kazakhstan",
        name_kk="Шығыс Қазақстан облысы",
        name_ru="Восточно-Казахстанская область",
        name_en="East Kazakhstan Region",
    )


@pytest.fixture
def district(region):
    return DistrictFactory(region=region, slug="ridder", name_kk="Риддер қ.", name_ru="г. Риддер", name_en="Ridder")


@pytest.fixture
def school(district):
    return SchoolFactory(district=district)


@pytest.fixture
def inspector(region):
    """Inspects the region."""
    return MembershipFactory(region=region, user=UserFactory(role=Role.INSPECTOR, name="Aigul")).user


@pytest.fixture
def head(region):
    """Heads the department of the region; approves."""
    return MembershipFactory(region=region, user=UserFactory(role=Role.DEPARTMENT_HEAD, name="Zeinep")).user


@pytest.fixture
def officer(district):
    """Officer of the district: reads and plans, never approves."""
    return MembershipFactory(district=district, user=UserFactory(role=Role.DEPARTMENT_OFFICER, name="Marat")).user


@pytest.fixture
def viewer(db):
    """Reads the whole country."""
    return MembershipFactory(whole_country=True, user=UserFactory(role=Role.COUNTRY_VIEWER, name="Nurlan")).user


@pytest.fixture
def administrator(school):
    """Administers the one school."""
    return MembershipFactory(school=school, user=UserFactory(role=Role.SCHOOL_ADMINISTRATOR, name="Gulnar")).user


@pytest.fixture
def statistician(db):
    """A machine that reads statistics of the whole country."""
    return MembershipFactory(whole_country=True, user=UserFactory(role=Role.STATISTICS_CLIENT, name="Client")).user


@pytest.fixture
def stranger(db):
    """Heads the department of another region."""
    return MembershipFactory(region=RegionFactory(), user=UserFactory(role=Role.DEPARTMENT_HEAD, name="Stranger")).user


@pytest.fixture
def api():
    """A client of the REST API signed in as the person: api(head).get("/api/v1/figures/"); api(None) is nobody."""

    def client_of(user):
        client = APIClient()
        client.default_format = "json"
        if user is not None:
            client.force_authenticate(user)
        return client

    return client_of


@pytest.fixture
def browse(client):
    """Sign a person in: browse(head).get(…)."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def queries_of(browse):
    """How many queries a page takes, once the session is warm: queries_of(head, "/audits/")."""

    def count(user, address):
        browse(user).get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browse(user).get(address).status_code == 200
        return len(queries)

    return count


@pytest.fixture
def beside():
    """beside(act) runs the act in a thread with a session of its own; its future tells how it ended."""
    with ThreadPoolExecutor(10) as threads:

        def run(act):
            def in_own_session():
                try:
                    return act()
                finally:
                    connection.close()

            return threads.submit(in_own_session)

        yield run
