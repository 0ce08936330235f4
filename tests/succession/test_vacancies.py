"""The simulation against a plain loop with the same draws, cases worked by hand, and what chance gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.vacancy_loop import histories_by_loop
from people.enums import PositionType
from succession.vacancies import (
    ASSUMED_EXITS,
    NEVER,
    NOBODY,
    Draws,
    Histories,
    Plan,
    draw,
    histories,
    quarter_of,
    quarterly_chance,
    vacancy_outlook,
)

QUARTERS = 10


def plan_of(
    incumbents: list[int],
    candidates: list[tuple[int, int, int]],
    *,
    term_end: Mapping[int, int] | None = None,
    intention: Mapping[int, int] | None = None,
    tenure: int = NEVER,
    rate: float = 0.0,
    withdrawal_rate: float = 0.0,
    stay: int = 4,
) -> Plan:
    """Candidates: position, person, quarter from which they are ready."""
    count = len(incumbents)
    position, person, ready = np.array(candidates, dtype=np.int64).reshape(-1, 3).T
    return Plan(
        incumbent=np.array(incumbents, dtype=np.int64),
        term_end=np.array([(term_end or {}).get(place, NEVER) for place in range(count)]),
        intention=np.array([(intention or {}).get(place, NEVER) for place in range(count)]),
        tenure=np.full(count, tenure),
        exit_rate=np.full(count, rate),
        candidate_position=position,
        candidate_person=person,
        ready_at=ready,
        withdrawal_rate=withdrawal_rate,
        stay=stay,
    )


def history(plan: Plan, leaving: Mapping[int, int] | None = None, quarters: int = 4) -> tuple[list[int], ...]:
    """Vacancies and unfilled ones by quarter, where nothing is left to chance."""
    found = histories(plan, draw(plan, np.random.SFC64(1), 3, quarters), leaving or {})
    assert (found.vacancies == found.vacancies[:, :1]).all()
    return found.vacancies[:, 0].tolist(), found.unfilled[:, 0].tolist()


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, dict[int, int], int]:
    """A few positions and people with all that can come together, a question, and a seed."""
    positions, people = draw(st.integers(1, 5)), 7
    quarter = st.integers(0, QUARTERS) | st.just(NEVER)
    incumbents = draw(st.lists(st.integers(NOBODY, people + 2), min_size=positions, max_size=positions))
    pair = st.tuples(st.integers(0, positions - 1), st.integers(0, people - 1))
    pairs = draw(st.lists(pair, unique=True, max_size=14))
    candidates = [(place, person, draw(quarter)) for place, person in pairs if incumbents[place] != person]
    plan = plan_of(
        incumbents,
        candidates,
        term_end={place: draw(quarter) for place in range(positions)},
        intention={place: draw(quarter) for place in range(positions)},
        tenure=draw(st.integers(1, 6) | st.just(NEVER)),
        rate=draw(st.sampled_from([0.0, 0.3, 0.8])),
        withdrawal_rate=draw(st.sampled_from([0.0, 0.3, 0.8])),
        stay=draw(st.integers(1, 5)),
    )
    leaving = draw(st.dictionaries(st.integers(0, positions - 1), st.integers(0, QUARTERS), max_size=2))
    return plan, leaving, draw(st.integers(0, 2**32))


def same(one: Histories, two: Histories) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(two, name))
        for name in ("vacancies", "unfilled", "is_open", "ever_open")
    )


@settings(max_examples=300)
@given(plans())
def test_every_run_is_that_of_the_plain_loop(case: tuple[Plan, dict[int, int], int]) -> None:
    plan, leaving, seed = case
    draws = draw(plan, np.random.SFC64(seed), 6, QUARTERS)
    assert same(histories(plan, draws, leaving), histories_by_loop(plan, draws, leaving))


def test_who_lost_the_last_of_three_positions_leaves_the_next_one_for_another() -> None:
    plan = plan_of([0, 0, 0, 1], [(3, 0, 0)], term_end={0: 0, 2: 0, 3: 1})
    draws = draw(plan, np.random.SFC64(1), 2, 4)
    assert same(histories(plan, draws), histories_by_loop(plan, draws, {}))
    assert histories(plan, draws).unfilled[:, 0].tolist() == [2, 2, 3, 3]


@given(plans())
def test_counts_agree_with_each_other(case: tuple[Plan, dict[int, int], int]) -> None:
    plan, leaving, seed = case
    found = histories(plan, draw(plan, np.random.SFC64(seed), 6, QUARTERS), leaving)
    assert (found.unfilled <= found.vacancies).all()
    assert (found.unfilled[:-1] <= found.vacancies[1:]).all()
    assert found.unfilled.sum(axis=1).tolist() == found.is_open.sum(axis=1).tolist()
    assert (found.ever_open >= found.is_open.max(axis=0)).all()
    assert (found.ever_open <= found.is_open.sum(axis=0)).all()


def test_an_end_of_term_waits_for_whoever_becomes_ready() -> None:
    plan = plan_of([0], [(0, 1, 3)], term_end={0: 1})
    assert history(plan, quarters=5) == ([0, 1, 1, 1, 0], [0, 1, 1, 0, 0])


def test_whoever_fills_a_position_opens_theirs_in_the_next_quarter() -> None:
    plan = plan_of([0, 1, 2], [(0, 1, 0), (1, 2, 0)], intention={0: 1})
    assert history(plan) == ([0, 1, 1, 1], [0, 0, 0, 1])


def test_who_ended_a_term_may_follow_elsewhere_and_who_said_they_would_leave_may_not() -> None:
    pool = [(1, 0, 0)]
    assert history(plan_of([0, NOBODY], pool, term_end={0: 0})) == ([2, 1, 1, 1], [1, 1, 1, 1])
    assert history(plan_of([0, NOBODY], pool, intention={0: 0})) == ([2, 2, 2, 2], [2, 2, 2, 2])


def test_one_person_fills_one_of_two_positions_and_stays_a_while() -> None:
    plan = plan_of([NOBODY, NOBODY], [(0, 5, 0), (1, 5, 0)], stay=2)
    assert history(plan) == ([2, 1, 1, 1], [1, 1, 0, 1])


def test_a_newcomer_serves_the_tenure_or_until_they_said_they_would_leave() -> None:
    assert history(plan_of([NOBODY], [(0, 1, 0)], tenure=2, stay=9)) == ([1, 0, 1, 1], [0, 0, 1, 1])
    plan = plan_of([NOBODY, 1], [(0, 1, 0)], intention={1: 2})
    assert history(plan) == ([1, 1, 2, 2], [0, 1, 2, 2])


def test_what_if_the_holder_leaves() -> None:
    plan = plan_of([0, 1], [(0, 1, 0)])
    assert history(plan) == ([0, 0, 0, 0], [0, 0, 0, 0])
    assert history(plan, {0: 1}) == ([0, 1, 1, 1], [0, 0, 1, 1])


def test_questions_to_the_same_plan_and_seed_differ_by_what_was_asked_alone() -> None:
    plan = plan_of(list(range(6)), [(place, 10 + place, 0) for place in range(6)], rate=0.2)
    usual = vacancy_outlook(plan, seed=4, runs=500)
    asked = vacancy_outlook(plan, seed=4, runs=500, leaving={2: 7})
    again = vacancy_outlook(plan, seed=4, runs=500)
    assert np.array_equal(usual.vacancies, again.vacancies)
    assert np.array_equal(usual.unfilled_chance, again.unfilled_chance)
    others = [0, 1, 3, 4, 5]
    assert usual.unfilled_chance[others].tolist() == asked.unfilled_chance[others].tolist()
    assert asked.unfilled_chance[2] > usual.unfilled_chance[2]
    assert (usual.runs, usual.seed) == (500, 4)


def test_more_runs_than_are_handled_at_once_count_all_the_same() -> None:
    plan = plan_of([0], [], term_end={0: 1})
    outlook = vacancy_outlook(plan, seed=1, runs=12_001, quarters=3)
    assert outlook.unfilled.tolist() == [[0, 1, 1]] * 3
    assert outlook.unfilled_chance_by_quarter.tolist() == [[0.0], [1.0], [1.0]]
    assert outlook.unfilled_chance.tolist() == [1.0]


def test_holders_leave_and_candidates_withdraw_as_often_as_the_rates_say() -> None:
    """Seeded; of 10,000 runs, within four standard errors."""
    rate = 0.2
    outlook = vacancy_outlook(plan_of([0], [], rate=rate), seed=11)
    expected = 1 - (1 - rate) ** (np.arange(1, 33) / 4)
    error = 4 * np.sqrt(expected * (1 - expected) / 10_000)
    assert (abs(outlook.unfilled_chance_by_quarter[:, 0] - expected) < error).all()
    plan = plan_of([NOBODY], [(0, 1, 12)], withdrawal_rate=rate)
    assert vacancy_outlook(plan, seed=11).unfilled_chance_by_quarter[12, 0] == pytest.approx(
        1 - (1 - rate) ** (13 / 4), abs=0.02
    )


def test_a_quarterly_chance_makes_the_yearly_one() -> None:
    chance = quarterly_chance(np.array([0.0, 0.05, 0.5]))
    assert (1 - (1 - chance) ** 4).tolist() == pytest.approx([0, 0.05, 0.5], abs=1e-4)


def test_every_type_of_position_has_an_assumed_rate() -> None:
    assert set(ASSUMED_EXITS) == set(PositionType.values)


def test_a_day_is_in_its_calendar_quarter_and_what_is_overdue_in_the_first() -> None:
    start = dt.date(2026, 11, 23)
    days = {
        dt.date(2026, 12, 31): 0,
        dt.date(2027, 1, 1): 1,
        dt.date(2028, 2, 29): 5,
        dt.date(2020, 1, 1): 0,
        dt.date(2200, 1, 1): NEVER,
    }
    assert {day: quarter_of(day, start=start) for day in days} == days


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"term_end": np.array([256])}, "from 0 to 255"),
        ({"intention": np.array([-1])}, "from 0 to 255"),
        ({"tenure": np.array([0])}, "a quarter at least"),
        ({"stay": 0}, "a quarter at least"),
        ({"exit_rate": np.array([1.0])}, "less than 1"),
        ({"exit_rate": np.array([np.nan])}, "less than 1"),
        ({"withdrawal_rate": -0.1}, "less than 1"),
        ({"tenure": np.array([1, 2])}, "Every position"),
        ({"ready_at": np.array([1, 2])}, "Every candidate"),
        ({"candidate_position": np.array([1])}, "a position that is none"),
        ({"candidate_person": np.array([-1])}, "numbered from 0"),
        ({"candidate_person": np.array([0])}, "the position they hold"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(wrong: dict[str, object], words: str) -> None:
    plan = plan_of([0], [(0, 1, 0)])
    with pytest.raises(ValueError, match=words):
        replace(plan, **wrong)  # type: ignore[arg-type]


def test_a_question_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        plan_of([0], [(0, 1, 0), (0, 1, 3)])
    plan = plan_of([0], [(0, 1, 0)])
    with pytest.raises(ValueError, match="a position that is none"):
        vacancy_outlook(plan, seed=1, leaving={1: 0})
    for runs, quarters in ((0, 32), (5, 0), (5, NEVER)):
        with pytest.raises(ValueError, match="at least one run"):
            vacancy_outlook(plan, seed=1, runs=runs, quarters=quarters)


def test_draws_are_as_large_as_the_plan() -> None:
    plan = plan_of([0, 1], [(0, 5, 0), (1, 5, 0), (1, 6, 0)], rate=0.9)
    draws: Draws = draw(plan, np.random.SFC64(3), 4, 5)
    assert (draws.exits.shape, draws.withdrawn.shape) == ((5, 2, 4), (2, 4))
    assert (draws.withdrawn == NEVER).all()
