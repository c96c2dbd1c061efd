"""The administration site: people and what they serve, nothing past the services."""

import pytest

from accounts.models import Role
from schools.models import Membership
from tests.factories import UserFactory


@pytest.fixture
def platform_administrator(client, db):
    person = UserFactory(is_staff=True, is_superuser=True, role=Role.COUNTRY_VIEWER)
    client.force_login(person)
    return person


def test_a_person_is_given_a_region_to_serve(client, platform_administrator, region, officer):
    answer = client.post("/admin/schools/membership/add/", {"user": officer.pk, "region": region.pk})

    assert answer.status_code == 302
    assert Membership.objects.filter(user=officer, region=region).exists()


def test_a_membership_of_two_areas_is_refused_with_a_message(client, platform_administrator, region, district, officer):
    answer = client.post(
        "/admin/schools/membership/add/", {"user": officer.pk, "region": region.pk, "district": district.pk}
    )

    assert answer.status_code == 200
    assert "Choose exactly one: the whole country" in str(answer.context["errors"])


@pytest.mark.parametrize("model", ["school", "region", "district"])
def test_the_roll_cannot_be_edited_past_the_services(client, platform_administrator, school, model):
    assert client.get(f"/admin/schools/{model}/").status_code == 200
    assert client.get(f"/admin/schools/{model}/add/").status_code == 403
