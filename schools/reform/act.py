"""Carrying out a reform of areas: one act, whole or not at all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core.days import day_of
from core.errors import Conflict, Invalid, Refused
from schools.areas import Area
from schools.models import Change, District, Membership, Placement, Reform, Region, School
from schools.permissions import can_reform
from schools.reform.plan import Part, Plan, unsaved
from schools.signals import roll_changed


@dataclass(frozen=True)
class Takeover:
    """What one district takes over: the placements that end, and whether its predecessor ends with them."""

    part: Part
    district: District
    predecessor: District
    placements: list[Placement]

    @property
    def is_new(self) -> bool:
        return self.district.pk is None


@transaction.atomic
def reform(*, plan: Plan, by: User, at: datetime) -> Reform:
    """Carry the plan out: make its regions and districts, move the schools, abolish what was taken over whole.

    Figures of days before do not change; those after follow the new areas. Who served a district that went over whole
    serves its successor as well. Invalid with every problem at once, PermissionDenied unless the person serves all
    regions concerned.
    """
    takeovers = weigh(plan=plan, by=by, at=at)
    _make_all(takeovers, plan.effective_on)
    moved = [placement for takeover in takeovers for placement in takeover.placements]
    _place(takeovers, plan.effective_on)
    _write_history(takeovers, plan, by=by, at=at)
    carried_out = Reform.objects.create(
        effective_on=plan.effective_on, reason=plan.reason, plan=plan.as_json, schools=len(moved), at=at, by=by
    )
    touched = {district.pk for each in takeovers for district in (each.district, each.predecessor)}
    roll_changed.send(sender=Reform, district_ids=touched)
    return carried_out


def weigh(*, plan: Plan, by: User, at: datetime) -> list[Takeover]:
    """What the plan would do, nothing written; the same refusals as reform(). Call it inside a transaction.

    Holds the locks of the districts taken from and of those that take over, then of the schools, in the order of their
    keys.
    """
    old = _districts_taken_from(plan)
    regions, problems = _regions(plan)
    concerned = [*regions.values(), *(district.region for district in old.values())]
    if not can_reform(by, concerned):
        raise PermissionDenied
    if plan.effective_on < day_of(at):
        problems.append(_("Choose today or a later day: the figures of past days do not change."))
    problems += _misfits(plan, old)
    here = _placements(old.values(), plan.effective_on, problems)
    takeovers = []
    for part in plan.parts:
        try:
            district = _district_of(part, plan, regions, old)
        except Refused as refused:
            problems += refused.problems
            continue
        if part.predecessor in old:
            takeovers.append(Takeover(part, district, old[part.predecessor], _taken(part, here, problems)))
    _share_out(takeovers, here)
    if problems:
        raise Invalid(*problems)
    return takeovers


def _districts_taken_from(plan: Plan) -> dict[str, District]:
    slugs = {part.predecessor for part in plan.parts}
    # Those that take over as well: another reform may be abolishing one at this moment.
    concerned = District.objects.filter(slug__in=slugs | {part.slug for part in plan.parts})
    list(concerned.select_for_update(no_key=True).order_by("pk"))
    existing = District.objects.existing_on(plan.effective_on)
    return {d.slug: d for d in existing.filter(slug__in=slugs).select_related("region")}


def _regions(plan: Plan) -> tuple[dict[str, Region], list[str]]:
    """Regions the plan speaks of, those to be made unsaved."""
    slugs = {part.region for part in plan.parts}
    regions = {region.slug: region for region in Region.objects.filter(slug__in=slugs)}
    problems: list[str] = []
    for place in plan.regions:
        if place.get("slug") in regions:
            continue
        try:
            made = unsaved(Region, place, on=plan.effective_on)
            regions[made.slug] = made
        except Refused as refused:
            problems += refused.problems
    problems += [_("There is no region “%(slug)s”.") % {"slug": slug} for slug in sorted(slugs - set(regions))]
    return regions, problems


def _misfits(plan: Plan, old: dict[str, District]) -> list[str]:
    """What is wrong with the plan whatever the schools are."""
    problems = [
        _("There is no district “%(slug)s” to take over from on that day.") % {"slug": slug}
        for slug in sorted({part.predecessor for part in plan.parts} - set(old))
    ]
    whole = Counter(part.predecessor for part in plan.parts if part.takes_all)
    problems += [
        _("“%(slug)s” can be taken over whole by one district only.") % {"slug": slug}
        for slug, times in whole.items()
        if times > 1
    ]
    named = Counter(part.slug for part in plan.parts)
    problems += [_("“%(slug)s” is named twice.") % {"slug": slug} for slug, times in named.items() if times > 1]
    return problems


def _placements(old: Iterable[District], on: date, problems: list[str]) -> dict[str, Placement]:
    """{code: placement} of the open schools of these districts on the day, held."""
    ids = [district.pk for district in old]
    placed = Placement.objects.filter(district__in=ids).not_over(on)
    list(School.objects.select_for_update(no_key=True).filter(pk__in=placed.values("school")).order_by("pk"))
    here = {}
    for placement in placed.select_related("school", "district__region").order_by("school__name_sort", "pk"):
        school = placement.school
        if school.closed_on and school.closed_on <= on:
            continue
        here[school.code] = placement
        if placement.valid_from >= on or placement.valid_to:
            words = {"code": school.code}
            problems.append(_("%(code)s moves on that day or later already: cancel that move first.") % words)
    return here


def _district_of(part: Part, plan: Plan, regions: dict[str, Region], old: dict[str, District]) -> District:
    """The district that takes over: as it stands, or unsaved. Invalid if it can be neither."""
    ending = {one.predecessor for one in plan.parts if one.takes_all}
    standing = District.objects.select_related("region").filter(slug=part.slug).first()
    if standing:
        is_its_own = standing.slug == part.predecessor
        if is_its_own or standing.region.slug != part.region or standing.slug in ending or standing.abolished_on:
            raise Invalid(_("“%(slug)s” is the name of another district: choose a new one.") % {"slug": part.slug})
        return standing
    if part.region not in regions:
        raise Invalid()
    above = {"region": regions[part.region], "predecessor": old.get(part.predecessor)}
    made = unsaved(District, part.place, on=plan.effective_on, **above)
    others = District.objects.filter(abolished_on=None).exclude(slug__in=ending)
    if made.kato and others.filter(kato=made.kato).exists():
        words = {"slug": made.slug, "kato": made.kato}
        raise Invalid(_("%(slug)s: the KATO code %(kato)s belongs to another district.") % words)
    return made


def _taken(part: Part, here: dict[str, Placement], problems: list[str]) -> list[Placement]:
    """The schools named, taken out of those that are left for the others."""
    taken = []
    for code in part.schools or ():
        placement = here.get(code)
        if placement is None or placement.district.slug != part.predecessor:
            words = {"code": code, "slug": part.predecessor}
            problems.append(_("%(code)s is not a school of “%(slug)s” on that day, or is named twice.") % words)
            continue
        taken.append(here.pop(code))
    return taken


def _share_out(takeovers: Iterable[Takeover], here: dict[str, Placement]) -> None:
    """What nobody took by name goes to whoever takes all."""
    for takeover in takeovers:
        if takeover.part.takes_all:
            takeover.placements.extend(p for p in here.values() if p.district_id == takeover.predecessor.pk)


def _make_all(takeovers: Iterable[Takeover], on: date) -> None:
    """Conflict for names and codes that only the database knows to be taken, be it by the plan itself."""
    try:
        with transaction.atomic():
            for takeover in takeovers:
                _make(takeover, on)
    except IntegrityError as error:
        raise Conflict(_("A place of the plan has the name or the KATO code of another one.")) from error


def _make(takeover: Takeover, on: date) -> None:
    """The district, its region, and the end of what it took over whole; the people who served that go with it."""
    if takeover.part.takes_all:
        takeover.predecessor.abolished_on = on
        takeover.predecessor.save(update_fields=["abolished_on"])
    if takeover.district.region.pk is None:
        takeover.district.region.save()
    if takeover.is_new:
        takeover.district.save()
    if takeover.part.takes_all:
        serving = Membership.objects.filter(district=takeover.predecessor).values_list("user_id", flat=True)
        Membership.objects.bulk_create(
            (Membership(user_id=user_id, district=takeover.district) for user_id in serving), ignore_conflicts=True
        )


def _place(takeovers: Iterable[Takeover], on: date) -> None:
    takeovers = list(takeovers)
    ended = [placement.pk for takeover in takeovers for placement in takeover.placements]
    Placement.objects.filter(pk__in=ended).update(valid_to=on)
    Placement.objects.bulk_create(
        Placement(school_id=placement.school_id, district=takeover.district, valid_from=on)
        for takeover in takeovers
        for placement in takeover.placements
    )
    School.objects.filter(placements__in=ended).update(version=F("version") + 1)


def _write_history(takeovers: Iterable[Takeover], plan: Plan, *, by: User, at: datetime) -> None:
    Change.objects.bulk_create(
        Change(
            school=placement.school,
            subject=Change.Subject.SCHOOL,
            subject_id=placement.school_id,
            subject_code=placement.school.code,
            version=placement.school.version + 1,
            act=Change.Act.REFORMED,
            effective_on=plan.effective_on,
            at=at,
            by=by,
            reason=plan.reason,
            fields={"district": [Area(district=d).key for d in (takeover.predecessor, takeover.district)]},
        )
        for takeover in takeovers
        for placement in takeover.placements
    )
