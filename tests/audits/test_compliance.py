"""The one definition of every figure, against a plain recount of worlds with a history."""

from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings

from audits import compliance
from audits.compliance import Counts, Standing
from audits.filters import SchoolFilterSet
from schools.areas import Area
from tests.audits import worlds
from tests.audits.worlds import DAY, SchoolPlan, Span
from tests.factories import CameraFactory, SchoolFactory, StandardFactory, audit_approved

AS_OF = date(2021, 8, 25)
some = settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink])


@contextmanager
def rolled_back():
    """Each drawn world leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def areas_of(districts):
    """Every area of a world, with the numbers of the districts that lie in it."""
    near, far = districts[0].region, districts[2].region
    below = [(Area(district=district), {number}) for number, district in enumerate(districts)]
    return [(Area(), {0, 1, 2}), (Area(region=near), {0, 1}), (Area(region=far), {2}), *below]


@pytest.mark.django_db
@some
@given(worlds.plans, worlds.days)
def test_the_figures_are_what_a_clerk_would_count(plan, day):
    with rolled_back():
        areas = areas_of(worlds.build(plan))
        counted = {area.key: compliance.count(area, worlds.day_of(day)) for area, _within in areas}

    assert counted == {area.key: worlds.figures_of(plan, within, day) for area, within in areas}


@pytest.mark.django_db
@some
@given(worlds.plans, worlds.days)
def test_the_standings_sum_to_the_roll_and_the_parts_to_the_whole(plan, day):
    with rolled_back():
        districts = worlds.build(plan)
        country = compliance.count(Area(), worlds.day_of(day))
        parts = compliance.count_by_district(Area(), worlds.day_of(day))
        lists = {standing: len(schools_of(standing, worlds.day_of(day))) for standing in Standing}

    assert sum(country.of_standing(standing) for standing in Standing) == country.roll
    assert country.roll == sum(school.district_on(day) is not None for school in plan)
    assert {standing: country.of_standing(standing) for standing in Standing} == lists
    assert compliance.total(parts.values()) == country
    assert set(parts) <= {district.pk for district in districts}


def schools_of(standing, day):
    """The list behind a number, as page, export and API ask for it."""
    return SchoolFilterSet({"standing": [standing]}, queryset=compliance.schools_with_standing(day)).qs


@pytest.mark.django_db
@some
@given(worlds.plans, worlds.days)
def test_what_happens_later_never_changes_the_figures_of_a_past_day(plan, day):
    with rolled_back():
        areas = areas_of(worlds.build([as_known_on(day, school) for school in plan]))
        at_the_time = [compliance.count(area, worlds.day_of(day)) for area, _within in areas]
    with rolled_back():
        areas = areas_of(worlds.build(plan))
        later = [compliance.count(area, worlds.day_of(day)) for area, _within in areas]

    assert later == at_the_time


def as_known_on(day: int, school: SchoolPlan) -> SchoolPlan:
    """The school without anything that happened after the end of the day."""
    end = (day + 1) * DAY
    cut = lambda span: replace(span, end=None) if span.end is not None and span.end > day else span  # noqa: E731
    begun = [(cut(span), district) for span, district in school.placements if span.start <= day]
    systems = [
        (
            cut(span),
            tuple(
                replace(
                    camera,
                    installed=cut(camera.installed),
                    connected=camera.connected and cut(camera.connected),
                    reports=tuple(report for report in camera.reports if report[0] < end),
                )
                for camera in cameras
            ),
        )
        for span, cameras in school.systems
        if span.start <= day
    ]
    visits = [visit for visit in school.visits if visit.approved < end]
    forgotten = [
        replace(visit, voided=None) if visit.voided is not None and visit.voided >= end else visit for visit in visits
    ]
    return SchoolPlan(cut(school.open), tuple(begun), tuple(systems), tuple(forgotten))


def test_a_school_without_a_system_is_unequipped_whatever_an_audit_says(school):
    audit_approved(school=school, verdict="compliant")

    assert compliance.count(Area(), AS_OF) == Counts(unequipped=1)


def test_an_equipped_school_without_an_approved_audit_is_unassessed(school):
    CameraFactory(system__school=school)

    assert compliance.count(Area(), AS_OF) == Counts(unassessed=1)


def test_an_audit_of_another_standard_never_reaches_a_figure(school):
    CameraFactory(system__school=school)
    audit = audit_approved(school=school)
    drills = StandardFactory(slug="drills", decides_standing=False)
    type(audit).objects.bulk_create([replace_standard(audit, drills)])

    newest = compliance.schools_with_standing(AS_OF).get()
    assert (newest.newest_audit_id, newest.standing) == (audit.pk, "non_compliant")


def replace_standard(audit, standard):
    """A later audit of the same school by another standard, with the opposite verdict."""
    fields = {field.attname: getattr(audit, field.attname) for field in audit._meta.concrete_fields}
    return type(audit)(**fields | {"id": None, "standard_id": standard.pk, "verdict": "compliant"})


def test_a_school_that_is_open_but_placed_nowhere_is_on_no_roll(school):
    school.placements.all().delete()

    assert compliance.count(Area(), AS_OF).roll == 0


def test_the_share_is_of_the_whole_roll_and_coverage_says_how_much_was_assessed():
    counts = Counts(compliant=92, non_compliant=533, unequipped=10, unassessed=12, malfunctioning=10)

    assert (counts.roll, counts.equipped, counts.assessed, counts.operational) == (647, 637, 625, 627)
    assert (str(counts.non_compliant_share), str(counts.coverage)) == ("82.4", "96.6")


def test_the_total_of_no_parts_is_nothing():
    assert compliance.total([]) == Counts()


@pytest.mark.django_db
def test_a_region_that_is_split_still_counts_its_own_schools_of_the_past(region, district):
    school = SchoolFactory(district=district)
    new = worlds.DistrictFactory()
    school.placements.update(valid_to=date(2022, 6, 8))
    school.placements.create(district=new, valid_from=date(2022, 6, 8))

    def rolls(day):
        return [compliance.count(Area(region=each), day).roll for each in (region, new.region)]

    assert (rolls(date(2022, 6, 7)), rolls(date(2022, 6, 8))) == ([1, 0], [0, 1])


def test_counts_travel_as_whole_numbers():
    assert all(isinstance(value, int) for name, value in asdict(Counts()).items() if name != "editions")


def test_a_span_ends_before_its_last_day():
    assert [Span(1, 3).holds(day) for day in range(4)] == [False, True, True, False]
