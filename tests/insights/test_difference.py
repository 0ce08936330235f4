"""Difference in differences: against other programs, and what must hold of any panel."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from insights.difference import (
    AFTER,
    BEFORE,
    NEITHER,
    Contrast,
    Panel,
    difference,
    means_by_period,
    trend_before,
)

NO = float("nan")
PHASES = [BEFORE] * 4 + [NEITHER] + [AFTER] * 3
VALUES = st.integers(-500, 500).map(lambda number: number / 10)


def panel_of(rows: list[list[float]], pilots: int, phase: list[int] = PHASES) -> Panel:
    """The first rows are of the pilot."""
    return Panel(np.array(rows, dtype=float), np.arange(len(rows)) < pilots, np.array(phase))


@st.composite
def panels(draw: st.DrawFn, least: int = 2) -> Panel:
    """Full panels of `least` or more units a group, whose changes are not all alike."""
    pilots, others = draw(st.integers(least, 6)), draw(st.integers(least, 6))
    rows = draw(
        st.lists(
            st.lists(VALUES, min_size=len(PHASES), max_size=len(PHASES)),
            min_size=pilots + others,
            max_size=pilots + others,
        )
    )
    for number, row in enumerate(rows):  # spreads that no rounding makes
        row[-1] += 7.3 * number**2
    return panel_of(rows, pilots)


def changes_of(panel: Panel) -> tuple[Any, Any]:
    before, after = (panel.values[:, panel.phase == side].mean(axis=1) for side in (BEFORE, AFTER))
    return (after - before)[panel.pilot], (after - before)[~panel.pilot]


def ends(found: Contrast) -> tuple[float, float, float]:
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    return found.low, found.value, found.high


@given(panels())
def test_the_interval_is_that_of_scipy_over_units(panel: Panel) -> None:
    pilot, comparison = changes_of(panel)
    expected = stats.ttest_ind(pilot, comparison, equal_var=False).confidence_interval(0.95)
    found = ends(difference(panel).contrast)
    value = pilot.mean() - comparison.mean()
    assert found == pytest.approx((expected.low, value, expected.high), rel=1e-6, abs=1e-7)


@given(panels())
def test_the_estimate_is_the_coefficient_of_the_saturated_regression(panel: Panel) -> None:
    """Of value on pilot, after, and both together, over all units and periods (statsmodels)."""
    sides = panel.phase != NEITHER
    after = np.tile(panel.phase[sides] == AFTER, len(panel.pilot)).astype(float)
    pilot = np.repeat(panel.pilot, int(sides.sum())).astype(float)
    design = np.column_stack([np.ones_like(after), pilot, after, pilot * after])
    fitted = sm.OLS(panel.values[:, sides].ravel(), design).fit()
    assert difference(panel).contrast.value == pytest.approx(fitted.params[3], abs=1e-7)


@given(panels())
def test_the_interval_is_that_of_the_regression_on_changes_with_robust_errors(panel: Panel) -> None:
    """Welch's standard error is the HC2 error of changes on the group (statsmodels)."""
    pilot, comparison = changes_of(panel)
    group = np.concatenate([np.ones(len(pilot)), np.zeros(len(comparison))])
    fitted = sm.OLS(np.concatenate([pilot, comparison]), sm.add_constant(group)).fit(cov_type="HC2")
    parts = [each.var(ddof=1) / len(each) for each in (pilot, comparison)]
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(each) - 1) for part, each in zip(parts, (pilot, comparison), strict=True)
    )
    low, value, high = ends(difference(panel).contrast)
    half = stats.t.ppf(0.975, freedom) * fitted.bse[1]
    assert (low, value, high) == pytest.approx(
        (fitted.params[1] - half, fitted.params[1], fitted.params[1] + half), rel=1e-6, abs=1e-7
    )


@given(panels(), VALUES, st.integers(1, 20))
def test_a_constant_changes_nothing_and_another_measure_all_alike(
    panel: Panel, constant: float, factor: int
) -> None:
    found = ends(difference(panel).contrast)
    moved = Panel(panel.values + constant, panel.pilot, panel.phase)
    scaled = Panel(panel.values * factor, panel.pilot, panel.phase)
    assert ends(difference(moved).contrast) == pytest.approx(found, rel=1e-6, abs=1e-7)
    assert ends(difference(scaled).contrast) == pytest.approx(
        tuple(factor * end for end in found), rel=1e-6, abs=1e-7
    )


@given(panels())
def test_groups_that_change_places_turn_it_round(panel: Panel) -> None:
    low, value, high = ends(difference(panel).contrast)
    turned = difference(Panel(panel.values, ~panel.pilot, panel.phase))
    assert ends(turned.contrast) == pytest.approx((-high, -value, -low))


@given(panels(), st.lists(VALUES, min_size=len(PHASES), max_size=len(PHASES)))
def test_what_moves_everybody_alike_is_not_the_pilots(panel: Panel, tide: list[float]) -> None:
    lifted = Panel(panel.values + np.array(tide), panel.pilot, panel.phase)
    assert ends(difference(lifted).contrast) == pytest.approx(
        ends(difference(panel).contrast), rel=1e-6, abs=1e-7
    )


@given(panels(), VALUES)
def test_the_period_that_is_neither_does_not_count(panel: Panel, value: float) -> None:
    values = panel.values.copy()
    values[:, panel.phase == NEITHER] = value
    assert difference(Panel(values, panel.pilot, panel.phase)) == difference(panel)


