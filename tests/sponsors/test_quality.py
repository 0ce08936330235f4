"""The clinic's quality figures: the arithmetic of waiting, what counts, and who reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from sponsors.queries.quality import time_to_adjustment, time_to_answer
from sponsors.waiting import Waiting, waiting_of
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.conferences import make_conference, make_diagnosis, make_question
from tests.factories.people import make_person
from tests.factories.sponsors import make_version
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAYS = st.lists(st.floats(0, 1000), min_size=5, max_size=50)


@given(days=DAYS)
def test_quartiles_lie_in_order_within_the_values(days: list[float]) -> None:
    waiting = waiting_of(days, still=0)
    assert waiting.low is not None
    assert waiting.median is not None
    assert waiting.high is not None
    assert min(days) <= waiting.low <= waiting.median <= waiting.high <= max(days) + 1e-9


def test_a_median_has_its_n_and_quartiles() -> None:
    assert waiting_of([5, 1, 3, 2, 4], still=2) == Waiting(5, 2, median=3, low=2, high=4)


@pytest.mark.parametrize("count", range(5))
def test_of_fewer_than_five_nothing_is_told(count: int) -> None:
    assert waiting_of([1.0] * count, still=7) == Waiting()


def ask_five(world: World, leader: Person) -> None:
    """Five diagnoses of three days ago, each with a question that was answered after a day."""
    now = timezone.now()
    conference = make_conference(leader, by=world.eli)
    for _ in range(5):
        diagnosis = make_diagnosis(conference, by=world.eli, released_at=now - dt.timedelta(days=3))
        make_question(
            diagnosis,
            days_ago=2,
            answer="Yes.",
            answered_by=world.eli,
            answered_at=now - dt.timedelta(days=1),
        )


def test_answers_and_adjustments_are_timed(mercy: World, in_mercy: Scope) -> None:
    ask_five(mercy, mercy.ada)
    make_version(mercy.ada, by=mercy.eli, published_at=timezone.now() - dt.timedelta(days=4))
    paula = member_of(mercy.paula)
    answered = time_to_answer(paula, cohort=None, on=TODAY)
    assert (answered.n, answered.open) == (5, 0)
    assert answered.median == pytest.approx(1, abs=0.01)
    assert time_to_adjustment(paula, cohort=None, on=TODAY) == Waiting()  # the version came before them
    for number, days in ((2, 1), (3, 0)):
        at = timezone.now() - dt.timedelta(days=days)
        make_version(mercy.ada, by=mercy.eli, number=number, published_at=at)
    adjusted = time_to_adjustment(paula, cohort=None, on=TODAY)
    assert adjusted.n == 5
    assert adjusted.median == pytest.approx(2, abs=0.01)


def test_what_is_long_ago_or_somebody_elses_does_not_count(mercy: World, in_mercy: Scope) -> None:
    ask_five(mercy, mercy.colin)  # in no cohort
    paula = member_of(mercy.paula)
    assert time_to_answer(paula, cohort=None, on=TODAY) == Waiting()
    ask_five(mercy, mercy.ada)
    assert time_to_answer(paula, cohort=mercy.cohort.pk, on=TODAY).n == 5
    assert time_to_answer(paula, cohort=None, on=TODAY + dt.timedelta(days=400)) == Waiting()


def test_the_page_tells_figures_and_no_names(mercy: World, sign_in: SignIn) -> None:
    page = reverse("sponsors:quality", args=[mercy.slug])
    client = sign_in(mercy.paula)
    assert "fewer than 5 in the last year" in client.get(page).content.decode()
    one = queries_of(client, page)
    ask_five(mercy, mercy.ada)
    make_person(mercy.organization, "Lou", mercy.unit)
    told = client.get(page).content.decode()
    assert "n = 5" in told
    assert "Ada Mercy" not in told
    assert queries_of(client, page) == one
    overview = reverse("sponsors:overview", args=[mercy.slug])
    assert page in client.get(overview).content.decode()
