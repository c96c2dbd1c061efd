"""Lists under a name of one's own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from accounts import services
from accounts.models import SavedFilter
from core.errors import Invalid
from core.filtering import filters_asked
from tests.answers import page_text

PATH = "/schools/"


@pytest.fixture
def save(head, noon):
    """save("Villages", "setting=village")."""

    def keep(name, query="setting=village", *, user=head, path=PATH):
        return services.save_filter(user=user, name=name, path=path, query=query, at=noon)

    return keep


@pytest.fixture
def browse(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


# --- The act ---


def test_a_filter_is_kept_as_an_address_without_blanks_and_without_the_place_in_the_list(save, noon):
    saved = save(" Villages ", "standing=compliant&q=&cursor=abc&area=kz&page=3&standing=unassessed")

    assert (saved.name, saved.saved_at) == ("Villages", noon)
    assert saved.address == "/schools/?area=kz&standing=compliant&standing=unassessed"


def test_an_address_is_written_the_same_way_whatever_its_order():
    assert filters_asked(QueryDict("b=2&a=1&b=1")) == filters_asked(QueryDict("a=1&b=2&b=1&cursor=")) == "a=1&b=2&b=1"


def test_a_name_serves_once_for_one_list_and_person(save, officer):
    save("Villages")
    save("Villages", path="/audits/")
    save("Villages", user=officer)

    with pytest.raises(Invalid, match="You have a filter of this name already"):
        save("Villages", "setting=city")

    assert SavedFilter.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "query", "path"),
    [
        ("", "setting=village", PATH),
        (" ", "setting=village", PATH),
        ("a" * 61, "setting=village", PATH),
        ("two\nlines", "setting=village", PATH),
        ("Villages", "", PATH),
        ("Villages", "setting=&cursor=abc", PATH),
        ("Villages", "q=" + "a" * 2000, PATH),
        ("Villages", "setting=village", "//evil.example/"),
        ("Villages", "setting=village", "https://evil.example/"),
        ("Villages", "setting=village", "/schools/?x=1"),
        ("Villages", "setting=village", "/schools/\n"),
        ("Villages", "setting=village", "/" + "a" * 200 + "/"),
    ],
)
def test_what_cannot_be_saved_is_refused(save, name, query, path):
    with pytest.raises(Invalid):
        save(name, query, path=path)

    assert not SavedFilter.objects.exists()


def test_all_problems_are_said_at_once(save):
    with pytest.raises(Invalid) as refused:
        save("", "", path="//")

    assert len(refused.value.problems) == 3


def test_the_fifty_first_filter_is_refused(save, monkeypatch):
    monkeypatch.setattr(services, "MOST_SAVED_FILTERS", 2)
    save("One")
    save("Two")

    with pytest.raises(Invalid, match="You have saved 2 filters"):
        save("Three")


def test_a_filter_is_renamed_and_may_keep_its_name(save, head):
    saved = save("Villages")

    services.rename_filter(saved=saved, name="Villages", by=head)
    services.rename_filter(saved=saved, name="Auls", by=head)

    assert SavedFilter.objects.get().name == "Auls"


def test_a_filter_does_not_take_the_name_of_another(save, head):
    save("Villages")
    other = save("Cities", "setting=city")

    with pytest.raises(Invalid, match="already"):
        services.rename_filter(saved=other, name="Villages", by=head)

    other.refresh_from_db()
    assert other.name == "Cities"


def test_nobody_renames_or_deletes_what_another_saved(save, officer):
    saved = save("Villages")

    with pytest.raises(PermissionDenied):
        services.rename_filter(saved=saved, name="Mine", by=officer)
    with pytest.raises(PermissionDenied):
        services.delete_filter(saved=saved, by=officer)

    assert SavedFilter.objects.get().name == "Villages"


# --- The pages ---


def test_a_list_is_saved_from_its_page_and_offered_there(browse, head, school):
    posted = browse(head).post("/filters/save/", {"name": "Villages", "path": PATH, "query": "setting=village&q="})
    opened = page_text(browse(head).get(posted.url))
    whole = page_text(browse(head).get("/schools/"))

    assert posted.url == "/schools/?setting=village"
    assert "Saved as “Villages”." in opened
    assert '<a class="chip" href="/schools/?setting=village" aria-current="true">' in opened
    assert '<a class="chip" href="/schools/?setting=village">' in whole


def test_the_page_offers_to_save_only_what_is_filtered(browse, head, school):
    assert 'name="query" value="area=kz&amp;setting=village"' in page_text(
        browse(head).get("/schools/?setting=village&area=kz&ordering=")
    )
    assert "Save filter" not in page_text(browse(head).get("/schools/?setting="))


def test_htmx_gets_the_saved_filters_beside_the_rows(browse, head, save, school):
    save("Villages")

    part = page_text(browse(head).get("/schools/?setting=village", headers={"HX-Request": "true"}))

    assert 'id="saved-filters"' in part
    assert 'hx-swap-oob="true"' in part
    assert 'aria-current="true"' in part


def test_a_refused_name_comes_back_with_what_was_typed(browse, head, save):
    save("Villages")

    response = browse(head).post("/filters/save/", {"name": "Villages", "path": PATH, "query": "setting=city"})

    assert response.status_code == 422
    assert "You have a filter of this name already." in page_text(response)
    assert 'name="query" value="setting=city"' in page_text(response)
    assert 'name="name" value="Villages"' in page_text(response)


def test_saved_filters_are_renamed_and_deleted_on_their_page(browse, head, save):
    saved = save("Villages", "q=%D3%A8%D1%81%D0%BA%D0%B5%D0%BC%D0%B5%D0%BD")

    browse(head).post(f"/filters/{saved.pk}/rename/", {"name": "Auls"})
    text = page_text(browse(head).get("/filters/"))
    assert "Auls</a>" in text
    assert "/schools/?q=Өскемен" in text

    browse(head).post(f"/filters/{saved.pk}/delete/")
    text = page_text(browse(head).get("/filters/"))
    assert "Deleted: Auls" in text
    assert "Nothing saved yet" in text


def test_a_refused_new_name_is_told_at_its_row(browse, head, save):
    save("Villages")
    other = save("Cities", "setting=city")

    response = browse(head).post(f"/filters/{other.pk}/rename/", {"name": "Villages"})

    assert response.status_code == 422
    assert f'id="id_name_{other.pk}_error"' in page_text(response)


@pytest.mark.parametrize("act", ["rename", "delete"])
def test_the_filter_of_another_is_not_there(browse, officer, save, act):
    saved = save("Villages")

    assert browse(officer).post(f"/filters/{saved.pk}/{act}/", {"name": "Mine"}).status_code == 404
    assert "Villages" not in page_text(browse(officer).get("/filters/"))
    assert SavedFilter.objects.get().name == "Villages"


@pytest.mark.parametrize("address", ["/filters/save/", "/filters/1/rename/", "/filters/1/delete/"])
def test_nothing_changes_by_looking(browse, head, address):
    assert browse(head).get(address).status_code == 405
