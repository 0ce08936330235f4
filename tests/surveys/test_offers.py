"""What succession may know of a leader's index: two cycles, with intervals, known for a month."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from surveys.models import Instrument, SurveyRule, Wave
from surveys.offer_queries import index_offers
from surveys.offers import KNOWN_FOR, Cycle, OfferState, offer_of
from tenancy.scope import tenant_scope
from tests.factories.surveys import (
    cast,
    days_ago,
    make_short_instrument,
    make_wave,
    publish,
    spread_answers,
)
from tests.world import World

SignIn = Callable[[Person], Client]
DAY = dt.date(2026, 6, 1)


def cycle(closed_on: dt.date, *, known_after: int = 10) -> Cycle:
    published_on = closed_on + dt.timedelta(days=known_after)
    return Cycle(uuid.uuid4(), str(closed_on), closed_on, published_on, 12, 44.0, 41.0, 47.0)


FIRST, SECOND, THIRD = (cycle(DAY + dt.timedelta(days=days)) for days in (-800, -400, -45))


def test_without_selection_use_nothing_is_offered() -> None:
    assert offer_of([FIRST, SECOND], selection_use=False, on=DAY).state == OfferState.OFF


def test_one_cycle_is_too_few_and_so_is_one_without_an_interval() -> None:
    for cycles in ([], [FIRST], [FIRST, replace(SECOND, low=None, high=None)]):
        offer = offer_of(cycles, selection_use=True, on=DAY)
        assert (offer.state, offer.cycles) == (OfferState.TOO_FEW, ())


@pytest.mark.parametrize(("days", "state"), [(29, OfferState.WAITING), (30, OfferState.OFFERED)])
def test_the_leader_knows_of_both_for_thirty_days(days: int, state: OfferState) -> None:
    offer = offer_of([SECOND, FIRST], selection_use=True, on=SECOND.published_on + dt.timedelta(days=days))
    assert offer.state == state
    assert offer.from_day == SECOND.published_on + KNOWN_FOR
    assert offer.cycles == ((FIRST, SECOND) if state == OfferState.OFFERED else ())


def test_a_new_result_counts_when_it_has_been_known_and_the_two_before_until_then() -> None:
    cycles = [THIRD, FIRST, SECOND]
    before, after = THIRD.known_from - dt.timedelta(days=1), THIRD.known_from
    assert offer_of(cycles, selection_use=True, on=before).cycles == (FIRST, SECOND)
    assert offer_of(cycles, selection_use=True, on=after).cycles == (SECOND, THIRD)


@given(closings=st.lists(st.integers(0, 3000), min_size=0, max_size=6, unique=True), on=st.integers(0, 3200))
def test_whatever_is_offered_was_known_for_thirty_days(closings: list[int], on: int) -> None:
    start = dt.date(2020, 1, 1)
    cycles = [cycle(start + dt.timedelta(days=closing)) for closing in closings]
    today = start + dt.timedelta(days=on)
    offer = offer_of(cycles, selection_use=True, on=today)
    assert len(offer.cycles) in {0, 2}
    assert all(today - one.published_on >= KNOWN_FOR for one in offer.cycles)


def run(
    world: World, instrument: Instrument, title: str, *, closed_days_ago: int, n: int = 12, **asked: object
) -> Wave:
    closes_on = timezone.localdate() - dt.timedelta(days=closed_days_ago)
    opens_on = closes_on - dt.timedelta(days=20)
    wave = make_wave(instrument, title=title, opens_on=opens_on, closes_on=closes_on, **asked)
    cast(wave, {world.unit: spread_answers(n, items=3)})
    publish(wave, by=world.stella, at=days_ago(closed_days_ago - 5))
    return wave


def switch_on(world: World) -> None:
    with tenant_scope(world.organization.pk):
        SurveyRule.objects.create(selection_use=True)


def offered(world: World, on: dt.date | None = None) -> tuple[str, list[str]]:
    with tenant_scope(world.organization.pk):
        offer = index_offers(world.mara.pk, on=on or timezone.localdate())
    return offer.state, [one.title for one in offer.cycles]


def test_offers_come_from_published_results_about_the_leader(mercy: World) -> None:
    instrument = make_short_instrument(mercy.organization)
    run(mercy, instrument, "A", closed_days_ago=500)
    run(mercy, instrument, "too few answered", closed_days_ago=300, n=4)
    run(mercy, instrument, "of one cohort", closed_days_ago=200, cohort=mercy.cohort)
    run(mercy, instrument, "B", closed_days_ago=100)
    run(mercy, instrument, "C, not known for long", closed_days_ago=20)
    assert offered(mercy) == (OfferState.OFF, [])
    switch_on(mercy)
    assert offered(mercy) == (OfferState.OFFERED, ["A", "B"])
    later = timezone.localdate() + dt.timedelta(days=30)
    assert offered(mercy, later) == (OfferState.OFFERED, ["B", "C, not known for long"])
    with tenant_scope(mercy.organization.pk), CaptureQueriesContext(connection) as captured:
        assert index_offers(mercy.ada.pk, on=later).state == OfferState.TOO_FEW
    assert len([query for query in captured if "SELECT" in query["sql"].split("set_config")[0]]) <= 3


def test_another_instrument_is_another_series(mercy: World) -> None:
    run(mercy, make_short_instrument(mercy.organization), "A", closed_days_ago=500)
    run(mercy, make_short_instrument(mercy.organization), "B", closed_days_ago=100)
    switch_on(mercy)
    assert offered(mercy)[0] == OfferState.TOO_FEW


def test_the_leader_reads_what_is_offered_and_nobody_else_on_that_page(mercy: World, sign_in: SignIn) -> None:
    instrument = make_short_instrument(mercy.organization)
    run(mercy, instrument, "A", closed_days_ago=500)
    wave = run(mercy, instrument, "B", closed_days_ago=20)
    url = reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk])
    assert "does not use the index to select leaders" in sign_in(mercy.mara).get(url).content.decode()
    switch_on(mercy)
    assert "may see the mean of your last two surveys" in sign_in(mercy.mara).get(url).content.decode()
    assert "Use in succession" not in sign_in(mercy.henry).get(url).content.decode()
    older = run(mercy, instrument, "C", closed_days_ago=900)
    page = sign_in(mercy.mara).get(reverse("surveys:report", args=[mercy.slug, older.pk, mercy.unit.pk]))
    assert [words.split(":")[0] for words in page.context["offered"]] == ["C", "A"]


def test_hr_switches_it_on(mercy: World, sign_in: SignIn) -> None:
    url = reverse("surveys:calendar_rule", args=[mercy.slug])
    rule = {"surveys_per_quarter": 3, "debrief_share": 80, "selection_use": "on"}
    assert sign_in(mercy.henry).post(url, rule).status_code == 302
    with tenant_scope(mercy.organization.pk):
        assert SurveyRule.objects.get().selection_use is True
