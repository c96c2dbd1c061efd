"""What is neither yes nor no never passes for nothing said: the list would be whole, and its count wrong."""

import pytest


@pytest.mark.parametrize("address", ["/schools/", "/export/schools.csv"])
def test_a_yes_or_no_that_is_neither_is_refused_and_lists_no_school(client, head, school, address):
    client.force_login(head)

    assert school.code in client.get(f"{address}?malfunctioning=").getvalue().decode()
    refused = client.get(f"{address}?malfunctioning=maybe", follow=True)

    assert refused.status_code == 422
    assert school.code not in refused.text


def test_a_filter_of_audits_that_is_neither_is_named(client, head, school):
    client.force_login(head)

    assert "Must be a valid boolean." in client.get("/audits/?mine=maybe").text
