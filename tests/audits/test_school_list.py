"""The list of schools."""

from datetime import date

import pytest

from tests.answers import page_text
from tests.factories import (
    CameraFactory,
    DistrictFactory,
    SchoolFactory,
    audit_approved,
)


def codes(response):
    return [school.code for school in response.context["page"]]


def test_schools_come_in_the_order_of_the_kazakh_alphabet(browse, head, district):
    for name in ("Үміт", "Уәли", "Арман", "Әсет", "Қайрат", "Кенен"):
        SchoolFactory(district=district, name_kk=name, name_en=name)

    response = browse(head).get("/schools/")

    assert [school.name_kk for school in response.context["page"]] == [
        "Арман",
        "Әсет",
        "Кенен",
        "Қайрат",
        "Уәли",
        "Үміт",
    ]


def test_the_list_tells_its_true_total_and_shows_fifty(browse, head, district):
    for _ in range(51):
        SchoolFactory(district=district)

    first = browse(head).get("/schools/")
    last = browse(head).get(f"/schools/?cursor={first.context['page'].next}")

    assert "51 schools" in page_text(first)
    assert "50 of 51" in page_text(first)
    assert (len(codes(first)), len(codes(last))) == (50, 1)
    assert not set(codes(first)) & set(codes(last))


def test_the_caption_names_the_day_and_the_filters(browse, head, failing):
    text = page_text(
        browse(head).get("/schools/?area=east-kazakhstan/ridder&standing=non_compliant&malfunctioning=true")
    )

    assert "1 school</h2>" in text
    assert "Area: <strong>Ridder</strong>" in text
    assert "Standing: <strong>Non-compliant</strong>" in text
    assert "Malfunctioning: <strong>Yes</strong>" in text


def test_the_areas_offered_are_those_the_person_may_read(browse, officer, region, district):
    DistrictFactory(region=region)

    choices = browse(officer).get("/schools/").context["form"].fields["area"].widget.choices

    assert list(choices) == [
        ("", "All areas I serve"),
        ("East Kazakhstan Region", [("east-kazakhstan/ridder", "Ridder")]),
    ]


def test_schools_of_others_are_never_listed(browse, stranger, failing):
    assert codes(browse(stranger).get("/schools/?area=east-kazakhstan")) == []


def test_the_list_of_a_past_day_is_the_roll_and_the_standing_of_that_day(browse, head, failing, district):
    SchoolFactory(district=district, code="CLOSED", closed_on=date(2021, 6, 1))
    SchoolFactory(district=district, code="LATER", opened_on=date(2021, 6, 1))

    response = browse(head).get("/schools/?as_of=2021-05-09")

    assert sorted(codes(response)) == ["CLOSED", "F1"]
    assert {row.code: row.standing for row in response.context["page"]} == {"CLOSED": "unequipped", "F1": "unassessed"}
    assert 'href="/schools/F1/?as_of=2021-05-09"' in page_text(response)


@pytest.mark.parametrize(
    "query",
    [
        *("standing=perfect", "as_of=2100-01-01", "connection=maybe", "q=%00", f"q={'ab+' * 68}", "code=%00"),
        *("pupils_min=many", "pupils_max=-1", "visited_after=soon", "kind=academy", "confirmation=maybe"),
        *("ordering=colour", "cursor=broken", "standng=compliant", "page=2", "as_of=2021-06-30&violations=true"),
        "as_of=2021-06-30&ordering=-violations",
    ],
)
def test_what_cannot_be_asked_is_refused_and_no_school_is_shown(browse, head, failing, query):
    response = browse(head).get(f"/schools/?{query}")

    assert response.status_code == 422
    assert codes(response) == []
    assert "Please correct:" in page_text(response)


def test_an_empty_list_says_what_to_do(browse, head, failing):
    assert "Change or clear the filters above." in page_text(browse(head).get("/schools/?q=nothing"))


def test_htmx_gets_the_table_alone(browse, head, failing):
    response = browse(head).get("/schools/?standing=non_compliant", headers={"HX-Request": "true"})

    assert page_text(response).startswith('<section class="card" id="schools"')
    assert "HX-Request" in response["Vary"]


def test_the_list_costs_the_same_number_of_queries_for_1_school_and_for_50(browse, head, failing, district, queries_of):
    once = queries_of(head, "/schools/")
    for _ in range(49):
        audit_approved(school=CameraFactory(system__school__district=district).system.school)

    assert queries_of(head, "/schools/") == once
    assert len(codes(browse(head).get("/schools/"))) == 50
