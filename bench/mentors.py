"""Seeded cohorts for the matcher's figures: 40 tags, 3 to 6 each, capacities 1 to 5, two pairs in five
allowed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mentoring.matching.arrays import IntArray, TextArray
from mentoring.matching.problem import Mentees, Mentors, Problem
from mentoring.matching.rules import Forbidden, levels_ahead
from mentoring.matching.tiers import keys_of, rows_of
from mentoring.matching.weights import Weights

TAGS = 40
LEVELS = 8
TURNOVER = 0.02  # of each side leaves in a quarter, and as many come
OTHER_INTERESTS = 0.02  # drop a tag and take up another


def cohort(mentees: int, mentors: int, *, seed: int = 1, tier: str = "senior") -> Problem:
    """One tier of a cohort. Levels are equally frequent and mentors stand at least one above: 44 % of pairs.
    Each mentee has declined one mentor."""
    draw = np.random.default_rng(seed)
    levels = draw.integers(0, LEVELS, mentees), draw.integers(0, LEVELS, mentors)
    declined = np.column_stack([np.arange(mentees), draw.integers(0, mentors, mentees)])
    return Problem(
        tier=tier,
        cycle="2027-Q1",
        weights=Weights(),
        mentees=Mentees(np.array([f"mentee {row}" for row in range(mentees)]), _tags(draw, mentees)),
        mentors=_mentors(draw, np.array([f"mentor {row}" for row in range(mentors)])),
        rules=(levels_ahead("level", *levels, 1),),
        forbidden=(Forbidden("declined", declined),),
    )


def a_quarter_later(problem: Problem, pairs: IntArray, *, seed: int = 2) -> Problem:
    """The cohort after a quarter: some left and others came, some state another tag, free slots are others;
    the pairs of those who are still there run."""
    draw = np.random.default_rng(seed)
    mentees, mentors = problem.mentees, problem.mentors
    keys, tags = zip(
        *(_after_a_quarter(draw, side.keys, side.tags) for side in (mentees, mentors)), strict=True
    )
    slots = np.maximum(mentors.free_slots + draw.integers(-1, 2, len(mentors.keys)), 0)
    later = replace(
        problem,
        cycle="2027-Q2",
        mentees=Mentees(keys[0], tags[0]),
        mentors=replace(mentors, keys=keys[1], tags=tags[1], free_slots=slots),
    )
    return replace(later, running=rows_of(later, keys_of(problem, pairs)))


def three_tiers(mentees: int, mentors: int) -> list[Problem]:
    """The same mentees in three tiers, with a third of the mentors in two of them."""
    ground = cohort(mentees, mentors)
    tiers = []
    for number, tier in enumerate(("chair", "senior", "peer")):
        drawn = cohort(mentees, mentors, seed=10 + number, tier=tier)
        first = number * mentors * 2 // 3
        keys = np.array([f"mentor {row}" for row in range(first, first + mentors)])
        tiers.append(replace(drawn, mentees=ground.mentees, mentors=replace(drawn.mentors, keys=keys)))
    return tiers


def shuffled(problem: Problem, seed: int = 3) -> Problem:
    draw = np.random.default_rng(seed)
    return problem.in_order(*(draw.permutation(side) for side in problem.shape))


def _mentors(draw: np.random.Generator, keys: TextArray) -> Mentors:
    """Three in ten are new; the others have up to 11 answers with a mean of 2.5 to 5."""
    n = len(keys)
    answers = np.where(draw.random(n) < 0.3, 0, draw.integers(1, 12, n))
    return Mentors(
        keys,
        _tags(draw, n),
        capacity=draw.integers(1, 6, n),
        free_slots=draw.integers(0, 9, n),
        satisfaction_sum=np.rint(answers * draw.uniform(2.5, 5, n)),
        satisfaction_count=answers,
    )


def _after_a_quarter(
    draw: np.random.Generator, keys: TextArray, tags: IntArray
) -> tuple[TextArray, IntArray]:
    """Some rows are new people with tags of their own; some of the others have dropped a tag and taken one
    up."""
    new = draw.random(len(keys)) < TURNOVER
    other = np.flatnonzero(~new & (draw.random(len(keys)) < OTHER_INTERESTS))
    chance = draw.random((len(other), TAGS))
    dropped = np.where(tags[other] > 0, chance, 0).argmax(axis=1)
    taken_up = np.where(tags[other] > 0, 0, chance).argmax(axis=1)
    later = np.where(new[:, np.newaxis], _tags(draw, len(keys)), tags)
    later[other, dropped] = 0
    later[other, taken_up] = 1 + draw.integers(0, 3, len(other))
    return np.where(new, np.char.add("new ", keys), keys), later


def _tags(draw: np.random.Generator, people: int) -> IntArray:
    """3 to 6 tags each, weighed 1 to 3."""
    order = draw.random((people, TAGS)).argsort(axis=1)
    wanted = draw.integers(3, 7, people)
    return np.where(order < wanted[:, np.newaxis], draw.integers(1, 4, (people, TAGS)), 0)
