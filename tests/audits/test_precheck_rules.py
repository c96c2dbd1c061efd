"""What the inventory alone lets expect: each rule at its edge, and what must hold of all of them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.precheck import gaps
from audits.precheck.rules import RULES
from tests.audits.inventories import (
    EDITION,
    building,
    camera,
    expected,
    forgetting,
    inventories,
    inventory,
    of_code,
    outcome,
    system,
)

DOOR = {"zone": "main_entrance", "field_of_view": Decimal(90)}
some = settings(max_examples=150, deadline=None, derandomize=True)


def door(width=1920, distance="3.8", **said):
    return camera(width_px=width, target_distance=Decimal(distance), **DOOR | said)


def hall(density, zone="hall"):
    """A camera that reaches the density: 90 degrees, 1 m."""
    return camera(zone=zone, width_px=density * 2, field_of_view=Decimal(90), target_distance=Decimal(1))


def yard(density):
    return hall(density, "yard")


def stored(tb, *, days=60, cameras=16, mbps=4):
    """One system with as many cameras of one stream each."""
    held = system(storage_tb=tb, storage_days=days)
    return inventory(*(camera(n, of=held, bitrate_mbps=mbps) for n in range(cameras)), systems=(held,))


CASES = [
    # A zone that nobody watches is expected to fail; one that is watched somewhere may still have a blind spot.
    ("COV-01", inventory(), "not_met"),
    ("COV-01", inventory(camera(zone="perimeter")), "unknown"),
    ("COV-02", inventory(camera(zone="main_entrance", state="faulty")), "not_met"),
    ("COV-02", inventory(camera(zone="main_entrance"), camera(zone="main_entrance")), "unknown"),
    ("COV-03", inventory(camera(zone="main_entrance")), "not_met"),
    ("COV-05", inventory(camera(zone="yard", state="")), "unknown"),
    ("COV-06", inventory(camera(zone="corridor")), "not_met"),
    ("COV-09", inventory(camera(zone="gate")), "unknown"),
    ("COV-10", inventory(camera(zone="corridor")), "not_met"),
    ("COV-11", inventory(camera(zone="perimeter")), "unknown"),
    ("COV-11", inventory(camera(zone="hall")), "not_met"),
    # Floors can be counted.
    ("COV-04", inventory(camera(floor=1), camera(floor=2)), "met"),
    ("COV-04", inventory(camera(floor=1)), "not_met"),
    ("COV-04", inventory(camera(floor=1), camera(floor=2, state="no_power")), "not_met"),
    ("COV-04", inventory(camera(floor=1), camera(floor=2, state="")), "unknown"),
    ("COV-04", inventory(camera(floor=1), camera(floor=None)), "unknown"),
    ("COV-04", inventory(camera(floor=None), of=building(floors=3)), "not_met"),
    ("COV-04", inventory(camera(floor=1), camera(floor=3)), "not_met"),
    ("COV-04", inventory(), "not_met"),
    # Shares of cameras.
    ("SYS-03", inventory(camera(), camera()), "met"),
    ("SYS-03", inventory(camera(), camera(state="faulty"), camera(state="")), "not_met"),
    ("SYS-03", inventory(camera(), camera(state="")), "unknown"),
    ("SYS-03", inventory(), "unknown"),
    ("SYS-04", inventory(camera()), "met"),
    ("SYS-04", inventory(camera(state="no_power"), camera(state="")), "not_met"),
    ("SYS-04", inventory(camera(), camera(state="faulty")), "unknown"),
    ("SYS-06", inventory(camera(), camera(is_digital=False)), "not_met"),
    ("SYS-06", inventory(camera()), "met"),
    # Backup power, the line and the centre.
    ("SYS-05", inventory(systems=()), "not_met"),
    ("SYS-05", inventory(systems=(system(backup_minutes=30),)), "met"),
    ("SYS-05", inventory(systems=(system(backup_minutes=29), system(2))), "not_met"),
    ("SYS-05", inventory(systems=(system(backup_minutes=60), system(2))), "unknown"),
    ("NET-01", inventory(systems=()), "not_met"),
    ("NET-01", inventory(systems=(system(centre_link="able"),)), "met"),
    ("NET-01", inventory(systems=(system(centre_link="unable"), system(2))), "not_met"),
    ("NET-01", inventory(systems=(system(),)), "unknown"),
    ("NET-01", inventory(camera(is_connected=True)), "met"),
    ("NET-01", inventory(camera(is_connected=True, state="")), "unknown"),
    ("NET-02", inventory(systems=(system(channel_mbps=30),)), "met"),
    ("NET-02", inventory(systems=(system(channel_mbps=20), system(2, channel_mbps=9))), "not_met"),
    ("NET-02", inventory(systems=(system(channel_mbps=20), system(2, channel_mbps=10))), "unknown"),
    ("NET-02", inventory(systems=(system(channel_mbps=20), system(2))), "unknown"),
    # Storage: both what there is room for and what the recorder is set to.
    ("ARC-01", stored(Decimal(8)), "not_met"),
    ("ARC-01", stored(Decimal(21)), "met"),
    ("ARC-01", stored(Decimal(21), days=29), "not_met"),
    ("ARC-01", stored(Decimal(21), days=None), "unknown"),
    ("ARC-01", stored(None), "unknown"),
    ("ARC-01", stored(None, days=14), "not_met"),
    ("ARC-01", inventory(systems=()), "not_met"),
    ("ARC-02", stored(Decimal("20.73")), "not_met"),
    ("ARC-02", stored(Decimal("20.74")), "met"),
    ("ARC-02", stored(Decimal(8), mbps=None), "unknown"),
    ("ARC-02", inventory(systems=()), "unknown"),
    # Pictures.
    ("IMG-01", inventory(camera(width_px=1920)), "met"),
    ("IMG-01", inventory(camera(width_px=1919), camera()), "not_met"),
    ("IMG-01", inventory(camera(width_px=1920), camera()), "unknown"),
    ("IMG-02", inventory(camera(frames_per_second=15)), "met"),
    ("IMG-02", inventory(camera(frames_per_second=14)), "not_met"),
    ("IMG-03", inventory(door(distance="3.8")), "met"),
    ("IMG-03", inventory(door(distance="3.9"), door(width=None)), "not_met"),
    ("IMG-03", inventory(door(), camera(zone="reserve_exit")), "unknown"),
    ("IMG-03", inventory(camera()), "unknown"),
    ("IMG-04", inventory(hall(125)), "met"),
    ("IMG-04", inventory(hall(124)), "unknown"),
    ("IMG-04", inventory(hall(63)), "unknown"),
    ("IMG-04", inventory(hall(62), hall(500)), "not_met"),
    ("IMG-05", inventory(yard(25), yard(26)), "met"),
    ("IMG-05", inventory(yard(24), camera(zone="yard")), "not_met"),
    ("IMG-05", inventory(yard(25), camera(zone="perimeter")), "unknown"),
    ("IMG-06", inventory(camera(zone="yard", has_night_mode=True), camera(has_night_mode=False)), "met"),
    ("IMG-06", inventory(camera(is_outdoor=True, has_night_mode=False), camera(zone="gate")), "not_met"),
    ("IMG-06", inventory(camera(zone="gate")), "unknown"),
    ("IMG-06", inventory(camera()), "unknown"),
]


@pytest.mark.parametrize(("code", "held", "says"), CASES)
def test_what_the_inventory_lets_expect(code, held, says):
    assert outcome(code, held) == says


def test_every_rule_has_its_cases():
    codes = {code for of_kind in RULES.values() for code in of_kind}

    assert codes == {code for code, _held, _says in CASES}
    assert codes <= {requirement.code for requirement in EDITION}


@pytest.mark.parametrize(
    ("code", "held", "changed", "says"),
    [
        ("SYS-05", inventory(systems=(system(backup_minutes=10),)), {"threshold": Decimal(10)}, "met"),
        ("SYS-03", inventory(camera(), camera(state="faulty")), {"threshold": Decimal(50)}, "met"),
        ("SYS-03", inventory(camera(), camera(state="")), {"threshold": Decimal(50)}, "met"),
        ("IMG-03", inventory(door(distance="5")), {"threshold": Decimal(125)}, "met"),
        ("SYS-05", inventory(systems=(system(backup_minutes=40),)), {"comparison": "at_most"}, "not_met"),
        ("IMG-04", inventory(hall(30)), {"threshold": Decimal("62.5")}, "unknown"),
    ],
)
def test_thresholds_and_comparisons_are_those_of_the_edition(code, held, changed, says):
    assert outcome(code, held, **changed) == says


def test_the_storage_needed_follows_the_period_of_the_edition():
    ten_days = [row if row.code != "ARC-01" else _at(row, 10) for row in EDITION]

    assert expected(stored(Decimal(8)), ten_days)["ARC-02"].outcome == "met"


def _at(row, threshold):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {"threshold": Decimal(threshold)})


def test_what_only_a_visit_can_judge_is_left_out_and_so_is_what_is_not_asked():
    held = inventory(of=building(floors=1, has_outdoor_toilet=False))

    assert {"PRV-01", "SYS-01", "ORG-01", "COV-10", "COV-11"}.isdisjoint(expected(held))
    assert "COV-10" in expected(inventory())


def test_a_later_edition_that_asks_something_of_another_kind_has_no_rule_for_it():
    as_number = [_kind(row) if row.code == "COV-01" else row for row in EDITION]

    assert "COV-01" not in expected(inventory(), as_number)


def _kind(row):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {"kind": "measured", "threshold": Decimal(4), "comparison": "at_least"})


# --- The formula, with the numbers in it ---


def test_the_formula_of_pixel_density_names_every_number_and_the_level():
    each = of_code("IMG-03", inventory(door(distance="5"), camera(zone="reserve_exit")))

    assert each.formula == (
        "D = px ÷ (2 · d · tan(HFOV ÷ 2)) = 1,920 ÷ (2 · 5 m · tan(90° ÷ 2)) = 192 px/m (Recognise), the lowest;"
        " computed for 1 of 2 cameras; required: at least 250 px/m."
    )
    assert each.cameras == ["№ 1/1 · Main entrance, floor 1: 192 px/m; enough up to 3.84 m"]
    assert "the levels are for human viewers, not for analytics" in each.caveats


def test_the_formula_of_storage_gives_the_worked_value():
    each = of_code("ARC-01", stored(Decimal(8)))

    assert each.formula == (
        "Days = TB × 8,000,000 ÷ (Mbit/s × 86,400) = 8 × 8,000,000 ÷ (64 × 86,400) = 11.57;"
        " the recorder is set to: 60; required of both: at least 30 days."
    )


def test_a_stream_that_is_not_recorded_bounds_the_days_from_above():
    held = stored(Decimal(8), cameras=16)
    unknown = replace(held, cameras=[*held.cameras, camera(17, of=held.systems[0])])

    assert outcome("ARC-01", unknown) == "not_met"
    assert "≤ 8 × 8,000,000" in of_code("ARC-01", unknown).formula
    assert outcome("ARC-01", replace(unknown, cameras=unknown.cameras[-2:])) == "unknown"


def test_what_falls_short_never_looks_as_if_it_did_not():
    held = inventory(*(camera(n) for n in range(2999)), camera(3000, state="faulty"))

    assert "2,999 of 3,000 cameras = 99.96 %" in of_code("SYS-03", held).formula


def test_every_case_has_a_formula_that_can_be_told():
    for code, held, _says in CASES:
        each = of_code(code, held)
        assert each.formula
        assert "%(" not in each.formula
        assert all(each.cameras)
        assert all(each.caveats)
        assert all(gap.label for gap in gaps([each]))


def test_gaps_say_what_to_record_the_most_wanted_first():
    found = gaps(list(expected(inventory(camera(zone="main_entrance"), camera(2, zone="yard"))).values()))

    assert [(gap.field, gap.of, gap.requirements) for gap in found[:3]] == [
        ("width_px", ["1/1", "1/2"], ["IMG-01", "IMG-03", "IMG-05"]),
        ("bitrate_mbps", ["1/1", "1/2"], ["ARC-01", "ARC-02"]),
        ("field_of_view", ["1/1", "1/2"], ["IMG-03", "IMG-05"]),
    ]
    assert [gap.label for gap in found[:2]] == ["Horizontal resolution, px", "Stream, Mbit/s"]


# --- What must hold whatever is installed ---


@some
@given(forgetting())
def test_leaving_something_out_of_the_inventory_only_ever_leads_to_unknown(pair):
    known, less = (expected(held) for held in pair)

    changed = {
        code: (known[code].outcome, less[code].outcome) for code in known if known[code].outcome != less[code].outcome
    }
    assert {became for _was, became in changed.values()} <= {"unknown"}


@some
@given(inventories().filter(lambda held: held.systems), st.data())
def test_a_camera_more_that_does_not_work_never_cures_anything(held, data):
    kind = {"zone": data.draw(st.sampled_from(["corridor", "yard", "main_entrance", "gate", "hall"]))}
    broken = camera(99, of=held.systems[0], state="faulty", is_connected=data.draw(st.booleans()), **kind)
    before, after = expected(held), expected(replace(held, cameras=[*held.cameras, broken]))

    assert [code for code in before if before[code].outcome == "not_met" and after[code].outcome == "met"] == []


@some
@given(inventories().filter(lambda held: held.systems), st.sampled_from(["main_entrance", "corridor", "hall", "yard"]))
def test_a_camera_that_shows_too_little_never_makes_its_requirement_good(held, zone):
    poor = camera(99, of=held.systems[0], zone=zone, width_px=10, field_of_view=Decimal(90), target_distance=Decimal(1))
    after = expected(replace(held, cameras=[*held.cameras, poor]))
    code = {"main_entrance": "IMG-03", "yard": "IMG-05"}.get(zone, "IMG-04")

    assert (after[code].outcome, after["IMG-01"].outcome) == ("not_met", "not_met")


@some
@given(inventories())
def test_every_outcome_is_told_with_its_numbers(held):
    told = [each.formula for each in expected(held).values()]

    assert [formula for formula in told if not formula or "%(" in formula] == []
