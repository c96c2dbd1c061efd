"""What holds for the whole REST API: one format of refusals, one schema, constant numbers of queries."""

import json

import pytest
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from rest_framework import exceptions

from audits.models import Violation
from config.api import problem_response
from core.errors import Conflict, Invalid, Problem
from tests.factories import CameraFactory, SchoolFactory, audit_approved

READABLE = ["areas", "schools", "audits", "editions", "cameras", "violations", "figures"]


def said(error):
    """Status and problems as (code, path, message)."""
    response = problem_response(error, {})
    return response.status_code, [(p["code"], p["path"], p["message"]) for p in response.data["errors"]]


def test_every_refusal_of_a_service_is_named_at_once():
    assert said(Invalid("No day", "No school")) == (400, [("invalid", "", "No day"), ("invalid", "", "No school")])


def test_a_conflict_is_409():
    assert said(Conflict("Closed already")) == (409, [("conflict", "", "Closed already")])


def test_a_service_says_where_each_problem_is():
    refused = Invalid(Problem("No such zone", "cameras.3.zone", "invalid_choice"), Problem("Odd", "pupils"), "Too many")

    assert said(refused) == (
        400,
        [
            ("invalid_choice", "cameras.3.zone", "No such zone"),
            ("invalid", "pupils", "Odd"),
            ("invalid", "", "Too many"),
        ],
    )


def test_nested_problems_get_the_path_to_where_they_are():
    nested = {
        "school": [exceptions.ErrorDetail("No such school", code="does_not_exist")],
        "findings": [{}, {"value": [exceptions.ErrorDetail("Too large", code="max_digits")]}],
        "non_field_errors": [exceptions.ErrorDetail("Too much", code="size")],
    }

    assert said(exceptions.ValidationError(nested)) == (
        400,
        [
            ("does_not_exist", "school", "No such school"),
            ("max_digits", "findings.1.value", "Too large"),
            ("size", "", "Too much"),
        ],
    )


def test_a_refusal_of_a_model_is_400_with_its_field():
    error = DjangoValidationError({"floors": DjangoValidationError("Nine at most", code="max_value")})

    assert said(error) == (400, [("max_value", "floors", "Nine at most")])


def test_a_fault_of_ours_is_not_dressed_up_as_a_refusal():
    assert problem_response(ZeroDivisionError(), {}) is None


def test_broken_json_is_said_in_the_format(api, officer):
    response = api(officer).post("/api/v1/audits/", data="{broken", content_type="application/json")

    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert (problem["code"], problem["path"]) == ("parse_error", "")


def test_a_body_that_is_not_json_is_415(api, officer):
    response = api(officer).post("/api/v1/audits/", data="school=1", content_type="application/x-www-form-urlencoded")

    assert response.status_code == 415
    assert response.json()["errors"][0]["code"] == "unsupported_media_type"


def test_a_body_that_is_no_object_is_400(api, officer):
    response = api(officer).post("/api/v1/audits/", data=[1, 2], format="json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "invalid"


@pytest.mark.parametrize("resource", READABLE)
def test_nobody_reads_anything_without_credentials(api, db, resource):
    response = api(None).get(f"/api/v1/{resource}/")

    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("resource", READABLE)
def test_a_misspelt_parameter_is_refused_by_its_name(api, viewer, resource):
    response = api(viewer).get(f"/api/v1/{resource}/", {"standng": "compliant"})

    assert response.status_code == 400
    assert response.json() == {
        "errors": [{"code": "unknown_parameter", "path": "standng", "message": "There is no such parameter."}]
    }


@pytest.mark.parametrize("resource", READABLE)
def test_a_method_that_is_not_offered_is_405(api, viewer, resource):
    response = api(viewer).delete(f"/api/v1/{resource}/")

    assert response.status_code == 405
    assert response.json()["errors"][0]["code"] == "method_not_allowed"


def test_an_address_that_is_not_there_is_404_in_the_format(api, viewer):
    response = api(viewer).get("/api/v1/no-such-thing/")

    assert response.status_code == 404
    assert response.json() == {"errors": [{"code": "not_found", "path": "", "message": "Not found."}]}


def test_an_address_without_its_closing_slash_leads_to_the_one_with_it(api, viewer):
    assert api(viewer).get("/api/v1/figures")["Location"] == "/api/v1/figures/"


@pytest.mark.parametrize("key", ["0", "99999999999999999999999999", "x"])
def test_a_key_of_no_row_is_404(api, viewer, key):
    assert api(viewer).get(f"/api/v1/audits/{key}/").status_code == 404


def test_labels_follow_the_language_asked_for(api, viewer, school):
    audit_approved(school=school)

    labels = [
        api(viewer).get("/api/v1/audits/", headers={"accept-language": language}).json()["results"][0]["status_label"]
        for language in ("en", "ru", "kk")
    ]

    expected = []
    for language in ("en", "ru", "kk"):
        with translation.override(language):
            expected.append(translation.gettext("Approved"))
    assert labels == expected


def test_a_session_without_its_csrf_token_changes_nothing(api, officer, school):
    client = api(None)
    client.handler.enforce_csrf_checks = True
    client.force_login(officer)

    response = client.post(f"/api/v1/schools/{school.code}/close/", {"on": "2021-09-01", "reason": "Order 7"})

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "permission_denied"


def test_a_body_nested_deeper_than_can_be_read_is_400(api, db):
    response = api(None).post("/api/v1/token/", "[" * 100_000, content_type="application/json")

    assert response.status_code == 400
    assert response.json() == {"errors": [{"code": "parse_error", "path": "", "message": "Malformed request."}]}


def test_a_body_with_half_of_a_letter_is_400_whichever_field_would_quote_it(api, officer):
    response = api(officer).post("/api/v1/schools/", '{"kind": "\\ud800"}', content_type="application/json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "parse_error"


def test_the_schema_is_made_without_a_warning(db, tmp_path):
    file = tmp_path / "schema.json"

    call_command("spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", "--file", str(file))

    operations = [operation for path in json.loads(file.read_text())["paths"].values() for operation in path.values()]
    assert all("default" in operation["responses"] for operation in operations)


def test_the_schema_is_served_as_json(api, db):
    response = api(None).get("/api/v1/schema/")

    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.")


@pytest.mark.parametrize("resource", ["areas", "schools", "audits", "cameras", "violations"])
def test_a_list_of_fifty_costs_as_many_queries_as_a_list_of_one(api, viewer, head, district, resource):
    reader = head if resource == "cameras" else viewer
    one = _number_of_queries(api, reader, district, resource, rows=1)
    fifty = _number_of_queries(api, reader, district, resource, rows=49)

    assert fifty == one


def _number_of_queries(api, reader, district, resource, rows):
    for _row in range(rows):
        school = SchoolFactory() if resource == "areas" else SchoolFactory(district=district)
        CameraFactory(system__school=school)
        audit = audit_approved(school=school)
        Violation.objects.create(
            school=school,
            code="C-01",
            requirement=audit.edition.requirements.get(code="C-01"),
            severity="critical",
            found_by=audit,
            seen_by=audit,
        )
    with CaptureQueriesContext(connection) as queries:
        page = api(reader).get(f"/api/v1/{resource}/", {"page_size": 1000}).json()
    assert len(page["results"]) == page["count"]
    assert page["count"] >= rows
    return len(queries)
