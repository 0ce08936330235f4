"""The audit against attackers who try everything, also one who knows the rule and asks what else it hides."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.arrays import IntArray
from surveys.audit import AnsweredQuestion, Findings, Scored, audit_means, keep_room
from surveys.coding import AnswerForm, MeanForm, Points, coded_means, rounded
from surveys.release import CellTree
from tests.surveys.sums import group_sums, score_ends

POINTS = Points(1, 5, places=2, bound_places=1)
ALL_FIVES = list(combinations_with_replacement(range(1, 6), 5))
ONE_UNIT = CellTree.of(np.array([-1]))


def stored_means(tree: CellTree, answers: list[float], units: list[int]) -> tuple[float, ...]:
    """Everything that is stored of a score: forms, means, spreads."""
    values, groups, count = np.array(answers, dtype=float), np.array(units), len(tree.parent) - 1
    sums = group_sums(values, groups, count=count)
    lowest, highest = score_ends(values, groups, count)
    whole = tree.sums(sums)
    form = audit_means(tree, Scored(sums, lowest, highest, POINTS), whole.n > 0, Findings())
    mean, bound = coded_means(whole.n, whole.mean(), form, POINTS)
    sd = rounded(np.sqrt(whole.squares_within() / np.maximum(whole.n - 1, 1)), 2)
    told = np.where(form == MeanForm.SPREAD, sd, -1)
    return (*form.tolist(), *np.nan_to_num(mean).round(6).tolist(), *bound.tolist(), *told.tolist())


def test_whoever_knows_the_rule_cannot_invert_it() -> None:
    """Every way in which five people can answer, sorted by what is stored of them: for an outsider and for
    anybody of the five the others stay open by two steps, whichever of the ways it was."""
    possible: dict[tuple[float, ...], list[tuple[int, ...]]] = defaultdict(list)
    for answers in ALL_FIVES:
        possible[stored_means(ONE_UNIT, list(map(float, answers)), [0] * 5)].append(answers)
    assert len(possible) > 20  # much is told
    for ways in possible.values():
        assert max(map(max, ways)) - min(map(min, ways)) >= 2
        for own in {answer for answers in ways for answer in answers}:
            others: set[int] = set()
            for answers in ways:
                if own in answers:
                    rest = list(answers)
                    rest.remove(own)
                    others |= set(rest)
            assert max(others) - min(others) >= 2


TWO_UNITS = CellTree.of(np.array([-1, -1]))


NEAR_AN_END = [ways for ways in ALL_FIVES if sum(ways) <= 9 or sum(ways) >= 21]


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(NEAR_AN_END), st.sampled_from(ALL_FIVES))
def test_what_one_unit_hides_the_whole_does_not_tell(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    """Both units and everybody: the stored figures leave every other answer open by two steps, insider or
    not. The attacker tries all answers of both."""
    answers, units = [*map(float, one), *map(float, other)], [0] * 5 + [1] * 5
    told = stored_means(TWO_UNITS, answers, units)
    others: dict[int, set[int]] = defaultdict(set)
    firsts, seconds = ([way for way in ALL_FIVES if consistent(told, place, way)] for place in (0, 1))
    for first in firsts:
        if any(consistent(told, 2, (*first, *second)) for second in seconds):
            for own in set(first):
                rest = list(first)
                rest.remove(own)
                others[own] |= set(rest)
    for own in set(one):
        assert max(others[own]) - min(others[own]) >= 2


def consistent(told: tuple[float, ...], place: int, ways: tuple[int, ...]) -> bool:
    """Whether what is stored of a cell could come from these answers, by coding and rounding alone."""
    form, mean, bound, sd = told[place::3]
    own = sum(ways) / len(ways)
    if form == MeanForm.WITHHELD:
        return True
    if bound:
        return bound * (own - mean) > -1e-9
    spread = math.sqrt(sum((answer - own) ** 2 for answer in ways) / (len(ways) - 1))
    return abs(own - mean) < 0.005 + 1e-9 and (form == MeanForm.MEAN or abs(spread - sd) < 0.005 + 1e-9)


def question(tree: CellTree, counts: list[list[int]], k: int, split: int = 3) -> AnsweredQuestion:
    array = np.array(counts)
    published = tree.counts(array).sum(axis=1) >= 2 * k
    return AnsweredQuestion(tree, array, published, k, split)


def all_answers(size: int) -> list[IntArray]:
    return [np.bincount(way, minlength=4) for way in combinations_with_replacement(range(4), size)]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(all_answers(4)), st.sampled_from(all_answers(5)))
def test_spans_of_nested_cells_pin_nobody(inner: IntArray, outer: IntArray) -> None:
    """A unit of four within one of nine, k of two: the attacker tries all answers of both."""
    tree = CellTree.of(np.array([-1, 0]))
    asked = question(tree, [outer.tolist(), inner.tolist()], 2, split=2)
    asked.audit(Findings())
    spans = {cell: asked.spans(cell) for cell in range(3)}
    ranges: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    for ways in product(all_answers(5), all_answers(4)):
        totals = {0: ways[0] + ways[1], 1: ways[1], 2: ways[0] + ways[1]}
        if all(
            span.fewest <= totals[cell][span.start : span.end].sum() <= span.most
            for cell, told in spans.items()
            for span in told
        ):
            for group, counts in enumerate(ways):
                ranges[group, None] |= set(np.flatnonzero(counts).tolist())
                for own in np.flatnonzero(counts).tolist():
                    left = counts.copy()
                    left[own] -= 1
                    ranges[group, own] |= set(np.flatnonzero(left).tolist())
    for group, truth in enumerate((outer, inner)):
        for own in (None, *np.flatnonzero(truth).tolist()):
            assert max(ranges[group, own]) - min(ranges[group, own]) >= 2


def test_a_difference_of_spans_is_found_and_coarsened() -> None:
    """Seven are unfavourable, all in one unit: spans of both cells would show that nobody else is."""
    tree = CellTree.of(np.array([-1, 0]))
    asked = question(tree, [[0, 0, 0, 12, 10], [3, 2, 2, 4, 4]], 5)
    assert asked.spans(0)[0].fewest == asked.spans(1)[0].fewest == 7
    findings = Findings()
    asked.audit(findings)
    assert findings.programs > 0
    assert findings.coarsened > 0
    assert asked.form[1] == AnswerForm.WITHHELD


def test_unanimous_answers_become_a_bound() -> None:
    asked = question(ONE_UNIT, [[0, 0, 0, 0, 12]], 5)
    asked.audit(Findings())
    assert [(span.fewest, span.most) for span in asked.spans(0)] == [(0, 4), (8, 12)]


def test_answers_at_the_ends_of_their_spans_are_coarsened_where_their_sum_is_told() -> None:
    """Everybody chose 4 or 5, so each span's upper end: the sum would prove it."""
    questions = [question(ONE_UNIT, [[0, 0, 5, 0, 6]], 5) for _ in range(3)]
    keep_room(questions, np.array([True, False]), Findings())
    assert {int(asked.form[0]) for asked in questions} == {AnswerForm.WITHHELD}
    alone = [question(ONE_UNIT, [[2, 2, 3, 3, 4]], 5) for _ in range(3)]
    keep_room(alone, np.array([True, False]), Findings())
    assert {int(asked.form[0]) for asked in alone} == {AnswerForm.JOINED}


@pytest.mark.parametrize(
    ("answers", "form"),
    [
        ([1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5], MeanForm.SPREAD),
        ([1, 2, 3, 4, 5], MeanForm.MEAN),
        ([3, 3, 3, 3, 3], MeanForm.MEAN),
        ([5, 5, 5, 5, 1], MeanForm.BOUND),
        ([5, 5, 5, 5, 5], MeanForm.BOUND),
        ([1, 1, 1, 1, 2], MeanForm.BOUND),
    ],
)
def test_forms_of_a_mean(answers: list[int], form: MeanForm) -> None:
    values = np.array(answers, dtype=float)
    groups = np.zeros(len(answers), dtype=np.int64)
    lowest, highest = score_ends(values, groups, 1)
    scored = Scored(group_sums(values, groups, count=1), lowest, highest, POINTS)
    assert audit_means(ONE_UNIT, scored, np.array([True, False]), Findings()).tolist()[0] == form


def test_no_web_worker_carries_the_solver() -> None:
    """All pages and jobs are imported; the attack is not, until somebody publishes."""
    code = (
        "import django, sys; django.setup(); import clinicleader.urls, surveys.tasks;"
        "sys.exit('surveys.reconstruction' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
