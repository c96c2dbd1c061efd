"""The kind of rows that are schools."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulk.cells import Text
from bulk.kinds import Column, Progress, register
from bulk.models import Import
from schools.areas import Area
from schools.imports.columns import Words, column
from schools.imports.school_work import SchoolsWork
from schools.imports.undoing import Undone, guard, hold, take_back
from schools.imports.work import RegisterKind
from schools.models import Change, District, Placement, School
from schools.permissions import is_of_the_department
from schools.signals import roll_changed

ENTERED = Undone(
    School,
    made=Change.Act.REGISTERED,
    belongs=(Placement,),
    counts=lambda change: change.act == Change.Act.REGISTERED,
)


@register
class Schools(RegisterKind):
    name = "schools"
    rank = 1
    label = _("Schools")
    about = _(
        "One row for each school, known by its code. A code that the register does not have enters a new school, "
        "on the roll from the day of the import; any other row corrects the school that has the code."
    )
    work = SchoolsWork
    columns = (
        Column("code", _("Code"), Text(12), _("Permanent. Latin letters, digits and hyphens."), True, "EK-0001"),
        Column(
            "district",
            _("District"),
            Text(200),
            _("For a new school. Its name or its key; other schools move by a file of placements."),
            example="east-kazakhstan/ridder",
        ),
        column(School, "name_kk", example="№ 1 жалпы білім беретін мектеп"),
        column(School, "name_ru", example="Общеобразовательная школа № 1"),
        column(School, "name_en", example="School No. 1"),
        column(School, "kind", choices=School.Kind, example=School.Kind.SECONDARY.label),
        column(School, "ownership", choices=School.Ownership, example=School.Ownership.STATE.label),
        column(School, "setting", choices=School.Setting, example=School.Setting.CITY.label),
        column(School, "locality_kk", example="Риддер"),
        column(School, "locality_ru", example="Риддер"),
        column(School, "locality_en", example="Ridder"),
        column(School, "pupils", example=640),
        column(School, "floors", example=3),
        column(School, "has_outdoor_toilet", example=_("No")),
        column(School, "latitude", example="50.34410"),
        column(School, "longitude", example="83.51290"),
        column(School, "director", example="Ахметова Гүлнар"),
        column(School, "phone", example="+7 72336 00000"),
        column(School, "email", example="school1@example.kz"),
        column(School, "address", example="Абай көшесі, 1"),
        column(School, "opened_on", hint=_("For a new school."), example="1972-09-01"),
    )

    def is_open_to(self, user: User) -> bool:
        return is_of_the_department(user)

    def present(self, user: User) -> Iterator[Sequence[object]]:
        """The schools the person serves that have not closed, by name."""
        today, words = timezone.localdate(), Words(self.columns)
        schools = School.objects.served_by(user, today).not_closed_by(today).sorted_by_name()
        last = Placement.objects.not_over(today).order_by("-valid_from")
        districts = {district.pk: Area(district=district).key for district in District.objects.select_related("region")}
        places = dict(last.values_list("school", "district"))
        names = [column.name for column in self.columns if column.name != "district"]
        for key, *values in schools.values_list("pk", *names).iterator(chunk_size=2000):
            yield words([values[0], districts.get(places.get(key, 0)), *values[1:]])

    def undo(self, done: Import, *, by: User, at: datetime, progress: Progress) -> None:
        self._guard(by)
        hold(done, by=by)
        guard(done, [ENTERED], at=at)
        left = Placement.objects.filter(school__in=ENTERED.made_keys(done)).values_list("district", flat=True)
        districts = set(left.distinct())
        take_back(done, ENTERED, by=by, at=at)
        progress(done.created + done.changed)
        if districts:
            roll_changed.send(sender=School, district_ids=districts)
