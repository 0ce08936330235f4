"""The release of a wave: nothing in it depends on a cell that is withheld."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.disclosure import CellState
from surveys.enums import ItemPart
from surveys.questionnaire import Question, Questionnaire
from surveys.release import Release, bin_count, plan_release
from tests.surveys.sums import sums_of

QUESTIONNAIRE = Questionnaire(
    (
        Question("q1", ItemPart.INDEX, "a", 1, 5),
        Question("q2", ItemPart.INDEX, "b", 1, 5),
        Question("o", ItemPart.OUTCOME, "burnout", 1, 5),
    ),
    minimum_answered=2,
)


def release_of(parent: list[int], sizes: list[int], *, seed: int = 1, threshold: int = 5) -> Release:
    rng = np.random.default_rng(seed)
    units = np.repeat(np.arange(len(sizes)), sizes)
    answers = rng.integers(1, 6, (len(units), 3)).astype(float)
    return plan_release(
        np.array(parent),
        sums_of(QUESTIONNAIRE, answers, units, len(sizes)),
        QUESTIONNAIRE,
        threshold=threshold,
    )


def test_everybody_is_a_cell_above_all_roots() -> None:
    release = release_of([-1, -1], [6, 7])
    assert release.state.tolist() == [CellState.PUBLISHED] * 3
    assert release.statistics.n.tolist() == [6, 7, 13]
    assert release.lowest.tolist() == [True, True, False]


def test_a_unit_counts_the_people_below_it() -> None:
    release = release_of([-1, 0, 0], [0, 12, 15])
    assert release.statistics.n.tolist() == [27, 12, 15, 27]
    assert release.histogram.counts.sum(axis=1).tolist() == [27, 12, 15, 27]
    assert [item.counts.sum(axis=1).tolist() for item in release.items] == [[27, 12, 15, 0]] * 3


def test_breakdowns_need_ten_and_never_fewer_than_the_threshold() -> None:
    assert release_of([-1, -1], [9, 30]).items[0].published.tolist() == [False, True, False]
    assert release_of([-1], [14], threshold=15).state.tolist() == [CellState.TOO_SMALL] * 2
    release = release_of([-1, -1], [16, 15], threshold=16)
    assert release.published.tolist() == [False, False, True]  # 31 minus 16 would be the 15
    assert not release.items[0].published.any()


def test_outcomes_are_shown_from_the_threshold() -> None:
    behaviour, _, outcome = release_of([-1, -1], [6, 7]).scales
    assert behaviour.published.tolist() == [False] * 3
    assert outcome.published.tolist() == [True, True, False]


def test_few_units_are_neither_shrunk_nor_correlated() -> None:
    release = release_of([-1] * 7, [20] * 7)
    assert release.shrinkage is None
    assert release.correlation is None
    release = release_of([-1] * 8, [20] * 8)
    assert release.shrinkage is not None
    assert release.correlation is not None
    assert release.shrunken.tolist() == [*range(8), -1]


def figures(release: Release) -> list[object]:
    """Everything of a release that is ever written."""
    shown = release.published
    statistics = release.statistics
    parts: list[object] = [release.state.tolist()]
    for values in (statistics.n, statistics.mean, statistics.sd, statistics.se, release.agreement):
        parts.append(np.where(shown, np.nan_to_num(values), 0).round(9).tolist())
    parts += [float(np.nan_to_num(statistics.pooled_sd)), release.correlation]
    for item in (release.histogram, *release.items):
        parts.append(item.counts.tolist())
    for scale in release.scales:
        parts.append(np.where(scale.published, np.nan_to_num(scale.statistics.mean), 0).round(9).tolist())
    if release.shrinkage is not None:
        parts += [release.shrinkage.estimate.tolist(), release.shrinkage.band.tolist()]
    return parts


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 14), min_size=2, max_size=10),
    st.integers(0, 2**16),
    st.data(),
)
def test_moving_answers_between_withheld_units_changes_nothing(
    sizes: list[int], seed: int, data: st.DataObject
) -> None:
    """Swap the answers of two people in different withheld units of one parent: no figure tells."""
    parent = np.array([-1] + [0] * (len(sizes) - 1))
    rng = np.random.default_rng(seed)
    units = np.repeat(np.arange(len(sizes)), sizes)
    answers = rng.integers(1, 6, (len(units), 3)).astype(float)
    release = plan_release(
        parent, sums_of(QUESTIONNAIRE, answers, units, len(sizes)), QUESTIONNAIRE, threshold=5
    )
    withheld = [place for place in np.flatnonzero(~release.published[:-1]) if sizes[place] and place]
    if len(withheld) < 2:
        return
    first, second = data.draw(st.permutations(withheld))[:2]
    swapped = answers.copy()
    one, other = int(np.argmax(units == first)), int(np.argmax(units == second))
    swapped[[one, other]] = answers[[other, one]]
    again = plan_release(
        parent, sums_of(QUESTIONNAIRE, swapped, units, len(sizes)), QUESTIONNAIRE, threshold=5
    )
    assert figures(again) == figures(release)


def test_bins_have_whole_edges_where_possible() -> None:
    assert [bin_count(*scale) for scale in ((12, 60), (11, 55), (2, 10), (9, 45), (0, 7))] == [
        12,
        11,
        8,
        12,
        10,
    ]


def test_withheld_cells_are_masked() -> None:
    release = release_of([-1, -1, -1], [30, 8, 3])
    assert release.published.tolist() == [True, False, False, True]
    assert release.statistics.n.tolist() == [30, 0, 0, 41]
    assert np.isnan(release.agreement[1:3]).all()
    assert release.items[0].counts[1:3].tolist() == [[0] * 5] * 2
