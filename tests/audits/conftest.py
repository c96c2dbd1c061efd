"""How tests of pages get in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def browse(client):
    """Sign a person in: browse(head).get(…)."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def queries_of(browse):
    """How many queries a page takes, once the session is warm: queries_of(head, "/audits/")."""

    def count(user, address):
        browse(user).get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browse(user).get(address).status_code == 200
        return len(queries)

    return count
