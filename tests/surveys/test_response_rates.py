"""Response rates say how far to trust a figure, and of nobody whether they answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from surveys.queries import asked_within
from surveys.response_rates import response_rate
from tenancy.scope import tenant_transaction
from tests.factories.people import make_person, make_unit
from tests.factories.surveys import (
    answer,
    make_live_wave,
    make_published_wave,
    make_short_instrument,
    publish,
)
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize(
    ("n", "asked", "words"),
    [
        (70, 100, "about 70 % (good)"),
        (69, 100, "about 70 % (good)"),
        (67, 100, "about 65 % (read with caution)"),
        (50, 100, "about 50 % (read with caution)"),
        (45, 100, "about 45 % (low)"),
        (96, 100, "95 % or more (good)"),
        (100, 100, "95 % or more (good)"),
        # What a bound leaves open is not judged.
        (8, 8, "50 % or more"),
        (10, 10, "60 % or more"),
        (8, 10, "60 % or more"),
    ],
)
def test_rates_are_rounded_and_judged(n: int, asked: int, words: str) -> None:
    assert str(response_rate(n, asked, k=5)) == words


@pytest.mark.parametrize(("n", "asked"), [(None, 20), (4, 20), (12, 0), (12, 11)])
def test_there_is_no_rate_of_a_hidden_cell_or_where_nobody_was_asked(n: int | None, asked: int) -> None:
    assert response_rate(n, asked, k=5) is None


@given(asked=st.integers(5, 300), missing=st.integers(0, 4), more=st.integers(0, 4), k=st.just(5))
def test_it_cannot_be_told_how_many_of_a_few_are_missing(asked: int, missing: int, more: int, k: int) -> None:
    if asked - max(missing, more) >= k:
        assert response_rate(asked - missing, asked, k=k) == response_rate(asked - more, asked, k=k)


def test_those_asked_are_counted_up_the_tree_and_shown_for_published_cells(
    committed_mercy: World, sign_in: SignIn
) -> None:
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        ward = make_unit(mercy.organization, "Ward", parent=mercy.unit)
        staff = [make_person(mercy.organization, f"P{number}", ward) for number in range(20)]
        few = [make_person(mercy.organization, f"Q{number}", mercy.root) for number in range(3)]
        wave = make_live_wave(make_short_instrument(mercy.organization), {ward: staff, mercy.root: few})
        for number, person in enumerate(staff[:12]):
            answer(wave, person, [1 + number % 5, 3, 3])
    publish(wave, by=mercy.stella)
    with tenant_transaction(mercy.organization.pk):
        assert asked_within(wave) == {
            None: 23,
            mercy.root.pk: 23,
            mercy.unit.pk: 20,
            ward.pk: 20,
        }
    client = sign_in(mercy.stella)
    page = client.get(reverse("surveys:wave", args=[mercy.slug, wave.pk]))
    rates = {row.unit: row.rate for row in page.context["rows"]}
    assert rates["Ward"] == "about 60 % (read with caution)"
    assert "about 50 %" in page.content.decode()
    assert 'data-label="Answered" class="small">about 60 % (read with caution)<' in page.content.decode()
    answered = {row.unit: row.cells()[4:6] for row in page.context["rows"]}
    assert answered["Ward"] == [60, "read with caution"]
    report = client.get(reverse("surveys:report", args=[mercy.slug, wave.pk, ward.pk])).content.decode()
    assert "about 60 %" in report
    assert "read with caution" in report


def test_a_survey_from_a_file_has_no_rate(mercy: World, sign_in: SignIn) -> None:
    wave = make_published_wave(mercy)
    page = sign_in(mercy.stella).get(reverse("surveys:wave", args=[mercy.slug, wave.pk]))
    assert {row.rate for row in page.context["rows"]} == {""}
    html = page.content.decode()
    assert 'data-label="Answered"' not in html
    assert 'data-label="Adjusted">–<' in html  # of a unit that contains others
