"""Plans of reforms as JSON: what is one, and what is none."""

import json

import pytest

from core.errors import Invalid
from schools.places import REFERENCE
from schools.reform import read_plan


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        {"effective_on": "8 June", "reason": "", "districts": {}},
        {"effective_on": "2022-06-08", "reason": "x", "districts": [{"slug": "a", "mayor": "B"}]},
        {"effective_on": "2022-06-08", "reason": "x", "districts": [{"slug": "a", "schools": "S1"}]},
        {"effective_on": "2022-06-08", "reason": "x", "districts": [1]},
        {"effective_on": 5, "reason": 5, "districts": [], "extra": 1},
        {"effective_on": "2022-06-08", "reason": "x\0", "districts": [{"slug": "a"}]},
        {"effective_on": "2022-06-08", "reason": "x", "districts": [{"slug": []}]},
        {"effective_on": "2022-06-08", "reason": "x", "districts": [{"slug": "a", "region": "b\0"}]},
        {"effective_on": "2022-06-08", "reason": "x", "districts": [{"slug": "a"}], "regions": [{"slug": {}}]},
    ],
)
def test_a_plan_that_is_none_is_refused(said):
    with pytest.raises(Invalid):
        read_plan(said)


def test_a_plan_read_and_written_is_the_same():
    said = json.loads((REFERENCE / "reforms/2022-06-07.json").read_text(encoding="utf-8")) | {"regions": []}

    assert read_plan(said).as_json == said
