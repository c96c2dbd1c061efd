"""A school asks for money to cure what audits found."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from audits import services as audits
from core.errors import Conflict, Invalid
from funding import services
from funding.models import UpgradeRequest
from tests.factories import SchoolFactory, audit_submitted


@pytest.fixture
def violation(school, inspector, head, noon):
    audit = audit_submitted(school=school, inspector=inspector)
    audits.approve(audit=audit, by=head, at=noon)
    return school.violations.get()


@pytest.fixture
def filed(school, violation, administrator, noon):
    return services.file(
        school=school,
        purpose="renewal",
        description="8 cameras",
        amount=Decimal("900000.00"),
        violations=[violation.pk],
        by=administrator,
        at=noon,
    )


def test_a_request_names_the_violations_it_would_cure(filed, violation, administrator):
    assert list(filed.violations.all()) == [violation]
    assert (filed.status, filed.amount, filed.filed_by) == ("submitted", Decimal("900000.00"), administrator)
    assert not services.left_after(filed)


def test_filing_names_every_problem_at_once_and_writes_nothing(school, administrator, noon):
    with pytest.raises(Invalid) as refused:
        services.file(
            school=school, purpose="party", description=" ", amount=Decimal(0), violations=[], by=administrator, at=noon
        )

    assert refused.value.problems == [
        "Choose additional equipping or renewal.",
        "Say what is needed.",
        "The amount must be greater than zero.",
        "Choose at least one open violation of this school.",
    ]
    assert not UpgradeRequest.objects.exists()


def test_only_the_administrator_of_the_school_files(school, violation, head, noon):
    with pytest.raises(PermissionDenied):
        services.file(
            school=school,
            purpose="renewal",
            description="x",
            amount=Decimal(1),
            violations=[violation.pk],
            by=head,
            at=noon,
        )


def test_a_request_is_withdrawn_once_and_with_a_reason(filed, administrator, noon):
    with pytest.raises(Invalid):
        services.withdraw(request=filed, reason=" ", by=administrator, at=noon)
    services.withdraw(request=filed, reason="Paid by a sponsor", by=administrator, at=noon)

    with pytest.raises(Conflict):
        services.withdraw(request=filed, reason="again", by=administrator, at=noon)
    filed.refresh_from_db()
    assert (filed.status, filed.withdrawal_reason) == ("withdrawn", "Paid by a sponsor")


def test_the_database_refuses_a_withdrawal_without_a_reason(filed):
    with pytest.raises(IntegrityError, match="request_withdrawal_is_whole"), transaction.atomic():
        UpgradeRequest.objects.update(status="withdrawn")


def test_the_page_files_a_request_and_shows_it(client, school, violation, administrator):
    client.force_login(administrator)
    address = reverse("funding:request_file", args=[school.code])

    answer = client.post(
        address,
        {"purpose": "renewal", "description": "8 cameras", "amount": "900000.50", "violations": [violation.pk]},
        follow=True,
    )

    assert UpgradeRequest.objects.get().amount == Decimal("900000.50")
    assert "900,000.50\xa0₸" in answer.content.decode()


def test_the_page_keeps_what_was_typed_when_it_is_refused(client, school, violation, administrator):
    client.force_login(administrator)

    answer = client.post(reverse("funding:request_file", args=[school.code]), {"description": "8 cameras"})

    assert answer.status_code == 422
    assert "8 cameras" in answer.content.decode()
    assert set(answer.context["form"].errors) == {"violations", "purpose", "amount"}


def test_requests_are_seen_by_the_department_and_not_by_strangers_or_statistics(
    client, filed, head, stranger, statistician
):
    address = reverse("funding:request_page", args=[filed.pk])
    answers = {}
    for person in (head, stranger, statistician):
        client.force_login(person)
        answers[person.name] = client.get(address).status_code

    assert answers == {"Zeinep": 200, "Stranger": 404, "Client": 404}


def test_the_api_files_and_withdraws(client, school, violation, administrator):
    client.force_login(administrator)
    asked = {
        "school": school.code,
        "purpose": "addition",
        "description": "Disks",
        "amount": "50000.00",
        "violations": [violation.pk],
    }

    filed = client.post("/api/v1/requests/", asked, content_type="application/json")
    gone = client.post(
        f"/api/v1/requests/{filed.json()['id']}/withdraw/", {"reason": "Twice"}, content_type="application/json"
    )

    assert (filed.status_code, filed.json()["status"]) == (201, "submitted")
    assert (gone.status_code, gone.json()["status"]) == (200, "withdrawn")


def test_the_page_withdraws_a_request_with_a_reason_and_only_once(client, filed, administrator):
    client.force_login(administrator)
    address = reverse("funding:request_withdraw", args=[filed.pk])

    asked = client.get(address)
    silent = client.post(address, {"reason": " "})
    said = client.post(address, {"reason": "Paid by a sponsor"}, follow=True)
    again = client.post(address, {"reason": "Twice"})

    assert (asked.status_code, silent.status_code, said.status_code, again.status_code) == (200, 422, 200, 422)
    assert f"Request № {filed.pk} is withdrawn." in said.content.decode()
    assert "This request is withdrawn already." in again.content.decode()
    filed.refresh_from_db()
    assert (filed.status, filed.withdrawal_reason) == ("withdrawn", "Paid by a sponsor")


def test_nobody_else_files_or_withdraws_on_a_page(client, school, filed, head):
    client.force_login(head)
    addresses = [
        reverse("funding:request_file", args=[school.code]),
        reverse("funding:request_withdraw", args=[filed.pk]),
    ]

    assert [client.post(address, {"reason": "x"}).status_code for address in addresses] == [403, 403]


@pytest.mark.parametrize(("address", "status"), [("/?shcool=EK-0001", 400), ("/one/", 404), (f"/{10**30}/", 404)])
def test_the_api_of_requests_refuses_what_it_does_not_know(client, filed, head, address, status):
    client.force_login(head)

    assert client.get(f"/api/v1/requests{address}").status_code == status


@pytest.mark.parametrize("address", ["/requests/", "/api/v1/requests/"])
def test_the_list_takes_the_same_number_of_queries_for_one_request_and_for_fifty(
    client, filed, head, administrator, noon, django_assert_num_queries, address
):
    client.force_login(head)
    client.get(address)
    with django_assert_num_queries(8, exact=False) as once:
        client.get(address)
    for _more in range(49):
        more = UpgradeRequest.objects.create(
            school=SchoolFactory(district=filed.school.placements.get().district),
            purpose="renewal",
            description="x",
            amount=1,
            filed_by=administrator,
            filed_at=noon,
        )
        more.violations.set(filed.violations.all())

    with django_assert_num_queries(len(once)):
        client.get(address)


def test_the_school_page_offers_its_administrator_to_file_a_request(client, school, violation, administrator, head):
    address = reverse("funding:request_file", args=[school.code])
    pages = {}
    for person in (administrator, head):
        client.force_login(person)
        pages[person.name] = client.get(reverse("audits:school_page", args=[school.code])).content.decode()

    assert address in pages["Gulnar"]
    assert address not in pages["Zeinep"]
