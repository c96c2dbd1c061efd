"""By what a list of schools can be narrowed, and in which orders it comes."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Role
from audits import kept_facts
from audits.listings.orders import ORDERS
from audits.models import Violation
from schools.models import School
from tests.answers import page_text
from tests.factories import (
    DistrictFactory,
    MembershipFactory,
    RegionFactory,
    SchoolFactory,
    UserFactory,
    audit_approved,
)


def codes(response):
    return [school.code for school in response.context["page"]]


@pytest.fixture
def listed(browse, head):
    """The codes on the list as the head of the region reads it: listed("standing=compliant")."""

    def codes_of(query, *, as_read_by=head):
        response = browse(as_read_by).get(f"/schools/?{query}")
        assert response.status_code == 200
        return codes(response)

    return codes_of


def violate(school, number):
    """An approved audit of the school, and as many open violations."""
    audit = audit_approved(school=school)
    for requirement in audit.edition.requirements.all()[:number]:
        Violation.objects.create(
            school=school, requirement=requirement, code=requirement.code, severity=requirement.severity,
            found_by=audit, seen_by=audit,
        )  # fmt: skip


# --- Narrowing ---


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=f1", ["F1"]),
        ("q=ridder-school", []),
        ("standing=non_compliant", ["F1"]),
        ("standing=unequipped&standing=non_compliant", ["BARE", "F1"]),
        ("equipped=false", ["BARE"]),
        ("malfunctioning=false", []),
        ("connection=none", ["F1"]),
        ("edition=2019", ["F1"]),
        ("edition=2022", []),
        ("area=east-kazakhstan", ["BARE", "F1"]),
        ("area=nowhere", []),
        ("kind=gymnasium", ["BARE"]),
        ("kind=gymnasium&kind=secondary", ["BARE", "F1"]),
        ("ownership=private", ["BARE"]),
        ("setting=city", ["BARE"]),
        ("pupils_min=301", ["BARE"]),
        ("pupils_min=300&pupils_max=300", ["F1"]),
        ("pupils_min=99999999999999999999", []),
        ("visited=true", ["F1"]),
        ("visited=false", ["BARE"]),
        ("visited_after=2021-05-10&visited_before=2021-05-10", ["F1"]),
        ("visited_after=2021-05-11", []),
        ("visited_before=2021-05-09", []),
        ("code=BARE", ["BARE"]),
        ("code=BARE&code=F1&code=NONE", ["BARE", "F1"]),
        ("violations=true", []),
        ("violations=false", ["BARE", "F1"]),
        ("confirmation=overdue", ["BARE", "F1"]),
        ("confirmation=due&confirmation=confirmed", []),
    ],
)
def test_filters_narrow_the_list(listed, failing, district, query, found):
    SchoolFactory(district=district, code="BARE", kind="gymnasium", ownership="private", setting="city", pupils=301)

    from_truth = sorted(listed(query))
    kept_facts.keep([failing.pk])
    from_both = sorted(listed(query))
    kept_facts.keep(School.objects.values_list("pk", flat=True))

    assert from_truth == from_both == sorted(listed(query)) == found


@pytest.mark.parametrize("query", ["violations=true", "violations_min=2", "violations_min=1&violations=true"])
def test_open_violations_narrow_the_list(listed, district, query):
    violate(SchoolFactory(district=district, code="TWO"), 2)
    violate(SchoolFactory(district=district, code="NONE"), 0)

    assert listed(query) == ["TWO"]


@pytest.mark.parametrize(
    "words",
    [
        *("Өскемен", "оскемен", "ОСКЕМЕН", "Ust-Kamenogorsk", "ustkamen", "Усть-Каменогорск", "устькаменогорск"),
        *("№12", "12 мектеп", "мектеп 12", "гимназия", "№ 12", "kz-0012", "0012 оскемен"),
    ],
)
def test_a_school_is_found_by_any_part_of_its_names_in_either_spelling(listed, district, words):
    SchoolFactory(
        district=district, code="KZ-0012", name_kk="№ 12 мектеп-гимназия", name_ru="Школа-гимназия № 12",
        name_en="School-gymnasium No. 12", locality_kk="Өскемен", locality_ru="Усть-Каменогорск",
        locality_en="Ust-Kamenogorsk",
    )  # fmt: skip
    SchoolFactory(district=district, code="KZ-0034", name_kk="№ 34 мектеп")

    assert listed(f"q={words}") == ["KZ-0012"]


def test_every_word_must_be_found(listed, district):
    SchoolFactory(district=district, name_kk="Абай мектебі", locality_kk="Риддер")

    assert listed("q=абай алтай") == []


def test_filters_that_are_set_are_said_in_words(browse, head, school):
    text = page_text(
        browse(head).get("/schools/?kind=secondary&pupils_min=100&visited_after=2021-05-10&visited=false&code=A&code=B")
    )

    for words in (
        "Codes: <strong>A, B</strong>",
        "Kind of school: <strong>General secondary school</strong>",
        "Pupils, at least: <strong>100</strong>",
        "Ever visited: <strong>Never</strong>",
        "Last visit from: <strong>10 May 2021</strong>",
    ):
        assert words in text


def test_a_misspelt_filter_is_named_and_lists_nothing(browse, head, school):
    response = browse(head).get("/schools/?standng=compliant")

    assert response.status_code == 422
    assert "There is no filter “standng”." in page_text(response)
    assert school.code not in page_text(response)


def test_codes_of_a_bulk_read_stay_in_the_form(browse, head, school):
    text = page_text(browse(head).get(f"/schools/?code={school.code}&code=OTHER"))

    assert f'<input type="hidden" name="code" value="{school.code}"' in text
    assert '<input type="hidden" name="code" value="OTHER"' in text


def test_too_many_codes_are_refused(browse, head):
    query = "code=" + ",".join(f"S{n}" for n in range(1001))

    assert "Ask for at most 1000 codes at once." in page_text(browse(head).get(f"/schools/?{query}"))


# --- What was found is not for statistics ---


@pytest.mark.parametrize("query", ["violations=true", "violations_min=1", "ordering=violations"])
def test_statistics_do_not_learn_of_violations(browse, statistician, school, query):
    response = browse(statistician).get(f"/schools/?{query}")

    assert response.status_code == 422
    assert codes(response) == []


def test_statistics_see_no_column_of_violations(browse, statistician, viewer, school):
    assert "Open violations</a>" not in page_text(browse(statistician).get("/schools/"))
    assert "Open violations" in page_text(browse(viewer).get("/schools/"))


# --- Orders ---


@pytest.fixture
def three(region):
    """A: many pupils, district of Б. Б: two open violations, newest visit. В: never visited, district of А."""
    first = DistrictFactory(region=region, name_kk="А ауданы")
    second = DistrictFactory(region=region, name_kk="Б ауданы")
    a = SchoolFactory(district=second, code="A", name_kk="А", pupils=900)
    b = SchoolFactory(district=second, code="B", name_kk="Б", pupils=100)
    SchoolFactory(district=first, code="C", name_kk="В", pupils=100)
    violate(a, 0)
    violate(b, 2)
    audit_approved(school=b, visited_on=date(2021, 6, 1))


@pytest.mark.parametrize(
    ("ordering", "found"),
    [
        ("", "ABC"),
        ("name", "ABC"),
        ("-name", "CBA"),
        ("district", "CAB"),
        ("-district", "ABC"),
        ("pupils", "BCA"),
        ("-pupils", "ABC"),
        ("visited", "CAB"),
        ("-visited", "BAC"),
        ("violations", "ACB"),
        ("-violations", "BAC"),
    ],
)
def test_the_list_comes_in_the_order_asked_for(listed, three, ordering, found):
    assert "".join(listed(f"ordering={ordering}")) == found


def test_numbers_in_names_sort_by_their_value(listed, district):
    for number in (10, 2, 1):
        SchoolFactory(district=district, code=f"N{number}", name_kk=f"№ {number} мектеп")

    assert listed("") == ["N1", "N2", "N10"]


@pytest.mark.parametrize("ordering", ORDERS)
def test_every_order_pages_without_a_gap(browse, head, district, ordering, monkeypatch):
    monkeypatch.setattr("audits.listings.schools.PAGE_SIZE", 2)
    there = {SchoolFactory(district=district).code for _ in range(5)}

    seen, cursor = [], ""
    while cursor is not None:
        response = browse(head).get(f"/schools/?ordering={ordering}&cursor={cursor}")
        seen += codes(response)
        cursor = response.context["page"].next or None

    assert sorted(seen) == sorted(there)


def test_headings_lead_to_orders_and_say_which_is_on(browse, head, school):
    text = page_text(browse(head).get("/schools/?setting=village&ordering=-pupils&cursor="))

    assert 'aria-sort="descending"><a class="sort-link" href="?setting=village&amp;ordering=pupils">' in text
    assert 'href="?setting=village&amp;ordering=name"' in text
    assert text.count("aria-sort") == 1
    assert '<option value="-pupils" selected>' in text


def test_a_page_that_emptied_meanwhile_leads_back(browse, head, district, monkeypatch):
    monkeypatch.setattr("audits.listings.schools.PAGE_SIZE", 1)
    schools = [SchoolFactory(district=district) for _ in range(2)]
    cursor = browse(head).get("/schools/").context["page"].next
    School.objects.filter(pk=schools[1].pk).update(closed_on=timezone.localdate())

    text = page_text(browse(head).get(f"/schools/?cursor={cursor}"))

    assert "There is nothing more this way" in text
    assert 'rel="prev"' in text


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_list_of_what_they_serve(listed, district, role):
    school = SchoolFactory(district=district)
    SchoolFactory(district=DistrictFactory(region=RegionFactory()))
    person = MembershipFactory(district=district, user=UserFactory(role=role)).user

    assert listed("", as_read_by=person) == [school.code]
