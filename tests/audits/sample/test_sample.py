"""The sample counts what was published, by the product's own rule and nothing else."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Role, User
from audits import compliance, figures, ledger, permissions, services
from audits.compliance import Counts, Standing, schools_with_standing
from audits.drift import find_drift
from audits.models import Answer, AreaFigures, Audit, AuditEvent, Requirement, Status, Verdict, Violation
from audits.sample import loading, people
from audits.sample.courses import draw_courses
from audits.sample.flaws import Draw
from audits.sample.published import AS_OF, SEED
from audits.sample.roll import draw_roll
from audits.verdict import judge
from cameras.models import Camera, CameraSystem, Condition
from core.days import end_of
from schools.areas import Area
from schools.models import District, Placement, School

TABLES = [User, School, Placement, CameraSystem, Camera, Condition, Audit, Answer, AuditEvent, Violation, AreaFigures]


def numbers(counts: Counts) -> tuple[int, ...]:
    return (counts.roll, counts.equipped, counts.compliant, counts.non_compliant, counts.malfunctioning)


def test_the_published_figures_are_counted(sample):
    counts = compliance.count(sample, AS_OF)

    assert (counts.roll, counts.equipped, counts.non_compliant, counts.malfunctioning) == (647, 637, 533, 10)
    assert (counts.compliant, counts.unassessed, counts.unequipped) == (92, 12, 10)
    assert str(counts.non_compliant_share) == "82.4"
    assert counts.editions == {"2019": 625}


def test_nothing_on_a_desk_reaches_the_figures_of_today(sample):
    assert numbers(compliance.count(sample, timezone.localdate())) == (647, 637, 92, 533, 10)


def test_the_four_standings_sum_to_the_roll_in_every_district(sample):
    by_district = compliance.count_by_district(sample, AS_OF)

    assert len(by_district) == 19
    for pk, counts in by_district.items():
        on_the_roll = Placement.objects.on(AS_OF).filter(district=pk).count()
        assert sum(counts.of_standing(standing) for standing in Standing) == on_the_roll


def test_the_region_is_the_sum_of_its_districts_and_the_country_is_the_region(sample):
    by_district = compliance.count_by_district(sample, AS_OF)

    assert compliance.count(sample, AS_OF) == compliance.total(by_district.values()) == compliance.count(Area(), AS_OF)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 8, 31), (647, 598, 0, 0, 7)),
        (date(2020, 12, 31), (647, 598, 39, 168, 1)),
        (date(2021, 6, 30), (647, 637, 76, 392, 11)),
    ],
)
def test_a_past_day_is_counted_as_it_was(sample, day, expected):
    assert numbers(compliance.count(sample, day)) == expected


@pytest.mark.parametrize("standing", Standing)
def test_the_list_behind_a_figure_is_as_long_as_the_figure(sample, standing):
    listed = compliance.in_area(schools_with_standing(AS_OF), sample).filter(standing=standing)

    assert listed.count() == compliance.count(sample, AS_OF).of_standing(standing)


def test_the_malfunctioning_are_non_compliant_and_the_unequipped_were_never_audited(sample):
    schools = list(schools_with_standing(AS_OF))

    broken = [school.standing for school in schools if school.is_equipped and school.is_malfunctioning]
    assert broken == [Standing.NON_COMPLIANT] * 10
    bare = [school.pk for school in schools if school.standing == Standing.UNEQUIPPED]
    assert len(bare) == 10
    assert not Audit.objects.filter(school__in=bare).exists()


def test_every_verdict_is_what_its_answers_amount_to(sample):
    requirements = list(Requirement.objects.filter(edition__code="2019"))
    results: dict[int, dict[int, str]] = {}
    for audit, requirement, result in Answer.objects.values_list("audit", "requirement", "result"):
        results.setdefault(audit, {})[requirement] = result

    judged = Audit.objects.exclude(verdict="").select_related("school")

    assert len(judged) == 817
    for audit in judged:
        judgement = judge(requirements=requirements, results=results[audit.pk], school=audit.school)
        assert audit.verdict == judgement.verdict


def test_every_sheet_is_full(sample):
    requirements = list(Requirement.objects.filter(edition__code="2019"))

    for audit in Audit.objects.exclude(verdict="").select_related("school").prefetch_related("answers")[:100]:
        applicable = {r.pk for r in requirements if r.applies_to_school(audit.school)}
        assert {answer.requirement_id for answer in audit.answers.all() if answer.result} == applicable


def test_every_audit_was_approved_by_the_head_within_a_week(sample):
    head = User.objects.get(email="head@nazar.example")

    for audit in Audit.objects.filter(status=Status.APPROVED):
        assert audit.approved_by_id == head.pk
        assert 1 <= (timezone.localtime(audit.approved_at).date() - audit.visited_on).days <= 7
        assert audit.approved_at < end_of(AS_OF)


def test_every_inspector_serves_the_schools_it_visited(sample):
    for audit in Audit.objects.select_related("inspector", "school").order_by("-pk")[:120]:
        assert permissions.can_be_assigned(audit.inspector, audit.school)


def test_violations_are_those_the_ledger_would_write(sample):
    before = list(Violation.objects.order_by("pk").values())

    for school in School.objects.filter(audits__visited_on__year=2020)[:60]:
        ledger.rebuild(school)

    assert list(Violation.objects.order_by("pk").values()) == before


def test_the_kept_figures_are_those_that_are_counted(sample):
    ridder = Area(district=District.objects.get(slug="ridder"))

    for row in [*AreaFigures.objects.of(sample), *AreaFigures.objects.of(ridder).newest_first()[:4]]:
        assert compliance.counts_of(row) == compliance.count(row.area, row.as_of)
    assert list(find_drift(timezone.localdate())) == []


def test_the_trend_begins_with_the_first_audits(sample):
    points = figures.trend(sample, until=date(2021, 8, 31))

    assert [point.as_of for point in points][:2] == [date(2020, 9, 30), date(2020, 10, 31)]
    assert points[-1].as_of == date(2021, 8, 31)
    assert [point.counts.assessed for point in points] == sorted(point.counts.assessed for point in points)


def test_approving_the_audit_under_review_makes_534(sample):
    audit = Audit.objects.get(status=Status.SUBMITTED)
    head = User.objects.get(email="head@nazar.example")

    services.approve(audit=audit, by=head, at=timezone.now())

    assert audit.verdict == Verdict.NON_COMPLIANT
    assert numbers(compliance.count(sample, timezone.localdate())) == (647, 637, 91, 534, 10)
    assert compliance.count(sample, AS_OF).non_compliant == 533


def test_the_inspector_has_eight_visits_one_return_and_one_review_before_it(sample):
    mine = Audit.objects.filter(inspector__email="inspector@nazar.example")

    assert {status: mine.filter(status=status).count() for status in mine.values_list("status", flat=True)} == {
        Status.PLANNED: 8,
        Status.RETURNED: 1,
        Status.SUBMITTED: 1,
    }


def test_the_accounts_cover_every_role_and_open_with_the_password(sample):
    shown = [User.objects.get(email=line.split()[1]) for line in people.account_lines()]

    assert {user.role for user in shown} == set(Role)
    assert all(user.check_password(people.PASSWORD) for user in shown)
    assert [user.email for user in shown if user.is_superuser] == ["admin@nazar.example"]


def test_the_administrator_serves_one_non_compliant_school(sample):
    served = schools_with_standing(AS_OF).visible_to(User.objects.get(email="school@nazar.example"))

    assert [school.standing for school in served] == [Standing.NON_COMPLIANT]


def test_a_second_load_changes_nothing(sample, settings, tmp_path):
    settings.SAMPLE_DATA = True
    before = [table.objects.count() for table in TABLES]
    said = StringIO()

    call_command("load_sample", accounts_file=tmp_path / "var" / "accounts.txt", stdout=said)

    assert said.getvalue() == "The sample is already loaded.\n"
    assert [table.objects.count() for table in TABLES] == before
    assert (tmp_path / "var" / "accounts.txt").read_text().splitlines() == people.account_lines()


def test_accounts_that_cannot_be_written_do_not_fail_the_load(sample, settings, tmp_path):
    settings.SAMPLE_DATA = True
    (tmp_path / "a_file").touch()
    complaint = StringIO()

    call_command("load_sample", accounts_file=tmp_path / "a_file" / "accounts.txt", stdout=StringIO(), stderr=complaint)

    assert complaint.getvalue().startswith("The accounts could not be written to a file: ")


def test_the_same_seed_draws_the_same_sample(sample):
    requirements = list(Requirement.objects.filter(edition__code="2019"))
    districts = list(District.objects.filter(region=sample.region).order_by("slug"))

    def drawn(seed: int) -> list[tuple]:
        placements = draw_roll(districts, loading.stream(seed, "roll"))
        draw = Draw(requirements, loading.stream(seed, "flaws"))
        courses = draw_courses(placements, draw, loading.stream(seed, "courses"))
        return [(c.school.code, c.school.name_kk, c.school.pupils, c.end, c.visits, c.eras, c.fault) for c in courses]

    assert drawn(SEED) == drawn(SEED)
    assert drawn(SEED) != drawn(SEED + 1)
    kept = School.objects.order_by("code").values_list("code", "name_kk", "pupils")
    assert [row[:3] for row in drawn(SEED)] == list(kept)


def test_the_sample_is_the_same_in_every_process(sample):
    first = School.objects.order_by("code").values_list("code", "name_ru", "pupils")[:3]

    assert list(first) == [
        ("EK-0001", "Общеобразовательная школа № 1", 708),
        ("EK-0002", "Общеобразовательная школа № 2", 519),
        ("EK-0003", "Средняя школа села Маралды", 262),
    ]
    assert (Camera.objects.count(), Answer.objects.count()) == (9459, 29299)
