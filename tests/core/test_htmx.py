import pytest

from core import htmx

PAGE, PART = "components/empty_state.html", "components/status_badge.html"


@pytest.mark.parametrize(
    ("headers", "is_part"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_htmx_gets_the_part_and_everything_else_the_page(rf, headers, is_part):
    response = htmx.render(rf.get("/", headers=headers), PAGE, {}, partial=PART)

    assert (b"status-badge" in response.content) is is_part
    assert response.headers["Vary"] == "HX-Request, HX-History-Restore-Request"


def test_the_status_of_the_answer_is_kept(rf):
    assert htmx.render(rf.get("/"), PAGE, {}, partial=PART, status=422).status_code == 422
