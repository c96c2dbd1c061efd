"""Recording a reform of areas on its pages and through the API."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from schools.models import District, Placement, Reform, Region
from schools.places import REFERENCE
from tests.answers import page_text, problems
from tests.factories import DistrictFactory, MembershipFactory, SchoolFactory


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def semey(region):
    """A city with three schools."""
    semey = DistrictFactory(region=region, slug="semey", name_kk="Семей", name_ru="Семей", name_en="Semey", kind="city")
    for number in (1, 2, 3):
        SchoolFactory(district=semey, code=f"SM-{number}")
    return semey


@pytest.fixture
def country_head(head):
    MembershipFactory(user=head, whole_country=True)
    return head


def answers_for(day, **also):
    """What one types to let Semey go over to a new region Abai."""
    return {
        "effective_on": day.isoformat(),
        "reason": "Decree No. 887",
        "target": "new",
        **{"region-slug": "abai", "region-name_kk": "Абай", "region-name_ru": "Абай", "region-name_en": "Abai"},
        **{"part-1-slug": "semey-abai", "part-1-kind": "city", "part-1-kato": "101000000"},
        **{"part-1-name_kk": "Семей", "part-1-name_ru": "Семей", "part-1-name_en": "Semey"},
    } | also


WHOLE = "/reforms/new/east-kazakhstan/?whole=semey&parts=0"


def test_a_reform_is_looked_at_before_it_is_carried_out(client, country_head, semey, tomorrow):
    client.force_login(country_head)

    seen = client.post(WHOLE, answers_for(tomorrow, weigh="1"))

    assert "Semey → Semey: 3 schools" in page_text(seen)
    assert "Carry out the reform" in page_text(seen)
    assert not Reform.objects.exists()

    done = client.post(WHOLE, answers_for(tomorrow, carry_out="1"), follow=True)

    assert "The reform is recorded: schools that move: 3." in page_text(done)
    assert District.objects.get(slug="semey-abai").region.slug == "abai"
    assert Placement.objects.filter(district__slug="semey-abai", valid_from=tomorrow).count() == 3


def test_the_form_offers_what_the_district_is_called_now(client, country_head, semey):
    client.force_login(country_head)

    page = client.get(WHOLE)

    [part] = page.context["form"].parts
    assert (part["name_ru"].value(), part["kind"].value(), part["slug"].value()) == (
        "Семей",
        "city",
        f"semey-{timezone.localdate().year}",
    )


def test_some_schools_make_a_new_district(client, head, semey, tomorrow):
    client.force_login(head)
    typed = answers_for(tomorrow, target="east-kazakhstan", carry_out="1") | {
        "part-1-slug": "shar",
        "part-1-predecessor": "semey",
        "part-1-schools": "SM-1,\n SM-3",
    }

    client.post("/reforms/new/east-kazakhstan/?parts=1", typed)

    assert sorted(Placement.objects.filter(district__slug="shar").values_list("school__code", flat=True)) == [
        "SM-1",
        "SM-3",
    ]
    assert District.objects.get(slug="semey").abolished_on is None


def test_everything_that_is_wrong_is_said_and_nothing_typed_is_lost(client, country_head, semey, tomorrow):
    client.force_login(country_head)
    typed = answers_for(tomorrow, carry_out="1") | {"reason": "", "part-1-kato": "12", "region-slug": "а б"}

    refused = client.post(WHOLE, typed)

    assert refused.status_code == 422
    form = refused.context["form"]
    assert set(form.errors) == {"reason"}
    assert set(form.new_region.errors) == {"slug"}
    assert set(form.parts[0].errors) == {"kato"}
    assert form.parts[0]["kato"].value() == "12"
    assert not Reform.objects.exists()


def test_what_the_act_refuses_is_said_on_the_form(client, country_head, semey):
    client.force_login(country_head)
    yesterday = timezone.localdate() - timedelta(days=1)

    refused = client.post(WHOLE, answers_for(yesterday, carry_out="1"))

    assert refused.status_code == 422
    assert "Choose today or a later day: the figures of past days do not change." in page_text(refused)


def test_nothing_chosen_is_no_reform(client, head, semey):
    client.force_login(head)

    assert client.get("/reforms/new/east-kazakhstan/").status_code == 200
    assert client.get("/reforms/new/east-kazakhstan/?parts=0").status_code == 422


def test_everybody_reads_reforms_and_only_heads_record_them(client, country_head, semey, viewer, officer, tomorrow):
    client.force_login(country_head)
    client.post(WHOLE, answers_for(tomorrow, carry_out="1"))
    done = Reform.objects.get()

    client.force_login(viewer)
    assert "Decree No. 887" in page_text(client.get("/reforms/"))
    assert "Record a reform" not in page_text(client.get("/reforms/"))
    assert "The whole district" in page_text(client.get(f"/reforms/{done.pk}/"))
    client.force_login(officer)
    assert client.get("/reforms/new/east-kazakhstan/").status_code == 404


def test_a_head_reads_no_form_of_a_region_it_does_not_serve(client, stranger, semey):
    client.force_login(stranger)

    assert client.get("/reforms/new/east-kazakhstan/").status_code == 404


@pytest.fixture
def plan(semey, tomorrow):
    place = {"slug": "semey-abai", "kind": "city", "name_kk": "Семей", "name_ru": "Семей", "name_en": "Semey"}
    abai = json.loads((REFERENCE / "reforms/2022-06-08.json").read_text(encoding="utf-8"))["regions"]
    return {
        "effective_on": tomorrow.isoformat(),
        "reason": "Decree No. 887",
        "regions": abai,
        "districts": [{"region": "abai", "predecessor": "semey", **place}],
    }


def test_the_api_weighs_a_plan_and_carries_it_out(api, country_head, plan):
    weighed = api(country_head).post("/api/v1/reforms/weigh/", plan)

    assert weighed.json() == [
        {
            "slug": "semey-abai",
            "region": "abai",
            "is_new": True,
            "predecessor": "east-kazakhstan/semey",
            "takes_all": True,
            "schools": ["SM-1", "SM-2", "SM-3"],
        }
    ]
    assert not Region.objects.filter(slug="abai").exists()

    done = api(country_head).post("/api/v1/reforms/", plan)

    assert (done.status_code, done.json()["schools"], done.json()["plan"]) == (201, 3, plan)
    assert api(country_head).get("/api/v1/reforms/").json()["count"] == 1


def test_the_api_refuses_a_plan_with_every_problem(api, country_head, plan):
    plan["districts"][0] |= {"predecessor": "atlantis", "region": "nowhere"}

    refused = api(country_head).post("/api/v1/reforms/", plan)

    assert refused.status_code == 400
    assert len(problems(refused)) == 2
    assert api(country_head).post("/api/v1/reforms/", [1]).status_code == 400


def test_the_api_lets_only_heads_reform(api, officer, viewer, plan):
    assert api(officer).post("/api/v1/reforms/", plan).status_code == 403
    assert api(viewer).post("/api/v1/reforms/weigh/", plan).status_code == 403
    assert api(None).get("/api/v1/reforms/").status_code == 401
