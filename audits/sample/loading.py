"""Drawing and writing the whole sample, in one transaction."""

from random import Random

from django.db import connection, transaction

from accounts.models import User
from audits import compliance
from audits.models import Edition
from audits.sample import agenda, details, equipment, figures_kept, people, published, records, roll, visits
from audits.sample.courses import FIRST_WAVE, Course, End, draw_courses
from audits.sample.flaws import Draw
from audits.sample.localities import SHARES
from core.errors import Conflict
from schools.areas import Area
from schools.models import District, Region, School


def is_loaded() -> bool:
    """The sample's people and schools are there."""
    has_people = User.objects.filter(email=people.CAST[0].email).exists()
    return has_people and School.objects.filter(code="EK-0001").exists()


@transaction.atomic
def load(seed: int = published.SEED) -> None:
    """Draw the sample from the seed and keep it, figures included.

    Raises Conflict while the reference data are missing or the database holds other schools.
    """
    region, districts = _places()
    edition = _edition()
    cast = people.write(region, districts)
    placements = roll.draw_roll(districts, stream(seed, "roll"))
    schools = [placement.school for placement in placements]
    records.fill(schools, stream(seed, "contacts"))
    roll.write(placements)
    records.confirm(schools, cast["officer"], stream(seed, "confirmations"))
    draw = Draw(edition.requirements.all(), stream(seed, "flaws"))
    courses = draw_courses(placements, draw, stream(seed, "courses"))
    planned = agenda.put_on_the_desk(courses, draw, stream(seed, "agenda"))
    office = visits.Office(cast, edition, stream(seed, "visits"))
    _equip_and_visit(courses, office, stream(seed, "equipment"), stream(seed, "details"))
    visits.write_planned(office.plan(school, day) for school, day in planned)
    people.administer(_school_of_the_administrator(courses), cast["school"])
    _tell_the_planner()
    figures_kept.write(region, districts, since=FIRST_WAVE[0])
    _must_agree_with_what_was_published(region)


def stream(seed: int, of: str) -> Random:
    """Each part draws from a stream of its own, so that a change of one leaves the others as they were."""
    return Random(f"{seed} {of}")  # noqa: S311 - a sample is drawn to be repeatable, not to be secret


def _places() -> tuple[Region, list[District]]:
    region = Region.objects.filter(slug=published.REGION).first()
    districts = list(District.objects.filter(region=region, slug__in=SHARES).order_by("slug"))
    if region is None or len(districts) < len(SHARES):
        raise Conflict("The places of East Kazakhstan are missing. Load them first: manage.py load_reference")
    if School.objects.exists():
        raise Conflict("The database holds schools that are not of the sample. Load it into an empty database.")
    return region, districts


def _edition() -> Edition:
    edition = Edition.objects.in_force(FIRST_WAVE[0]).filter(standard__decides_standing=True).first()
    if edition is None:
        raise Conflict("No edition of the standard was in force. Load it first: manage.py load_reference")
    return edition


def _equip_and_visit(courses: list[Course], office: visits.Office, random: Random, of_details: Random) -> None:
    inventories = [equipment.install(course, random) for course in courses]
    details.describe(courses, inventories, of_details)
    equipment.write(inventories)
    conducted = [
        office.conduct(course, visit, inventory)
        for course, inventory in zip(courses, inventories, strict=True)
        for visit in course.visits
    ]
    visits.write(conducted, office)


def _school_of_the_administrator(courses: list[Course]) -> School:
    """The first that was found non-compliant twice."""
    return next(c.school for c in courses if c.end is End.NON_COMPLIANT and len(c.visits) == 2)


def _tell_the_planner() -> None:
    """Count over tables that were empty a moment ago as what they are now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _must_agree_with_what_was_published(region: Region) -> None:
    counts = compliance.count(Area(region=region), published.AS_OF)
    counted = (counts.roll, counts.equipped, counts.non_compliant, counts.malfunctioning)
    expected = (published.ROLL, published.EQUIPPED, published.NON_COMPLIANT, published.MALFUNCTIONING)
    assert counted == expected, f"The sample counts {counted}, the published figures are {expected}."
