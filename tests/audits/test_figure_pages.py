"""The pages of the country, a region and a district, and the way home."""

from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from audits import compliance
from audits.filters import BEHIND, SchoolFilterSet, query_behind
from audits.models import AreaFigures, StaleMark, Verdict
from schools.areas import Area
from tests.answers import page_text
from tests.factories import (
    CameraFactory,
    DistrictFactory,
    SchoolFactory,
    UserFactory,
    audit_approved,
)

REGION = "/regions/east-kazakhstan/"


def equipped(district, **camera):
    """A school of the district with one camera that works."""
    return CameraFactory(system__school__district=district, **camera).system.school


@pytest.fixture
def four_schools(district):
    """One of each standing: assessed two of four; the non-compliant one malfunctions."""
    failing = equipped(district, state="faulty")
    audit_approved(school=failing, verdict=Verdict.NON_COMPLIANT)
    audit_approved(school=equipped(district), verdict=Verdict.COMPLIANT)
    equipped(district, connected_on=date(2016, 1, 1))
    SchoolFactory(district=district)
    return failing


# --- Home ---


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert urlsplit(client.get("/")["Location"]).path == "/accounts/login/"


@pytest.mark.parametrize(
    ("person", "where"),
    [
        ("inspector", "/audits/"),
        ("head", REGION),
        ("officer", "/districts/ridder/"),
        ("viewer", "/country/"),
        ("statistician", "/country/"),
    ],
)
def test_everybody_comes_home_to_their_own_work(browse, request, school, person, where):
    assert browse(request.getfixturevalue(person)).get("/")["Location"] == where


def test_a_school_administrator_comes_home_to_the_school(browse, school, administrator):
    assert browse(administrator).get("/")["Location"] == f"/schools/{school.code}/"


def test_a_person_who_serves_nothing_yet_comes_home_to_an_empty_list(browse, db):
    assert browse(UserFactory()).get("/")["Location"] == "/schools/"


# --- Who may read ---


@pytest.mark.parametrize(
    ("person", "page", "status"),
    [
        ("viewer", "/country/", 200),
        ("viewer", REGION, 200),
        ("viewer", "/districts/ridder/", 200),
        ("head", "/country/", 404),
        ("head", REGION, 200),
        ("head", "/districts/ridder/", 200),
        ("officer", REGION, 404),
        ("officer", "/districts/ridder/", 200),
        ("administrator", "/districts/ridder/", 404),
        ("stranger", REGION, 404),
        ("stranger", "/districts/ridder/", 404),
        ("stranger", "/districts/nowhere/", 404),
    ],
)
def test_figures_are_read_by_those_who_serve_the_area_or_one_above_it(browse, request, district, person, page, status):
    assert browse(request.getfixturevalue(person)).get(page).status_code == status


def test_breadcrumbs_link_only_what_the_person_may_read(browse, district, head):
    text = page_text(browse(head).get("/districts/ridder/"))

    assert f'<a href="{REGION}">East Kazakhstan Region</a>' in text
    assert '<li class="breadcrumb-item">Kazakhstan</li>' in text


# --- What the page says ---


def test_the_decision_is_said_in_one_sentence_with_denominator_coverage_and_edition(browse, head, four_schools):
    text = page_text(browse(head).get(REGION))

    assert "<strong>1</strong> of 4 schools on the roll (<strong>25.0%</strong>) does not meet the standard." in text
    assert "assessed 2 of 4 (50.0%)" in text
    assert ">2019 — 2</a>" in text


def test_incomplete_coverage_gives_the_range_of_the_share(browse, head, four_schools):
    text = page_text(browse(head).get(REGION))

    assert (
        "1 equipped school has not been assessed: the share is 25.0% if it complies and 50.0% if it does not." in text
    )


def test_an_area_without_schools_says_so_instead_of_a_zero(browse, head):
    text = page_text(browse(head).get(REGION))

    assert "No school is on the roll" in text
    assert "0.0%" not in text


def test_districts_without_schools_are_named_apart_from_those_with_a_true_zero(browse, head, four_schools, region):
    bare = DistrictFactory(region=region, slug="bare", name_en="Bare District")
    zero = DistrictFactory(region=region, slug="zero", name_en="Zero District")
    SchoolFactory(district=zero)

    response = browse(head).get(REGION)

    assert [part["name"] for part in response.context["parts"]] == ["Zero District", "Ridder"]
    assert response.context["parts"][0]["counts"].non_compliant == 0
    assert [part["name"] for part in response.context["parts_without_schools"]] == [bare.name]


