"""Reforms of areas. The worked example: East Kazakhstan of 2021 becomes two regions on 8 June 2022."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import Role
from audits import compliance
from audits.models import StaleMark
from core.errors import Conflict, Invalid
from schools.areas import Area
from schools.models import Change, District, Membership, Placement, Reform, Region, School
from schools.places import REFERENCE, load_places
from schools.reform import read_plan, reform, weigh
from tests.factories import MembershipFactory, SchoolFactory, UserFactory

SPLIT = date(2022, 6, 8)
EVE = SPLIT - timedelta(days=1)
# domain.md 3.1: where each unit of 2021 lies since the split. Aksuat and Samar were made the day before.
WENT_TO_ABAI = {"semey", "kurchatov", "abay", "ayagoz", "beskaragay", "borodulikha", "zharma", "kokpekty", "urzhar"}
STAYED = {
    *("oskemen", "ridder", "glubokoye", "zaysan", "altai", "kurchum"),
    *("katonkaragay", "tarbagatay", "ulan", "shemonaikha"),
}


def plan_of(day):
    return json.loads((REFERENCE / f"reforms/{day}.json").read_text(encoding="utf-8"))


@pytest.fixture
def may():
    """A day before both reforms."""
    return timezone.make_aware(datetime(2022, 5, 20, 10))


@pytest.fixture
def country_head(db):
    return MembershipFactory(whole_country=True, user=UserFactory(role=Role.DEPARTMENT_HEAD)).user


@pytest.fixture
def districts(db):
    """The nineteen units of 2021, with as many schools as their place in the alphabet says, {slug: district}."""
    load_places()
    found = {district.slug: district for district in District.objects.order_by("slug")}
    for many, district in enumerate(found.values(), start=1):
        for number in range(many):
            SchoolFactory(district=district, code=f"{district.slug[:6]}-{number}")
    return found


def schools_in(key, day):
    return compliance.count(Area.from_key(key), day).roll


def split(plan, by, at):
    return reform(plan=read_plan(plan), by=by, at=at)


def test_the_split_of_2022_moves_ten_units_and_leaves_the_figures_of_the_eve(districts, country_head, may):
    before = {slug: schools_in(f"east-kazakhstan/{slug}", EVE) for slug in districts}
    made = plan_of("2022-06-07")
    made["districts"][0]["schools"] = ["tarbag-0", "tarbag-1"]
    made["districts"][1]["schools"] = ["kokpek-3"]

    split(made, country_head, may)
    carried_out = split(plan_of("2022-06-08"), country_head, may)

    assert set(districts) == WENT_TO_ABAI | STAYED
    whole = sum(before.values())
    gone = sum(before[slug] for slug in WENT_TO_ABAI) - 1 + 2  # one stays in Samar, two came with Aksuat
    assert carried_out.schools == gone
    assert schools_in("east-kazakhstan", EVE - timedelta(days=1)) == schools_in("east-kazakhstan", EVE) == whole
    assert (schools_in("east-kazakhstan", SPLIT), schools_in("abai", SPLIT)) == (whole - gone, gone)
    assert schools_in("abai", EVE) == 0
    assert schools_in("kz", EVE) == schools_in("kz", SPLIT) == whole
    for slug in WENT_TO_ABAI - {"kokpekty"}:
        assert schools_in(f"abai/{slug}-abai", SPLIT) == schools_in(f"east-kazakhstan/{slug}", EVE) == before[slug]
        assert schools_in(f"east-kazakhstan/{slug}", SPLIT) == 0
    assert schools_in("abai/kokpekty-abai", SPLIT) == before["kokpekty"] - 1
    assert (schools_in("east-kazakhstan/samar", SPLIT), schools_in("abai/aksuat-abai", SPLIT)) == (1, 2)


def test_the_codes_and_names_of_the_table_are_those_of_the_new_districts(districts, country_head, may):
    split(plan_of("2022-06-07"), country_head, may)
    split(plan_of("2022-06-08"), country_head, may)

    abai = District.objects.filter(region__slug="abai").select_related("predecessor")
    assert {d.kato for d in abai} == {
        *("101000000", "101800000", "103200000", "103400000", "103600000"),
        *("103800000", "104000000", "104200000", "104400000", "104600000"),
    }
    assert {d.predecessor.slug for d in abai} == WENT_TO_ABAI | {"aksuat"}
    assert {d.established_on for d in abai} == {d.predecessor.abolished_on for d in abai} == {SPLIT}
    assert Region.objects.get(slug="abai").kato == "100000000"
    assert District.objects.existing_on(SPLIT).filter(region__slug="east-kazakhstan").count() == len(STAYED) + 1


def test_every_school_that_moved_says_so_in_its_history(districts, country_head, may):
    split(plan_of("2022-06-07"), country_head, may)
    split(plan_of("2022-06-08"), country_head, may)

    school = School.objects.get(code="semey-0")
    [change] = school.changes.all()
    assert (change.act, change.effective_on, change.by, change.version) == ("reformed", SPLIT, country_head, 2)
    assert change.fields == {"district": ["east-kazakhstan/semey", "abai/semey-abai"]}
    assert school.version == 2
    assert not Change.objects.filter(school__code="ridder-0").exists()


def test_figures_of_both_ends_are_marked_for_a_recount(districts, country_head, may):
    split(plan_of("2022-06-07"), country_head, may)
    StaleMark.objects.all().delete()

    split(plan_of("2022-06-08"), country_head, may)

    marked = {mark.area.key for mark in StaleMark.objects.all()}
    assert {"kz", "east-kazakhstan", "abai", "east-kazakhstan/semey", "abai/semey-abai"} <= marked
    assert "east-kazakhstan/ridder" not in marked


def test_who_served_a_district_that_went_over_whole_serves_its_successor(districts, country_head, may):
    officer = MembershipFactory(district=districts["semey"]).user
    split(plan_of("2022-06-07"), country_head, may)

    split(plan_of("2022-06-08"), country_head, may)

    served = Membership.objects.filter(user=officer).values_list("district__slug", flat=True)
    assert sorted(served) == ["semey", "semey-abai"]


def test_a_second_load_of_the_reference_leaves_the_reform_standing(districts, country_head, may):
    split(plan_of("2022-06-07"), country_head, may)
    split(plan_of("2022-06-08"), country_head, may)

    assert load_places().changed == 0
    assert District.objects.get(slug="semey").abolished_on == SPLIT


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Region, District, Placement, School, Membership)]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda plan: plan.update(effective_on="2022-05-19"), "Choose today or a later day"),
        (lambda plan: plan["districts"][0].update(predecessor="atlantis"), "“atlantis” to take over from"),
        (lambda plan: plan["districts"][0].update(slug="tarbagatay"), "“tarbagatay” is the name of another"),
        (lambda plan: plan["districts"][0].update(schools=["ridder-0"]), "ridder-0 is not a school of “tarbagatay”"),
        (lambda plan: plan["districts"][0].update(region="atlantis"), "There is no region “atlantis”"),
        (lambda plan: plan["districts"][0].update(kato="632400000"), "632400000 belongs to another district"),
        (lambda plan: plan["districts"][0].update(name_kk=""), "aksuat: Name in Kazakh"),
        (lambda plan: plan["districts"].append(plan["districts"][0]), "“aksuat” is named twice"),
        (
            lambda plan: [d.update(predecessor="tarbagatay", schools=None) for d in plan["districts"]],
            "“tarbagatay” can be taken over whole by one district only",
        ),
    ],
)
def test_a_plan_that_cannot_be_changes_nothing(districts, country_head, may, spoil, problem):
    plan = plan_of("2022-06-07")
    spoil(plan)
    before = everything()

    with pytest.raises(Invalid) as refused:
        split(plan, country_head, may)

    assert problem in " ".join(refused.value.problems)
    assert everything() == before
    assert not Reform.objects.exists()


def test_all_problems_are_told_at_once(districts, country_head, may):
    plan = plan_of("2022-06-07")
    plan["effective_on"] = "2022-05-19"
    plan["districts"][0]["schools"] = ["nowhere-1", "nowhere-2"]
    plan["districts"][1]["predecessor"] = "atlantis"

    with pytest.raises(Invalid) as refused:
        split(plan, country_head, may)

    assert len(refused.value.problems) == 4


def test_a_district_that_stands_takes_over_another_and_stays_as_it_is(districts, country_head, may):
    plan = plan_of("2022-06-07")
    plan["districts"] = [
        {"region": "east-kazakhstan", "predecessor": "altai", "slug": "ridder", "name_en": "Elsewhere"}
    ]

    split(plan, country_head, may)

    ridder = District.objects.get(slug="ridder")
    assert (ridder.name_en, ridder.predecessor, ridder.established_on) == ("Ridder", None, None)
    here = schools_in("east-kazakhstan/ridder", EVE)
    assert here == schools_in("east-kazakhstan/ridder", EVE - timedelta(days=1)) + 2


def test_a_school_that_moves_later_already_stops_the_reform(districts, country_head, may):
    school = School.objects.get(code="tarbag-0")
    school.placements.update(valid_to=date(2022, 9, 1))

    with pytest.raises(Invalid, match="tarbag-0 moves on that day or later already"):
        split(plan_of("2022-06-07"), country_head, may)


def test_two_places_of_a_plan_with_one_code_are_refused(districts, country_head, may):
    plan = plan_of("2022-06-07")
    for part in plan["districts"][:2]:
        part["kato"] = "999999999"
    before = everything()

    with pytest.raises(Conflict, match="the KATO code of another"):
        split(plan, country_head, may)

    assert everything() == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT_HEAD])
def test_only_a_head_of_the_department_reforms(districts, may, role):
    person = MembershipFactory(whole_country=True, user=UserFactory(role=role)).user

    with pytest.raises(PermissionDenied):
        split(plan_of("2022-06-07"), person, may)


def test_a_head_of_one_region_reforms_within_it_and_not_beyond(districts, may):
    region = Region.objects.get(slug="east-kazakhstan")
    regional = MembershipFactory(region=region, user=UserFactory(role=Role.DEPARTMENT_HEAD)).user
    split(plan_of("2022-06-07"), regional, may)

    with pytest.raises(PermissionDenied):
        split(plan_of("2022-06-08"), regional, may)


def test_weighing_says_what_each_district_takes_over_and_writes_nothing(districts, country_head, may):
    before = everything()
    plan = plan_of("2022-06-07")
    plan["districts"][0]["schools"] = ["tarbag-1", "tarbag-0"]

    takeovers = weigh(plan=read_plan(plan), by=country_head, at=may)

    assert [(t.part.slug, t.is_new, [p.school.code for p in t.placements]) for t in takeovers] == [
        ("aksuat", True, ["tarbag-1", "tarbag-0"]),
        ("samar", True, []),
    ]
    assert everything() == before


def test_the_command_says_what_it_does_and_a_dry_run_changes_nothing(districts, country_head, tmp_path, capsys):
    plan = plan_of("2022-06-07") | {"effective_on": timezone.localdate().isoformat()}
    plan["districts"][0].pop("schools")
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan))

    call_command("reform_areas", str(path), "--by", country_head.email, "--dry-run")
    assert "aksuat: 15 schools, all of tarbagatay" in capsys.readouterr().out
    assert not Reform.objects.exists()

    call_command("reform_areas", str(path), "--by", country_head.email)
    assert "15 schools move" in capsys.readouterr().out
    assert Placement.objects.filter(district__slug="aksuat").count() == 15


def test_the_command_refuses_with_every_problem(districts, country_head, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan_of("2022-06-08")))

    with pytest.raises(CommandError, match="Choose today or a later day"):
        call_command("reform_areas", str(path), "--by", country_head.email)
    with pytest.raises(CommandError, match="no active person"):
        call_command("reform_areas", str(path), "--by", "nobody@example.kz")
