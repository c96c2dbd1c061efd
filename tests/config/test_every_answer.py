"""What every page carries, whatever it is about."""

import pytest


@pytest.mark.parametrize("address", ["/accounts/login/", "/nowhere/", "/api/v1/figures/", "/admin/login/"])
def test_nothing_runs_in_a_page_but_what_the_portal_itself_serves(client, db, address):
    directives = client.get(address).headers["Content-Security-Policy"].split("; ")

    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(directives)
    assert "unsafe" not in " ".join(directives)


@pytest.mark.parametrize("address", ["/accounts/login/", "/country/", "/schools/", "/audits/", "/requests/"])
def test_made_up_schools_are_said_to_be_so_and_real_ones_are_not(client, viewer, settings, address):
    if address != "/accounts/login/":
        client.force_login(viewer)

    said = []
    for made_up in (True, False):
        settings.SAMPLE_DATA = made_up
        said.append("Sample data:" in client.get(address).content.decode())

    assert said == [True, False]