def test_it_says_what_is_behind_it() -> None:
    """Pilot: 10 to 14 and 12 to 18; comparison: 10 to 11 and 20 to 23. (4 + 6) / 2 - (1 + 3) / 2 = 3."""
    panel = panel_of([[9, 11, 14], [12, NO, 18], [10, 10, 11], [20, 20, 23]], 2, [BEFORE, BEFORE, AFTER])
    found = difference(panel)
    assert (found.pilot.n, found.pilot.before, found.pilot.after, found.pilot.change) == (2, 11, 16, 5)
    assert (found.comparison.before, found.comparison.after, found.comparison.change) == (15, 17, 2)
    assert found.pilot.sd == pytest.approx(math.sqrt(2))
    low, value, high = ends(found.contrast)
    assert value == 3
    # Both variances are 2 of 2 units: standard error sqrt(2), 2 degrees of freedom, t 4.302653.
    assert (low, high) == pytest.approx((3 - 4.302653 * math.sqrt(2), 3 + 4.302653 * math.sqrt(2)), rel=1e-6)
    assert (found.contrast.is_clear, found.is_of_few, found.left_out) == (False, True, 0)


def test_units_without_both_sides_are_left_out_and_counted() -> None:
    rows = [[1, 2.0], [1, 4], [NO, 9], [1, 1], [1, 2], [5, NO], [NO, NO]]
    found = difference(panel_of(rows, 3, [BEFORE, AFTER]))
    assert (found.pilot.n, found.comparison.n, found.left_out) == (2, 2, 3)
    assert found.contrast.value == pytest.approx(1.5)
    without = [row for row in rows if NO not in row and not any(map(math.isnan, row))]
    assert found.contrast == difference(panel_of(without, 2, [BEFORE, AFTER])).contrast


@pytest.mark.parametrize(
    ("rows", "pilots", "value"),
    [
        ([[1.0, 2.0], [1, 1], [2, 2]], 1, 1.0),  # one unit in a group
        ([[1.0, 2.0], [1, 2], [2, 2], [3, 3]], 2, 1.0),  # no unit differs from its group
        ([[0.1, 0.3], [1.1, 1.3], [2.1, 2.2], [3.1, 3.2]], 2, 0.1),  # nor does it but for rounding
        ([[1.0, 2.0]], 1, None),  # nothing to compare with
        ([[NO, 2.0], [1, 2]], 1, None),
        ([], 0, None),
    ],
)
def test_without_units_or_spread_there_is_no_interval(
    rows: list[list[float]], pilots: int, value: float | None
) -> None:
    panel = Panel(
        np.array(rows, dtype=float).reshape(-1, 2), np.arange(len(rows)) < pilots, np.array([-1, 1])
    )
    found = difference(panel).contrast
    assert (found.low, found.high, found.is_clear) == (None, None, False)
    assert found.value == (None if value is None else pytest.approx(value))


@given(panels())
def test_the_trend_before_is_that_of_numpys_slopes(panel: Panel) -> None:
    before = panel.values[:, panel.phase == BEFORE]
    slopes = np.polyfit(np.arange(before.shape[1]), before.T, 1)[0]
    pilot, comparison = slopes[panel.pilot], slopes[~panel.pilot]
    found = trend_before(panel)
    assert found is not None
    assert found.value == pytest.approx(pilot.mean() - comparison.mean(), abs=1e-7)
    if found.low is None:
        assert max(np.ptp(pilot), np.ptp(comparison)) < 1e-7
    else:
        expected = stats.ttest_ind(pilot, comparison, equal_var=False).confidence_interval(0.95)
        assert ends(found)[::2] == pytest.approx((expected.low, expected.high), rel=1e-5, abs=1e-6)


def test_a_trend_needs_three_periods_and_units_three_values() -> None:
    assert trend_before(panel_of([[1, 2, 9], [1, 1, 1]], 1, [BEFORE, BEFORE, AFTER])) is None
    # A gap counts as a step: 1, -, 3, 4 rises by 1 a period. The second unit has too few values.
    rows = [[1, NO, 3, 4, 9], [9, NO, NO, 1, 9], [2, 2, 2, 2, 9]]
    found = trend_before(panel_of(rows, 2, [BEFORE] * 4 + [AFTER]))
    assert found is not None
    assert (found.value, found.low) == (pytest.approx(1), None)


def test_the_picture_is_of_the_units_that_count() -> None:
    rows = [[1, 2, 3.0], [3, NO, 5], [NO, 50, 50], [4, NO, 4], [NO, NO, NO]]
    pilot, comparison = means_by_period(panel_of(rows, 3, [BEFORE, NEITHER, AFTER]))
    assert (pilot, comparison) == ([2, 2, 4], [4, None, 4])


@pytest.mark.parametrize(
    ("values", "pilot", "phase"),
    [
        ([[1.0]], [True, False], [-1]),
        ([[1.0, 2.0]], [True], [-1]),
        ([[math.inf]], [True], [1]),
        ([[1.0]], [True], [2]),
    ],
)
def test_what_is_no_panel_is_refused(values: list[list[float]], pilot: list[bool], phase: list[int]) -> None:
    with pytest.raises(ValueError, match=r"panel|period"):
        Panel(np.array(values), np.array(pilot), np.array(phase))


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_confidence_lies_between_nothing_and_certainty(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        difference(panel_of([[1.0, 2.0], [1, 1]], 1, [BEFORE, AFTER]), confidence=confidence)
