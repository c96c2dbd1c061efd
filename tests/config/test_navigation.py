"""The main links: whose they are, and which one is marked as the part the reader is in."""

import pytest


def links(client, person, address):
    client.force_login(person)
    return [(link["url"], link["current"]) for link in client.get(address, follow=True).context["navigation"]]


@pytest.mark.parametrize(
    ("person", "address", "expected"),
    [
        (
            "head",
            "/",
            [
                ("/", True),
                ("/schools/", False),
                ("/cameras/", False),
                ("/audits/", False),
                ("/violations/", False),
                ("/requests/", False),
            ],
        ),
        (
            "head",
            "/schools/",
            [
                ("/", False),
                ("/schools/", True),
                ("/cameras/", False),
                ("/audits/", False),
                ("/violations/", False),
                ("/requests/", False),
            ],
        ),
        ("inspector", "/", [("/audits/", True), ("/schools/", False), ("/cameras/", False), ("/violations/", False)]),
        ("administrator", "/", [("/", True), ("/audits/", False), ("/requests/", False)]),
        ("statistician", "/", [("/", True), ("/schools/", False)]),
    ],
)
def test_everybody_finds_the_links_of_their_work(client, request, school, person, address, expected):
    assert links(client, request.getfixturevalue(person), address) == expected
