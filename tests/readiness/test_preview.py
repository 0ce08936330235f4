"""What a preview tells, and that nobody few can be found from it."""

from __future__ import annotations

import numpy as np
import pytest

from readiness.enums import ScoreState
from readiness.preview import EDGES, compare_rules

TRACK, FLAG, NONE = ScoreState.ON_TRACK, ScoreState.FLAGGED, ScoreState.INSUFFICIENT_EVIDENCE
NO = np.nan


def totals(*pairs: tuple[float, int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([total for total, count in pairs for _ in range(count)])


def test_people_are_counted_from_state_to_state_and_by_band() -> None:
    preview = compare_rules(
        "2026Q3",
        ([FLAG] * 6 + [TRACK] * 7 + [NONE] * 5, [TRACK] * 6 + [TRACK] * 7 + [FLAG] * 5),
        (totals((65, 6), (100, 7), (NO, 5)), totals((75, 6), (100, 7), (55, 5))),
    )
    assert (preview.people, preview.changed) == (18, 11)
    assert [(each.before, each.after, each.people) for each in preview.moves] == [
        (FLAG, TRACK, 6),
        (NONE, FLAG, 5),
    ]
    told = {band.low: (band.before, band.after) for band in preview.bands if band.before or band.after}
    assert told == {50: (None, 5), 60: (6, None), 70: (None, 6), 90: (7, 7), None: (5, None)}
    assert len(preview.bands) == len(EDGES) + 1
    assert preview.compares


@pytest.mark.parametrize("few", [1, 4])
def test_few_who_move_are_not_told_nor_by_subtraction(few: int) -> None:
    states = [FLAG] * few + [TRACK] * 20
    preview = compare_rules(
        "2026Q3", (states, [TRACK] * len(states)), (totals((65, few), (75, 20)), totals((75, few + 20)))
    )
    assert preview.changed is None
    assert [each.people for each in preview.moves] == [None]
    assert not preview.compares


def test_few_who_stay_are_not_told_either() -> None:
    preview = compare_rules(
        "2026Q3",
        ([FLAG] * 20 + [TRACK] * 2, [TRACK] * 22),
        (totals((65, 20), (75, 2)), totals((75, 22))),
    )
    assert preview.changed is None
    assert [each.people for each in preview.moves] == [None]


def test_a_sum_does_not_tell_of_a_move_that_is_withheld() -> None:
    after = [TRACK] * 5 + [FLAG] + [TRACK] * 60
    preview = compare_rules(
        "2026Q3", ([FLAG] * 6 + [TRACK] * 60, after), (totals((65, 6), (75, 60)), totals((65, 6), (75, 60)))
    )
    assert [each.people for each in preview.moves] == [None]  # of six below the line one would stay there
    assert preview.changed is None


def test_nothing_is_told_of_four() -> None:
    preview = compare_rules("2026Q3", ([FLAG] * 4, [TRACK] * 4), (totals((65, 4)), totals((75, 4))))
    assert (preview.is_told, preview.changed, preview.moves, preview.bands) == (False, None, [], [])
