"""Addresses put together quickly are the ones that Django makes."""

import datetime as dt
from uuid import uuid4

import pytest
from django.template import defaultfilters, engines
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from web.addresses import address


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_an_address_is_the_one_that_django_reverses() -> None:
    person, other = uuid4(), uuid4()

    for one in (person, other):
        assert address("people:person", "mercy", one) == reverse("people:person", args=["mercy", one])
    assert address("home") == reverse("home")
    assert address("readiness:score", "acme", person, "2026Q3") == reverse(
        "readiness:score", args=["acme", person, "2026Q3"]
    )
    assert address("people:step_retry", "acme", person, other) == reverse(
        "people:step_retry", args=["acme", person, other]
    )


def test_an_address_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        address("people:person", "mercy", "nobody")
    with pytest.raises(NoReverseMatch):
        address("people:nothing", "mercy")


def test_the_tag_writes_the_address_or_sets_a_variable() -> None:
    person = uuid4()
    expected = reverse("people:person", args=["mercy", person])

    assert render("{% url 'people:person' slug pk %}", slug="mercy", pk=person) == expected
    assert render("{% url 'people:person' slug=slug person_id=pk %}", slug="mercy", pk=person) == expected
    assert render("{% url 'people:person' slug pk as there %}[{{ there }}]", slug="mercy", pk=person) == (
        f"[{expected}]"
    )
    assert render("{% url 'people:nothing' slug as there %}[{{ there }}]", slug="mercy") == "[]"


def test_days_are_written_as_django_writes_them_in_each_language() -> None:
    day, moment = dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 13, 5, tzinfo=dt.UTC)

    for language in ("en-us", "en-gb", "en-us"):
        with translation.override(language):
            assert render("{{ day|date:'j M Y' }}", day=day) == "1 Mar 2026"
            assert render("{{ day|date:'DATE_FORMAT' }}", day=day) == defaultfilters.date(day, "DATE_FORMAT")
            assert render("{{ day|date }}", day=day) == defaultfilters.date(day)
    with timezone.override("UTC"):  # tests may live in another zone
        assert render("{{ moment|date:'H:i' }}", moment=moment) == "13:05"
    assert render("{{ nothing|date:'j M Y' }}", nothing=None) == ""
