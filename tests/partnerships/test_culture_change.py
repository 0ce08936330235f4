"""The change from one audit to the next: by hand, and what happens where too little is told."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.culture_change import (
    DimensionChange,
    Figure,
    changes_between,
    differences_chart,
    levels_chart,
)
from surveys.coding import Bound
from surveys.shrinkage import Change
from surveys.welch import welch_interval

LABELS = {"trust": "Trust"}


def figure(n: int, mean: float, sd: float) -> Figure:
    """As the publisher stores it: the t interval of n - 1 degrees of freedom."""
    low, high = welch_interval((n, 10**9), (mean, 0.0), (sd, 1e-9))
    return Figure(n, mean, low, high)


def one(first: Figure | None, second: Figure | None) -> DimensionChange:
    before, after = ({"trust": each} if each else {} for each in (first, second))
    (row,) = changes_between(before, after, LABELS)
    return row


def test_the_interval_is_that_of_welch() -> None:
    row = one(figure(24, 2.9, 0.8), figure(20, 3.6, 0.7))
    low, high = welch_interval((20, 24), (3.6, 2.9), (0.7, 0.8))
    assert row.difference == pytest.approx(0.7)
    assert (row.low, row.high) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))
    assert (row.change, row.tone, row.by) == (Change.CLEAR_RISE, "ok", "+0.70")


FIGURES = st.builds(figure, st.integers(5, 200), st.floats(1, 5), st.floats(0.1, 2))


@given(FIGURES, FIGURES)
def test_the_way_back_is_the_way_there_turned(earlier: Figure, later: Figure) -> None:
    there, back = one(earlier, later), one(later, earlier)
    assert there.low is not None
    assert back.high is not None
    assert there.low == pytest.approx(-back.high, abs=1e-9)
    turned = {Change.CLEAR_RISE: Change.CLEAR_FALL, Change.CLEAR_FALL: Change.CLEAR_RISE}
    assert back.change == turned.get(there.change, there.change)


@pytest.mark.parametrize("missing", [None, Figure(12, 4.0, bound=Bound.OR_MORE)])
def test_what_is_not_told_exactly_is_not_compared(missing: Figure | None) -> None:
    for row in (one(missing, figure(20, 3.6, 0.7)), one(figure(20, 3.6, 0.7), missing)):
        assert (row.difference, row.low, row.by, row.tone) == (None, None, "–", "")
        assert row.change == Change.UNKNOWN
    assert missing is None or missing.words == "4 or more"


def test_a_mean_without_a_spread_has_a_difference_without_an_interval() -> None:
    row = one(Figure(20, 3.0), figure(20, 3.6, 0.7))
    assert (row.difference, row.low, row.change) == (pytest.approx(0.6), None, Change.UNKNOWN)
    assert math.isnan(Figure(20, 3.0).error)


def test_the_pictures_hold_what_is_known() -> None:
    rows = [one(figure(24, 2.9, 0.8), figure(20, 3.6, 0.7)), one(None, figure(20, 3.6, 0.7))]
    levels, differences = levels_chart(rows, low=1, high=5), differences_chart(rows)
    assert levels.table is not None
    assert [row[1:] for row in levels.table.rows] == [["2.90", "3.60"], ["–", "3.60"]]
    assert differences is not None
    assert differences_chart(rows[1:]) is None


def test_the_axis_of_the_differences_has_ticks_that_can_be_read() -> None:
    large = differences_chart([one(figure(60, 2.35, 0.5), figure(165, 3.75, 0.8))])
    assert large is not None
    assert re.findall(r"<span>(-?[\d.]+)</span>", large.markup) == ["-2", "-1", "0", "1", "2"]
