"""The main links: whose they are, and which one is marked as the part the reader is in."""

import pytest


def links(client, person, address):
    client.force_login(person)
    return [(link["url"], link["current"]) for link in client.get(address, follow=True).context["navigation"]]


DEPARTMENT = ("/", "/schools/", "/cameras/", "/audits/", "/violations/", "/requests/")


@pytest.mark.parametrize(
    ("person", "address", "expected", "current"),
    [
        ("head", "/", DEPARTMENT, "/"),
        ("head", "/schools/", DEPARTMENT, "/schools/"),
        ("head", "/violations/", DEPARTMENT, "/violations/"),
        ("viewer", "/", ("/", "/schools/", "/audits/", "/violations/", "/requests/"), "/"),
        ("inspector", "/", ("/audits/", "/schools/", "/cameras/", "/violations/"), "/audits/"),
        ("administrator", "/", ("/", "/audits/", "/requests/"), "/"),
        ("statistician", "/", ("/", "/schools/"), "/"),
    ],
)
def test_everybody_finds_the_links_of_their_work(client, request, school, person, address, expected, current):
    found = links(client, request.getfixturevalue(person), address)

    assert found == [(url, url == current) for url in expected]
