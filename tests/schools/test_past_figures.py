"""Whatever is done to the roll today, what was counted on days that are past stays as it was told."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits import compliance
from core.errors import Refused
from schools import services
from schools.areas import Area
from schools.models import Placement
from tests.factories import CameraFactory, DistrictFactory, SchoolFactory
from tests.schools.records import DETAILS

AT = timezone.make_aware(datetime(2021, 8, 25, 12))
TODAY = date(2021, 8, 25)
PAST = [TODAY - timedelta(days=days) for days in (1, 30)]
NAMES = {"name_kk": "Жаңа", "name_ru": "Новая", "name_en": "New"}
KINDS = ["register", "correct", "rename", "move", "cancel_move", "close", "cancel_closing", "merge", "confirm"]

# An act, the school and the other one, the district, the day it is said to hold from, and when it is done.
ACTS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 1),
        st.integers(-40, 5),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=8,
)


def do(kind, schools, districts, by, *, one, two, where, days, later):
    on, at = TODAY + timedelta(days=days), AT + timedelta(days=later)
    said = {"reason": "Order 7", "by": by, "at": at}
    acts = {
        "register": lambda: services.register(
            district=districts[where], code=f"N-{one}{two}{days % 7}", details=DETAILS, opened_on=on, **said
        ),
        "correct": lambda: services.correct(school=schools[one], values={"pupils": days + 100, "floors": 3}, **said),
        "rename": lambda: services.rename(school=schools[one], names=NAMES, on=on, **said),
        "move": lambda: services.move(school=schools[one], to=districts[where], on=on, **said),
        "cancel_move": lambda: services.cancel_move(school=schools[one], **said),
        "close": lambda: services.close(school=schools[one], on=on, **said),
        "cancel_closing": lambda: services.cancel_closing(school=schools[one], **said),
        "merge": lambda: services.merge(school=schools[one], into=schools[two], on=on, **said),
        "confirm": lambda: services.confirm(school=schools[one], by=by, at=at),
    }
    with suppress(Refused):
        acts[kind]()


@given(acts=ACTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_act_on_the_roll_changes_what_was_counted_before(acts, region, district, head):
    with transaction.atomic():
        districts = [district, DistrictFactory(region=region)]
        schools = [SchoolFactory(district=districts[place % 2]) for place in range(3)]
        CameraFactory(system__school=schools[0])
        told = [compliance.count_by_district(Area(), day) for day in PAST]
        clock = 0
        for kind, one, two, where, days, wait in acts:
            clock += wait
            do(kind, schools, districts, head, one=one, two=two, where=where, days=days, later=clock)
        assert Placement.objects.on(TODAY + timedelta(days=clock)).filter(school__in=schools).count() == len(schools)

        assert [compliance.count_by_district(Area(), day) for day in PAST] == told
        transaction.set_rollback(True)
