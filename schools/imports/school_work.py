"""Schools from a file: new ones enter the roll today, those that are there are corrected and renamed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bulk.kinds import Row
from bulk.models import Import
from core.copying import copy_in, copy_over, new_keys
from core.errors import Invalid
from schools.imports.columns import left_out
from schools.imports.districts import Districts, districts_named
from schools.imports.entries import Entry, Fields, becoming, record_all, said
from schools.imports.work import Known, Work, blanks, differing
from schools.models import Change, District, Placement, School
from schools.permissions import NAMES
from schools.services.registration import EARLIEST
from schools.services.rules import DETAILS, problems_of_code, problems_of_position
from schools.signals import roll_changed

LEFT_OUT = left_out(School, DETAILS)
NEEDED = tuple(name for name in DETAILS if name not in LEFT_OUT)
MAY_BE_CLEARED = tuple(field.name for field in School._meta.concrete_fields if field.null and field.name in DETAILS)
POSITION = ("latitude", "longitude")


@dataclass(slots=True)
class New:
    code: str
    values: dict[str, Any]
    district: District
    begins: date


class SchoolsWork(Work):
    school_column = "code"

    def __init__(self, rows: Sequence[Row], **how: Any) -> None:
        # Before the schools are: the order of the locks.
        self.districts = Districts(how["by"], hold=districts_named(rows) if how["hold"] else ())
        super().__init__(rows, **how)
        self.created: list[New] = []
        self.changed: list[tuple[Known, Fields]] = []
        keys = [school.pk for school in self.schools.values()]
        self.present = {row["pk"]: row for row in School.objects.filter(pk__in=keys).values("pk", *DETAILS)}
        placed = Placement.objects.filter(school__in=keys).order_by("valid_from")
        # Where it is today; a school that is yet to open, where it will be.
        self.places = dict(placed.values_list("school", "district"))
        self.places |= placed.on(self.today).values_list("school", "district")

    def look(self, row: Row) -> None:
        code = row.values.get("code")
        if code is None:
            return
        code = code if code in self.schools else code.upper()
        if self.is_repeated(row, "code", code):
            return
        before = len(self.found.problems)
        new = fields = None
        if code not in self.schools:
            new = self._new(row, code)
        elif school := self.school_of(row):
            fields = self._differing(row, school)
        if row.unread or len(self.found.problems) > before:
            return
        if new:
            self.created.append(new)
            self.found.created += 1
        elif school and fields:
            self.changed.append((school, fields))
            self.found.changed += 1
        else:
            self.found.unchanged += 1

    def _new(self, row: Row, code: str) -> New | None:
        values = LEFT_OUT | {name: row.values[name] for name in DETAILS if row.values.get(name) is not None}
        for name in blanks(row, (*NEEDED, "opened_on", "district"), is_new=True):
            self.problem(row, name, _("This field is required."))
        for problem in problems_of_code(code):
            self.problem(row, problem.path, problem)
        self._guard_position(row, values)
        opened_on = row.values.get("opened_on")
        if opened_on and opened_on < EARLIEST:
            self.problem(row, "opened_on", _("The day it opened lies too far in the past."))
        begins = max(opened_on or self.today, self.today)
        district = self._district(row, begins)
        return New(code, {"opened_on": opened_on, **values}, district, begins) if district else None

    def _district(self, row: Row, on: date) -> District | None:
        if not row.values.get("district"):
            return None  # said already
        try:
            return self.districts.find(row.values["district"], on)
        except Invalid as refused:
            self.problem(row, "district", str(refused))
            return None

    def _differing(self, row: Row, school: Known) -> Fields:
        for name in blanks(row, NEEDED, is_new=False):
            self.problem(row, name, _("This field is required."))
        values = {name: row.values[name] for name in DETAILS if name in row.values}
        # What a school cannot lose, a blank cell leaves as it is.
        values = {name: value for name, value in values.items() if value is not None or name in MAY_BE_CLEARED}
        present = self.present[school.pk]
        fields = differing(values, present)
        if any(name in fields for name in POSITION):
            self._guard_position(row, present | values)
        self._guard_acts(row, school, fields)
        return fields

    def _guard_position(self, row: Row, values: dict[str, Any]) -> None:
        if not row.unread.intersection(POSITION):
            for problem in problems_of_position(values["latitude"], values["longitude"]):
                self.problem(row, problem.path, problem)

    def _guard_acts(self, row: Row, school: Known, fields: Fields) -> None:
        """What is not a correction is an act of its own."""
        district = row.values.get("district")
        if district and self.places.get(school.pk) not in self.districts.meant(district):
            self.problem(row, "district", _("The school is in another district. Move schools by a file of placements."))
        if row.values.get("opened_on") not in (None, school.opened_on):
            self.problem(row, "opened_on", _("The day on which a school opened is not changed by a file."))
        renamed = [name for name in NAMES if name in fields]
        if renamed and school.opened_on > self.today:
            self.problem(row, renamed[0], _("The school had not opened by then."))

    def write(self, to: Import) -> None:
        if self.created:
            self._write_created(to)
            roll_changed.send(sender=School, district_ids={new.district.pk for new in self.created})
        if self.changed:
            self._write_changed(to)

    def _write_created(self, to: Import) -> None:
        keyed = list(zip(new_keys(School, len(self.created)), self.created, strict=True))
        columns = ("opened_on", *DETAILS)
        rows = ((key, 1, new.code, *(new.values[name] for name in columns)) for key, new in keyed)
        copy_in(School, ("id", "version", "code", *columns), rows)
        places = ((key, new.district.pk, new.begins) for key, new in keyed)
        copy_in(Placement, ("school", "district", "valid_from"), places)
        entries = (
            Entry(key, "school", key, new.code, 1, Change.Act.REGISTERED, new.begins, self._first(new))
            for key, new in keyed
        )
        record_all(entries, to=to, by=self.by, at=self.at)

    def _first(self, new: New) -> Fields:
        return said({"code": new.code, "district": self.districts.keys[new.district.pk], **new.values})

    def _write_changed(self, to: Import) -> None:
        names = sorted({name for _school, fields in self.changed for name in fields})
        rows = (
            (school.pk, school.version + 1, *becoming(names, fields, self.present[school.pk]))
            for school, fields in self.changed
        )
        copy_over(School, ("version", *names), rows)
        entries = (
            Entry(school.pk, "school", school.pk, school.code, school.version + 1, _act(fields), self.today, fields)
            for school, fields in self.changed
        )
        record_all(entries, to=to, by=self.by, at=self.at)


def _act(fields: Fields) -> str:
    return Change.Act.RENAMED if any(name in fields for name in NAMES) else Change.Act.CORRECTED
