"""Sorting, paging, filters: all of it in the address."""

from itertools import chain

import pytest
from django import forms
from django.core.handlers.wsgi import WSGIRequest
from django.db.models import Q
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from people.models import Person
from tenancy.scope import Scope
from web.filters import chips
from web.paging import Page, beyond, keyset_page, numbered_page, read_token
from web.sorting import Column, sorting

COLUMNS = [
    Column("Name", ("name", "id"), key="name"),
    Column("Score", ("score",), key="score", numeric=True),
    Column("Note"),
]


def get(address: str) -> WSGIRequest:
    return RequestFactory().get(address)


def test_sorting_follows_the_address_and_marks_its_header() -> None:
    order = sorting(get("/?sort=-name&page=3"), COLUMNS, default="score")

    assert order.order == ("-name", "-id")
    assert [header.direction for header in order.headers] == ["descending", "", ""]
    assert [header.url for header in order.headers] == ["?sort=name", "?sort=score", ""]


@pytest.mark.parametrize("asked", ["password", "-password", "id", "", "-", "name,score", "name__x"])
def test_sorting_allows_only_its_columns(asked: str) -> None:
    order = sorting(get("/"), COLUMNS, default="-score")

    assert sorting(RequestFactory().get("/", {"sort": asked}), COLUMNS, default="-score").order == order.order
    assert order.order == ("-score",)


@pytest.mark.parametrize(
    ("asked", "rows", "summary"),
    [("1", [0, 1], "1–2 of 5"), ("3", [4], "5–5 of 5"), ("99", [4], "5–5 of 5"), ("0", [0, 1], "1–2 of 5"),
     ("-1", [0, 1], "1–2 of 5"), ("x", [0, 1], "1–2 of 5"), ("²", [0, 1], "1–2 of 5")],
)  # fmt: skip
def test_numbered_page_takes_the_nearest_page(asked: str, rows: list[int], summary: str) -> None:
    page = numbered_page(RequestFactory().get("/", {"page": asked}), range(5), size=2)

    assert (page.rows, page.summary) == (rows, summary)


def test_numbered_page_of_nothing_is_one_empty_page() -> None:
    page = numbered_page(get("/"), [], size=2)

    assert (page.rows, page.summary, page.needed) == ([], "0", False)


def test_numbered_page_keeps_filters_and_leaves_gaps() -> None:
    page = numbered_page(get("/?unit=7&page=5"), range(100), size=10)

    assert [link.label or "…" for link in page.links] == ["1", "…", "4", "5", "6", "…", "10"]
    assert (page.previous_url, page.next_url) == ("?unit=7&page=4", "?unit=7&page=6")


ORDER = ("family_name", "given_name", "id")


def walk(size: int, *, way: str) -> list[list[str]]:
    """The names of every page, following one of the two links from its end."""
    pages = []
    url = ""
    while True:
        page: Page[Person] = keyset_page(get(f"/{url}"), Person.objects.all(), order=ORDER, size=size)
        pages.append([person.given_name for person in page])
        url = page.next_url if way == "next" else page.previous_url
        if not url:
            return pages


def test_keyset_pages_give_every_row_once_in_order(in_mercy: Scope) -> None:
    everybody = list(Person.objects.order_by(*ORDER).values_list("given_name", flat=True))
    assert len(everybody) > 6

    pages = walk(2, way="next")

    assert list(chain.from_iterable(pages)) == everybody
    assert len(pages) == -(-len(everybody) // 2)


def test_keyset_pages_lead_back_to_the_first(in_mercy: Scope) -> None:
    everybody = list(Person.objects.order_by(*ORDER).values_list("given_name", flat=True))
    first = keyset_page(get("/"), Person.objects.all(), order=ORDER, size=3)
    second = keyset_page(get(f"/{first.next_url}"), Person.objects.all(), order=ORDER, size=3)

    back = keyset_page(get(f"/{second.previous_url}"), Person.objects.all(), order=ORDER, size=3)

    assert first.previous_url == ""
    assert [person.given_name for person in back] == everybody[:3]
    assert back.previous_url == ""
    assert [
        person.given_name
        for person in keyset_page(get(f"/{back.next_url}"), Person.objects.all(), order=ORDER, size=3)
    ] == everybody[3:6]


def test_keyset_page_reads_descending_order(in_mercy: Scope) -> None:
    order = ("-family_name", "-given_name", "-id")
    everybody = list(Person.objects.order_by(*order))
    first = keyset_page(get("/"), Person.objects.all(), order=order, size=4)

    second = keyset_page(get(f"/{first.next_url}"), Person.objects.all(), order=order, size=4)

    assert [*first, *second] == everybody[:8]


@pytest.mark.parametrize("size", [1, 3])
def test_keyset_page_asks_once(
    in_mercy: Scope, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    with django_assert_num_queries(1):
        keyset_page(get("/"), Person.objects.all(), order=ORDER, size=size)


@pytest.mark.parametrize(
    "token", ["x", "AAAA", "e30", "W10", "WyJhIiwiYiIsIm5vLXV1aWQiXQ", "é", "WyJhXHUwMDAwIiwiYiIsIjEiXQ"]
)
def test_keyset_page_ignores_a_token_that_is_not_its_own(in_mercy: Scope, token: str) -> None:
    assert read_token(Person, ORDER, token) is None
    page = keyset_page(RequestFactory().get("/", {"after": token}), Person.objects.all(), order=ORDER, size=2)
    assert len(page) == 2


@given(st.text(max_size=60))
def test_no_token_makes_the_reader_fail(token: str) -> None:
    assert read_token(Person, ORDER, token) is None or isinstance(read_token(Person, ORDER, token), list)


def test_beyond_starts_with_a_bound_that_an_index_can_seek() -> None:
    condition = beyond(("a", "-b"), [1, 2])

    assert condition == Q(a__gte=1) & (Q(a__gt=1) | (Q(a=1) & Q(b__lt=2)))


class UnitFilter(forms.Form):
    unit = forms.ChoiceField(choices=[("", "All"), ("card", "Cardiology")], required=False)
    words = forms.CharField(label="Contains", required=False)


def test_chips_name_the_choice_and_remove_themselves() -> None:
    request = get("/?unit=card&words=a%20b&page=4")

    found = chips(request, UnitFilter(request.GET))

    assert [(chip.name, chip.value, chip.url) for chip in found] == [
        ("Unit", "Cardiology", "?words=a+b"),
        ("Contains", "a b", "?unit=card"),
    ]


def test_an_invalid_filter_has_no_chips() -> None:
    request = get("/?unit=nothing")

    assert chips(request, UnitFilter(request.GET)) == []
    assert chips(get("/"), UnitFilter()) == []
