"""Only the server that was set may be asked for the ground of the map."""

import pytest

from config.tiles import origin_of


@pytest.mark.parametrize(
    ("tiles", "allowed"),
    [
        ("", []),
        ("https://tiles.example.kz/{z}/{x}/{y}.png?key=1", ["https://tiles.example.kz"]),
        ("https://{s}.tiles.example.kz:8443/{z}/{x}/{y}.png", ["https://*.tiles.example.kz:8443"]),
    ],
)
def test_the_policy_allows_the_origin_of_the_tiles_and_no_other(tiles, allowed):
    assert origin_of(tiles) == allowed


@pytest.mark.parametrize("tiles", ["tiles.example.kz/{z}", "/tiles/{z}/{x}/{y}.png", "javascript:alert(1)", "https://"])
def test_an_address_that_is_not_of_the_web_stops_the_start(tiles):
    with pytest.raises(ValueError, match="MAP_TILES_URL"):
        origin_of(tiles)


def test_without_tiles_no_page_may_ask_anybody_else(client, db):
    assert "img-src 'self' data:;" in client.get("/accounts/login/")["Content-Security-Policy"] + ";"
