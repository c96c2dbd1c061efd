"""The standard from its file: published once, then immutable."""

import json

import pytest
from django.core.management import CommandError, call_command

from audits.editions import STANDARD, load_standard
from audits.models import Edition, Requirement, Standard
from core.errors import Invalid
from schools.models import Region


@pytest.fixture
def changed(tmp_path):
    """Writes the file with what `change` made of it, and returns its path."""

    def write(change):
        text = json.loads(STANDARD.read_text(encoding="utf-8"))
        change(text)
        path = tmp_path / "school-cctv.json"
        path.write_text(json.dumps(text), encoding="utf-8")
        return path

    return write


def test_both_editions_are_published_with_37_requirements_in_order(db):
    assert [edition.code for edition in load_standard()] == ["2019", "2022"]

    for edition in Edition.objects.all():
        assert edition.published_at is not None
        positions = edition.requirements.order_by("position").values_list("position", flat=True)
        assert list(positions) == list(range(1, 38))
    assert Standard.objects.get(decides_standing=True).slug == "school-cctv"


def test_a_later_edition_has_what_it_changes_and_the_rest_of_the_earlier_one(db):
    load_standard()

    storage = {r.edition.code: r for r in Requirement.objects.filter(code="ARC-01").select_related("edition")}
    assert (storage["2019"].engineering_default, storage["2022"].engineering_default) == (True, False)
    assert (storage["2019"].threshold, storage["2022"].threshold) == (30, 30)
    assert "117" in storage["2022"].legal_basis_en


def test_loading_again_publishes_nothing(db):
    load_standard()

    assert load_standard() == []
    assert Requirement.objects.count() == 74


def test_a_published_edition_that_the_file_changes_is_refused_and_the_difference_named(db, changed):
    load_standard()

    def change(text):
        first = text["editions"][0]
        first["title_en"] = "Another title"
        first["requirements"][0]["severity"] = "minor"
        first["requirements"][1]["code"] = "COV-99"

    with pytest.raises(Invalid, match=r"title_en, COV-01\.severity, COV-99 is new, COV-02 is gone"):
        load_standard(changed(change))
    assert Requirement.objects.get(edition__code="2019", code="COV-01").severity == "critical"


def test_an_unpublished_draft_of_the_same_code_is_not_overwritten(db, changed):
    load_standard(changed(lambda text: text["editions"].pop()))
    standard = Standard.objects.get()
    Edition.objects.create(standard=standard, code="2022", in_force_from="2022-03-30", title_kk="Жоба")

    with pytest.raises(Invalid, match="it exists as an unpublished draft"):
        load_standard()
    assert Edition.objects.get(code="2022").title_kk == "Жоба"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.pop("standard"), "standard"),
        (lambda text: text["editions"][0].pop("code"), "code"),
        (lambda text: text["editions"][1].update(based_on="2018"), "2018"),
        (lambda text: text["editions"][0]["requirements"][0].update(severity="huge"), "COV-01: severity"),
        (lambda text: text["editions"][0]["requirements"][0].update(colour="red"), "COV-01: .*colour"),
        (lambda text: text["editions"][0]["requirements"][0].update(threshold=1), "COV-01: .*threshold_and_comparison"),
        (lambda text: text["editions"][0]["requirements"][1].update(code="COV-01"), "COV-01: .*already exists"),
    ],
)
def test_a_broken_file_is_refused_whole_and_the_place_named(db, changed, change, said):
    with pytest.raises(Invalid, match=f"school-cctv.json: .*{said}"):
        load_standard(changed(change))

    assert not Standard.objects.exists()
    assert not Edition.objects.exists()


def test_the_command_loads_places_and_standard_and_says_so_in_one_line(db, capsys):
    call_command("load_reference")
    call_command("load_reference")

    assert capsys.readouterr().out.splitlines() == [
        "Places: 39 (39 added, 0 changed). Editions published: 2019, 2022.",
        "Places: 39 (0 added, 0 changed). Editions published: none.",
    ]


def test_the_command_says_what_is_wrong_without_a_traceback(db):
    standard = Standard.objects.create(slug="school-cctv")
    Edition.objects.create(standard=standard, code="2019", in_force_from="2019-02-01")

    with pytest.raises(CommandError, match="edition 2019 differs from the published one"):
        call_command("load_reference")

    assert not Region.objects.exists()