def test_a_past_day_shows_what_was_known_by_its_end(browse, head, district):
    school = equipped(district)
    at = timezone.make_aware(datetime(2021, 7, 1, 0, 0))
    audit_approved(school=school, verdict=Verdict.NON_COMPLIANT, approved_at=at)
    client = browse(head)

    counts = {day: client.get(REGION, {"as_of": day}).context["counts"] for day in ("2021-06-30", "2021-07-01")}

    assert (counts["2021-06-30"].unassessed, counts["2021-06-30"].non_compliant) == (1, 0)
    assert (counts["2021-07-01"].unassessed, counts["2021-07-01"].non_compliant) == (0, 1)


def test_links_of_a_past_day_stay_on_that_day_and_links_of_today_on_today(browse, head, four_schools):
    client = browse(head)

    past = page_text(client.get(REGION, {"as_of": "2021-06-30"}))
    today = page_text(client.get(REGION))

    assert 'href="/districts/ridder/?as_of=2021-06-30"' in past
    assert "?area=east-kazakhstan&amp;standing=non_compliant&amp;as_of=2021-06-30" in past
    assert 'href="/districts/ridder/"' in today
    assert "as_of=" not in today


@pytest.mark.parametrize("asked", ["2100-01-01", "1999-12-31", "yesterday", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused_clearly_beside_the_figures_of_today(browse, head, four_schools, asked):
    response = browse(head).get(REGION, {"as_of": asked})

    assert response.status_code == 422
    assert response.context["counts"].roll == 4
    assert "Below are the figures of today." in page_text(response)
    assert response.context["asked"].errors.as_data().keys() == {"as_of"}


def test_months_with_kept_figures_make_the_trend(browse, head, region):
    for day, failing in [(date(2021, 6, 29), 7), (date(2021, 6, 30), 8), (date(2021, 7, 31), 9)]:
        AreaFigures.objects.create(
            region=region,
            as_of=day,
            computed_at=timezone.now(),
            compliant=0,
            non_compliant=failing,
            unequipped=0,
            unassessed=2,
            malfunctioning=0,
            connected_fully=0,
            connected_partly=0,
        )

    rows = browse(head).get(REGION).context["months"]["rows"]

    assert rows == [{"label": "June 2021", "counts": [8, 0, 2, 0]}, {"label": "July 2021", "counts": [9, 0, 2, 0]}]


# --- The list behind each number ---


@pytest.mark.parametrize("count", BEHIND)
@pytest.mark.parametrize("key", ["kz", "east-kazakhstan", "east-kazakhstan/ridder"])
def test_the_list_behind_a_count_is_as_long_as_the_count_is_large(browse, viewer, four_schools, count, key):
    today = timezone.localdate()
    area = Area.from_key(key)

    response = browse(viewer).get(f"{reverse('audits:school_list')}?{query_behind(count, area)}")

    assert response.context["listing"].total == getattr(compliance.count(area, today), count)


def test_every_count_of_the_figures_has_a_list_behind_it():
    public = {name for name in dir(compliance.Counts()) if not name.startswith("_")}

    assert public - BEHIND.keys() == {"coverage", "editions", "non_compliant_share", "of_standing"}
    assert {"standing", "equipped", "malfunctioning", "connection", "area"} <= SchoolFilterSet.base_filters.keys()


# --- While a recount is under way ---


def test_stale_figures_say_so_and_ask_again(browse, head, region, four_schools):
    compliance.recompute(Area(region=region))
    StaleMark.objects.create(region=region)

    text = page_text(browse(head).get(REGION))

    assert f'hx-get="{REGION}" hx-trigger="every 2s" hx-target="#figures"' in text
    assert "these figures are being recomputed" in text


def test_asking_again_gets_nothing_to_swap_until_the_recount_is_done(browse, head, region, district, four_schools):
    for area in (Area(region=region), Area(district=district)):
        compliance.recompute(area)
    StaleMark.objects.create(district=district)
    client = browse(head)

    waiting = client.get(REGION, headers={"HX-Request": "true"})
    compliance.recompute(Area(district=district))
    done = client.get(REGION, headers={"HX-Request": "true"})

    assert (waiting.status_code, waiting.content) == (204, b"")
    assert done.status_code == 200
    assert page_text(done).startswith('<div id="figures">')
    assert "being recomputed" not in page_text(done)


def test_a_past_day_is_never_stale(browse, head, region, four_schools):
    StaleMark.objects.create(region=region)

    assert not browse(head).get(REGION, {"as_of": "2021-06-30"}).context["is_stale"]


# --- Cost ---


@pytest.mark.parametrize("query", ["", "?as_of=2021-06-30"])
def test_a_region_costs_the_same_number_of_queries_with_1_district_and_with_19(
    browse, head, region, four_schools, queries_of, query
):
    once = queries_of(head, REGION + query)
    for _ in range(18):
        equipped(DistrictFactory(region=region))

    assert queries_of(head, REGION + query) == once
    assert len(browse(head).get(REGION + query).context["parts"]) == 19
