"""Pages by where the last one ended."""

import base64
import json
from datetime import UTC, datetime

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from core.errors import Invalid
from core.keyset import page_of
from tests.factories import UserFactory

ORDERS = [("name", "pk"), ("-name", "pk"), ("language", "-name", "-pk"), ("said", "name", "pk")]
people = st.lists(st.tuples(st.sampled_from("АБВ"), st.sampled_from(["kk", "ru", "en"])), max_size=12)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows():
    return User.objects.annotate(said=F("language"))


def make(told):
    User.objects.all().delete()
    return User.objects.bulk_create(
        User(email=f"{n}@example.kz", name=name, language=language) for n, (name, language) in enumerate(told)
    )


def sorted_keys(order):
    return list(rows().order_by(*order).values_list("pk", flat=True))


def walk(order, size, *, cursor="", way="next"):
    """The keys of all pages this way, page by page."""
    pages = []
    while True:
        page = page_of(rows(), order=order, cursor=cursor, size=size)
        pages.append([row.pk for row in page])
        cursor = getattr(page, way)
        if not cursor:
            return pages


def cursor_of(said):
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


@pytest.mark.django_db
@quick
@given(told=people, order=st.sampled_from(ORDERS), size=st.integers(1, 5))
def test_walking_on_gives_each_row_once_in_order_whatever_is_equal(told, order, size):
    make(told)

    pages = walk(order, size)

    assert [key for page in pages for key in page] == sorted_keys(order)
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.django_db
@quick
@given(told=people, order=st.sampled_from(ORDERS), size=st.integers(1, 5))
def test_walking_back_from_the_last_page_gives_each_row_once(told, order, size):
    make(told)
    last = page_of(rows(), order=order, cursor="", size=size).last

    pages = walk(order, size, cursor=last, way="previous")

    assert [key for page in reversed(pages) for key in page] == sorted_keys(order)


@pytest.mark.django_db
@quick
@given(
    told=people.filter(len),
    born=people,
    gone=st.sets(st.integers(0, 11)),
    order=st.sampled_from(ORDERS),
    size=st.integers(1, 4),
    way=st.sampled_from(["next", "previous"]),
)
def test_whoever_stays_is_seen_once_while_others_come_and_go(told, born, gone, order, size, way):
    there = make(told)
    first = page_of(rows(), order=order, cursor="", size=size)
    begun = first if way == "next" else page_of(rows(), order=order, cursor=first.last, size=size)
    seen = [row.pk for row in begun]
    staying = {person.pk for n, person in enumerate(there) if n not in gone}

    User.objects.exclude(pk__in=staying).delete()
    User.objects.bulk_create(
        User(email=f"born{n}@example.kz", name=name, language=language) for n, (name, language) in enumerate(born)
    )
    if cursor := getattr(begun, way):
        seen += [key for page in walk(order, size, cursor=cursor, way=way) for key in page]

    assert len(seen) == len(set(seen))
    assert staying <= set(seen)


@pytest.mark.django_db
def test_a_page_knows_what_lies_either_way():
    make([("А", "kk")] * 5)
    order = ("name", "pk")

    first = page_of(rows(), order=order, cursor="", size=2)
    second = page_of(rows(), order=order, cursor=first.next, size=2)
    third = page_of(rows(), order=order, cursor=second.next, size=2)

    assert [bool(cursor) for cursor in (first.previous, first.next, first.last)] == [False, True, True]
    assert [bool(cursor) for cursor in (second.previous, second.next, second.last)] == [True, True, True]
    assert [bool(cursor) for cursor in (third.previous, third.next, third.last)] == [True, False, False]
    assert [len(page) for page in (first, second, third)] == [2, 2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "back"), [("next", "previous"), ("previous", "next")])
def test_where_all_rows_are_gone_the_page_leads_to_what_is_left(way, back):
    ten = make([("А", "kk")] * 10)
    order = ("pk",)
    middle = page_of(rows(), order=order, cursor=page_of(rows(), order=order, cursor="", size=4).next, size=2)
    left = ten[:6] if way == "next" else ten[4:]
    User.objects.exclude(pk__in=[person.pk for person in left]).delete()

    empty = page_of(rows(), order=order, cursor=getattr(middle, way), size=2)

    assert len(empty) == 0
    assert getattr(empty, way) == ""
    assert len(page_of(rows(), order=order, cursor=getattr(empty, back), size=2)) == 2


@pytest.mark.django_db
def test_an_empty_list_is_one_empty_page():
    page = page_of(rows(), order=("name", "pk"), cursor="", size=2)

    assert (list(page), page.next, page.previous, page.last) == ([], "", "", "")


BROKEN = {
    "no text of ours": "%%%",
    "letters of another alphabet": "страница",
    "no list": cursor_of(5),
    "too short": cursor_of(["n"]),
    "no way": cursor_of(["x", ["name", "pk"], ["А", 1]]),
    "a way that is a list": cursor_of([["n"], ["name", "pk"], ["А", 1]]),
    "another order": cursor_of(["n", ["-name", "pk"], ["А", 1]]),
    "another column": cursor_of(["n", ["password", "pk"], ["А", 1]]),
    "half a position": cursor_of(["n", ["name", "pk"], ["А"]]),
    "a position that is no list": cursor_of(["n", ["name", "pk"], "А1"]),
    "a condition instead of a value": cursor_of(["n", ["name", "pk"], [{"in": []}, 1]]),
    "a key that is no number": cursor_of(["n", ["name", "pk"], ["А", "one"]]),
    "a text with a NUL": cursor_of(["n", ["name", "pk"], ["\0", 1]]),
    "half a character": cursor_of(["n", ["name", "pk"], ["\ud800", 1]]),
    "no number": base64.urlsafe_b64encode(b'["n",["name","pk"],["A",Infinity]]').decode(),
    "very deep": base64.urlsafe_b64encode(b"[" * 3000).decode(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("why", BROKEN)
def test_a_broken_address_is_refused(why):
    UserFactory()

    with pytest.raises(Invalid, match="Begin at the first page"):
        page_of(rows(), order=("name", "pk"), cursor=BROKEN[why], size=2)


@pytest.mark.django_db
def test_moments_are_told_apart_to_the_microsecond():
    for microsecond in (57_998, 57_997, 57_999, 57_001):
        UserFactory(date_joined=datetime(2026, 11, 23, 16, 20, 5, microsecond, tzinfo=UTC))

    for order in (("date_joined", "pk"), ("-date_joined", "-pk")):
        assert sum(walk(order, 1), []) == sorted_keys(order)
