"""What the REST API says of one school, and only the fields that were asked for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits import kept_facts
from audits.models import Violation
from schools.areas import Area
from schools.models import School
from tests.answers import problems
from tests.factories import CameraSystemFactory, SchoolFactory, audit_approved

SCHOOLS = "/api/v1/schools/"


@pytest.fixture
def visited(school):
    CameraSystemFactory(school=school)
    audit = audit_approved(school=school)
    requirement = audit.edition.requirements.get(code="C-01")
    Violation.objects.create(
        school=school, code="C-01", requirement=requirement, severity="critical", found_by=audit, seen_by=audit
    )
    School.objects.filter(pk=school.pk).update(director="Асан Үсенов", phone="+7 723 362 1111")
    return school


def of(client, school, **query):
    response = client.get(f"{SCHOOLS}{school.code}/", query)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("person", ["viewer", "head", "officer", "inspector", "administrator"])
def test_those_who_see_the_school_read_its_contacts_and_its_violations(api, request, visited, person):
    document = of(api(request.getfixturevalue(person)), visited)

    assert (document["contacts"]["director"], document["open_violations"]) == ("Асан Үсенов", 1)


def test_statistics_name_nobody_and_tell_no_violations(api, statistician, visited):
    [row] = api(statistician).get(SCHOOLS).json()["results"]

    assert of(api(statistician), visited) == row
    assert (row["contacts"], row["open_violations"], row["standing"]) == (None, None, "non_compliant")


def test_open_violations_are_those_of_today(api, head, visited):
    assert of(api(head), visited, as_of="2021-08-25")["open_violations"] is None


def test_the_kept_facts_say_what_the_truth_says(api, viewer, visited):
    truth = of(api(viewer), visited)
    kept_facts.keep_missing(Area())

    assert of(api(viewer), visited) == truth


def test_a_school_that_was_not_on_the_roll_is_told_without_what_was_true_on_it(api, head, visited):
    School.objects.filter(pk=visited.pk).update(closed_on=date(2022, 6, 1))

    document = of(api(head), visited)

    of_the_day = ("region", "district", "standing", "standing_label", "is_equipped", "is_malfunctioning", "connection")
    assert {document[name] for name in (*of_the_day, "visited_on", "edition", "open_violations")} == {None}
    assert (document["code"], document["closed_on"], document["pupils"]) == (visited.code, "2022-06-01", 300)
    assert of(api(head), visited, as_of="2022-05-31")["standing"] == "non_compliant"


def test_a_merged_school_says_into_which(api, head, school, district):
    other = SchoolFactory(district=district)
    School.objects.filter(pk=school.pk).update(closed_on=date(2022, 6, 1), merged_into=other)

    assert of(api(head), school)["merged_into"] == other.code


def test_only_the_fields_asked_for_are_told(api, viewer, visited):
    asked = {"fields": "code,name,standing"}

    assert of(api(viewer), visited, **asked) == {
        "code": visited.code,
        "name": visited.name_en,
        "standing": "non_compliant",
    }
    assert api(viewer).get(SCHOOLS, asked).json()["results"] == [of(api(viewer), visited, **asked)]


def test_fields_may_be_asked_for_one_by_one(api, viewer, visited):
    assert of(api(viewer), visited, fields=["code", "pupils"]) == {"code": visited.code, "pupils": 300}


@pytest.mark.parametrize("name", ["code", "region", "standing", "confirmation", "open_violations", "connection"])
def test_each_field_says_alone_what_it_says_among_all(api, head, visited, name):
    assert of(api(head), visited, fields=name) == {name: of(api(head), visited)[name]}


def test_every_field_that_does_not_exist_is_named(api, viewer, visited):
    response = api(viewer).get(SCHOOLS, {"fields": "code,nmae,stnding"})

    assert response.status_code == 400
    assert problems(response) == [("unknown_field", "fields"), ("unknown_field", "fields")]
    assert [problem["message"] for problem in response.json()["errors"]] == [
        "There is no field “nmae”.",
        "There is no field “stnding”.",
    ]


def test_what_is_not_asked_for_is_not_computed(api, viewer, visited):
    with CaptureQueriesContext(connection) as queries:
        api(viewer).get(SCHOOLS, {"fields": "code,name", "as_of": "2021-08-25"})

    said = " ".join(query["sql"] for query in queries)
    assert "audits_audit" not in said
    assert "cameras_" not in said
    assert "schools_district" not in said


def test_a_filter_works_on_what_is_not_told(api, viewer, visited, district):
    SchoolFactory(district=district)

    page = api(viewer).get(SCHOOLS, {"fields": "code", "standing": "non_compliant", "ordering": "-violations"}).json()

    assert (page["count"], page["results"]) == (1, [{"code": visited.code}])


def test_the_order_of_violations_is_for_those_who_may_read_them(api, statistician, viewer, visited):
    assert api(viewer).get(SCHOOLS, {"ordering": "-violations"}).status_code == 200
    for client, query in ((api(statistician), {}), (api(viewer), {"as_of": "2021-08-25"})):
        response = client.get(SCHOOLS, {"ordering": "-violations", **query})
        assert (response.status_code, problems(response)) == (400, [("not_known", "ordering")])


def test_a_filter_of_lists_is_refused_where_one_school_is_asked_for(api, viewer, visited):
    response = api(viewer).get(f"{SCHOOLS}{visited.code}/", {"standing": "compliant"})

    assert (response.status_code, problems(response)) == (400, [("unknown_parameter", "standing")])


@pytest.mark.parametrize("query", [{}, {"as_of": "2021-08-25"}, {"ordering": "district"}, {"fields": "code,region"}])
def test_fifty_schools_cost_as_many_queries_as_one(api, head, district, query):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            api(head).get(SCHOOLS, query)
        return len(asked)

    CameraSystemFactory(school=SchoolFactory(district=district))
    one = queries()
    for _school in range(49):
        CameraSystemFactory(school=SchoolFactory(district=district))

    assert queries() == one
