"""Three tiers, one after the other: nobody has the same mentor twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mentoring.matching.checking import faults_of
from mentoring.matching.tiers import match_tiers
from tests.mentoring.matching.cases import problem_of

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
