"""A district that is to be abolished keeps no school: whoever came back to it would be on no roll."""

from datetime import date, timedelta

import pytest

from core.errors import Conflict
from schools import services
from schools.models import School
from schools.reform import read_plan, reform
from tests.factories import DistrictFactory
from tests.imports import compared, imported, undo
from tests.schools.rows import NEW

SOON, LATER = date(2021, 9, 1), date(2021, 10, 1)


@pytest.fixture
def neighbour(region):
    return DistrictFactory(region=region, slug="glubokoe", name_en="Glubokoe")


def abolish(district, head, noon):
    part = {"region": district.region.slug, "predecessor": district.slug, "slug": "new", "kind": "district"}
    names = {f"{what}_{language}": "New" for what in ("name", "center") for language in ("kk", "ru", "en")}
    plan = {"effective_on": LATER.isoformat(), "reason": "Decree", "districts": [part | names]}
    reform(plan=read_plan(plan), by=head, at=noon)


def moved(school, neighbour, head, noon):
    services.move(school=school, to=neighbour, on=SOON, reason="Order", by=head, at=noon)


def test_a_move_out_of_it_is_not_called_off(school, district, neighbour, head, noon):
    moved(school, neighbour, head, noon)
    abolish(district, head, noon)

    with pytest.raises(Conflict, match="abolished on 1 October 2021"):
        services.cancel_move(school=school, reason="Mistake", by=head, at=noon)

    assert school.placements.order_by("valid_from").last().district == neighbour


def test_a_closing_in_it_is_not_called_off(school, district, head, noon):
    services.close(school=school, on=SOON, reason="Order", by=head, at=noon)
    abolish(district, head, noon)

    with pytest.raises(Conflict, match="abolished on 1 October 2021"):
        services.cancel_closing(school=school, reason="Mistake", by=head, at=noon)

    assert School.objects.get().closed_on == SOON


def test_an_import_that_moved_schools_out_of_it_is_not_undone(school, district, neighbour, head, noon):
    row = {"school": school.code, "district": "glubokoe", "valid_from": SOON}
    done = imported("placements", row, by=head, at=noon)
    abolish(district, head, noon)

    with pytest.raises(Conflict, match=f"{school.code}: This district is abolished"):
        undo(done, by=head, at=noon + timedelta(hours=1))

    assert school.placements.order_by("valid_from").last().district == neighbour


def test_no_file_brings_a_school_there(school, district, neighbour, head, noon):
    abolish(neighbour, head, noon)
    place = {"school": school.code, "district": "glubokoe", "valid_from": SOON}

    for kind, row in (("placements", place), ("schools", NEW | {"district": "glubokoe"})):
        _counts, [(_row, column, message)] = compared(kind, row, by=head, at=noon)
        assert (column, message[:45]) == ("district", "This district is abolished on 1 October 2021:")
