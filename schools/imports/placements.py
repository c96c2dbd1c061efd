"""The kind of rows that are placements: which school comes to which district from which day on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulk.cells import Text
from bulk.kinds import Column, Progress, Row, register
from bulk.models import Import
from core.copying import copy_in, copy_over
from core.errors import Conflict, Invalid
from schools.imports.columns import column
from schools.imports.districts import Districts, districts_named
from schools.imports.entries import Entry, record_all
from schools.imports.undoing import NAMED, Undone, guard, hold, take_back
from schools.imports.work import Known, RegisterKind, Work
from schools.models import Change, District, Placement, School
from schools.permissions import is_of_the_department
from schools.services.held import guard_day, problems_of_staying
from schools.services.moves import guard_state, problems_of_arrival
from schools.signals import roll_changed

MOVED = Undone(School, made="", belongs=(), counts=lambda change: True)


@dataclass(slots=True)
class Place:
    """A placement as it is, or will be: without a key it is not written yet."""

    key: int | None
    district_id: int
    valid_from: date
    valid_to: date | None


@dataclass(slots=True)
class Move:
    school: Known
    left: Place | None
    came: Place


class PlacementsWork(Work):
    def __init__(self, rows: Sequence[Row], **how: Any) -> None:
        # Before the schools are: the order of the locks.
        self.districts = Districts(how["by"], hold=districts_named(rows) if how["hold"] else ())
        super().__init__(rows, **how)
        self.asked: dict[str, list[Row]] = defaultdict(list)
        self.moves: list[Move] = []
        keys = [school.pk for school in self.schools.values()]
        columns = ("school", "pk", "district", "valid_from", "valid_to")
        self.present: dict[int, list[Place]] = defaultdict(list)
        for school, *place in Placement.objects.filter(school__in=keys).order_by("valid_from").values_list(*columns):
            self.present[school].append(Place(*place))

    def look(self, row: Row) -> None:
        school = self.school_of(row)
        if "district" in row.values and row.unread and not self.districts.meant(row.values["district"]):
            self.problem(row, "district", gettext("There is no such district."))
        if school and not row.unread:
            self.asked[school.code].append(row)

    def finish(self) -> None:
        """The rows of a school are looked at in the order of their days, whatever order they stand in."""
        for code, rows in self.asked.items():
            for row in sorted(rows, key=lambda row: row.values["valid_from"]):
                if not self.is_repeated(row, "valid_from", (code, row.values["valid_from"])):
                    self._look_at(row, self.schools[code])

    def _look_at(self, row: Row, school: Known) -> None:
        on, said, places = row.values["valid_from"], row.values["district"], self.present[school.pk]
        if any(place.valid_from == on and place.district_id in self.districts.meant(said) for place in places):
            self.found.unchanged += 1
            return
        last = places[-1] if places else None
        problems = list(self._problems(school, last, said, on))
        for column_name, problem in problems:
            self.problem(row, column_name, problem)
        if problems:
            return
        came = Place(None, self.districts.find(said, on).pk, on, None)
        if last:
            last.valid_to = on
        places.append(came)
        self.moves.append(Move(school, last, came))
        self.found.created += 1

    def _problems(self, school: Known, last: Place | None, said: str, on: date) -> Iterator[tuple[str, str]]:
        try:
            guard_day(on, self.at)
        except Invalid as refused:
            yield "valid_from", str(refused)
            return
        yield from (("valid_from", problem) for problem in problems_of_arrival(school, last, on))
        try:
            guard_state(school, last, self.districts.find(said, on).pk, self.at)
        except (Conflict, Invalid) as refused:
            yield "district", str(refused)

    def write(self, to: Import) -> None:
        ended = {move.left.key: move.left for move in self.moves if move.left and move.left.key}
        copy_over(Placement, ("valid_to",), ((key, place.valid_to) for key, place in ended.items()))
        new = ((m.school.pk, m.came.district_id, m.came.valid_from, m.came.valid_to) for m in self.moves)
        copy_in(Placement, ("school", "district", "valid_from", "valid_to"), new)
        entries = list(self._entries())
        versions = {entry.school_id: entry.version for entry in entries}
        copy_over(School, ("version",), versions.items())
        record_all(entries, to=to, by=self.by, at=self.at)
        touched = {m.came.district_id for m in self.moves} | {m.left.district_id for m in self.moves if m.left}
        roll_changed.send(sender=School, district_ids=touched)

    def _entries(self) -> Iterator[Entry]:
        keys = self.districts.keys
        for move in self.moves:
            school = move.school
            school.version += 1
            fields = {"district": (move.left and keys[move.left.district_id], keys[move.came.district_id])}
            told = (school.pk, "school", school.pk, school.code, school.version)
            yield Entry(*told, Change.Act.MOVED, move.came.valid_from, fields)


@register
class Placements(RegisterKind):
    name = "placements"
    rank = 2
    label = _("Placements")
    about = _(
        "One row for each time a school came to a district. A row that the register does not have moves the school, "
        "today or on a later day; rows of the past stay as they are."
    )
    work = PlacementsWork
    columns = (
        Column("school", _("School code"), Text(12), required=True, example="EK-0001"),
        Column(
            "district",
            _("District"),
            Text(200),
            _("Its name or its key."),
            required=True,
            example="east-kazakhstan/ridder",
        ),
        column(
            Placement,
            "valid_from",
            hint=_("Today or a later day. One move to come at most."),
            required=True,
            example="2026-09-01",
        ),
    )

    def is_open_to(self, user: User) -> bool:
        return is_of_the_department(user)

    def present(self, user: User) -> Iterator[Sequence[object]]:
        """Every placement, past and to come, of the schools the person serves that have not closed."""
        today = timezone.localdate()
        keys = Districts(user).keys
        schools = School.objects.served_by(user, today).not_closed_by(today)
        placements = Placement.objects.filter(school__in=schools).order_by("school__code", "valid_from")
        rows = placements.values_list("school__code", "district", "valid_from")
        return ((code, keys[district], day) for code, district, day in rows.iterator(chunk_size=2000))

    def undo(self, done: Import, *, by: User, at: datetime, progress: Progress) -> None:
        self._guard(by)
        list(District.objects.select_for_update(no_key=True).filter(pk__in=_left(done)).order_by("pk"))
        schools = hold(done, by=by)
        guard(done, [MOVED], at=at)
        days = {change.school_id: change.effective_on for change in MOVED.altered(done)}
        came = [
            place
            for place in Placement.objects.filter(school__in=schools).order_by("valid_from")
            if place.valid_from >= days[place.school_id]
        ]
        ended = Placement.objects.filter(school__in=schools, valid_to__in=set(days.values()))
        left = [
            place for place in ended.select_related("school", "district") if place.valid_to == days[place.school_id]
        ]
        _guard_staying(left)
        Placement.objects.filter(pk__in=[place.pk for place in came]).delete()
        Placement.objects.filter(pk__in=[place.pk for place in left]).update(valid_to=None)
        take_back(done, MOVED, by=by, at=at)
        progress(done.created)
        roll_changed.send(sender=School, district_ids={place.district_id for place in (*came, *left)})


def _left(done: Import) -> QuerySet:
    """Districts of the schools that the import moved."""
    moved = MOVED.changes(done).values("school")
    return Placement.objects.filter(school__in=moved).values("district")


def _guard_staying(left: Iterable[Placement]) -> None:
    """Conflict if a school would come back for good to a district that is to be abolished."""
    problems = [f"{each.school.code}: {problem}" for each in left for problem in problems_of_staying(each.district)]
    if problems:
        raise Conflict(*problems[:NAMED])
