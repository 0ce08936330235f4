"""Three tiers, one after the other: nobody has the same mentor twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching.checking import faults_of
from mentoring.matching.problem import Problem
from mentoring.matching.tiers import match_tiers
from tests.mentoring.matching.cases import problem_of, problems

CHAIR = problem_of([[1, 0], [0, 1]], [[1, 0]], [1], tier="chair")
SENIOR = problem_of([[1, 0], [0, 1]], [[1, 0], [0, 1]], [1, 1], tier="senior")


def test_a_mentor_who_serves_in_one_tier_is_not_taken_for_the_same_mentee_in_the_next() -> None:
    chair, senior = match_tiers([CHAIR, SENIOR])
    assert chair.keys == (("r0", "m0"),)
    assert senior.keys == (("r0", "m1"), ("r1", "m0"))
    assert [one.name for one in senior.problem.forbidden] == ["other_tier"]
    assert (faults_of(chair), faults_of(senior)) == ((), ())


def test_a_pair_that_runs_or_is_locked_in_a_later_tier_is_left_to_it() -> None:
    for kept in ({"running": [(0, 0)]}, {"locks": [(0, 0)]}):
        chair, senior = match_tiers([CHAIR, replace(SENIOR, **kept)])
        assert chair.keys == (("r1", "m0"),)
        assert senior.keys == (("r0", "m0"), ("r1", "m1"))


def test_a_lock_takes_a_pair_from_the_tier_where_it_runs() -> None:
    chair, senior = match_tiers([replace(CHAIR, running=[(0, 0)]), replace(SENIOR, locks=[(0, 0)])])
    assert chair.keys == (("r1", "m0"),)
    assert senior.keys == (("r0", "m0"), ("r1", "m1"))


def test_a_pair_that_runs_in_two_tiers_goes_on_in_the_first() -> None:
    chair, senior = match_tiers([replace(one, running=[(0, 0)]) for one in (CHAIR, SENIOR)])
    assert chair.keys == (("r0", "m0"),)
    assert senior.keys == (("r0", "m1"), ("r1", "m0"))


def test_a_pair_is_not_locked_in_two_tiers() -> None:
    with pytest.raises(ValueError, match=r"The lock of r0 with m0 cannot be kept: other_tier\."):
        match_tiers([replace(one, locks=[(0, 0)]) for one in (CHAIR, SENIOR)])


@settings(max_examples=30, deadline=None)
@given(st.lists(problems(), min_size=3, max_size=3))
def test_three_tiers_share_no_pair_and_each_is_proven(three: list[Problem]) -> None:
    tiers = match_tiers([replace(one, tier=name) for one, name in zip(three, "abc", strict=True)])
    pairs = [pair for tier in tiers for pair in tier.keys]
    assert len(pairs) == len(set(pairs))
    assert [faults_of(tier) for tier in tiers] == [(), (), ()]


def test_progress_tells_every_tier_in_its_turn() -> None:
    told: list[tuple[str, str]] = []
    match_tiers([CHAIR, SENIOR], lambda tier, phase, share: told.append((tier, phase)))
    assert list(dict.fromkeys(told)) == [
        (tier, phase) for tier in ("chair", "senior") for phase in ("scores", "flow", "proof", "done")
    ]


def test_a_tier_comes_once() -> None:
    with pytest.raises(ValueError, match="Each tier is matched once in a run"):
        match_tiers([CHAIR, CHAIR])
    assert match_tiers([]) == ()
