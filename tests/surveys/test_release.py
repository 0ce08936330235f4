"""Which cells of a wave may be published, before they are coded and attacked."""

from __future__ import annotations

import numpy as np

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
        Question("f1", ItemPart.OUTCOME, "fulfilment", 1, 5),
        Question("f2", ItemPart.OUTCOME, "fulfilment", 1, 5),
    ),
    minimum_answered=2,
)


def release_of(parent: list[int], sizes: list[int], *, threshold: int = 5) -> Release:
    rng = np.random.default_rng(1)
    units = np.repeat(np.arange(len(sizes)), sizes)
    answers = rng.integers(1, 6, (len(units), 5)).astype(float)
    sums = sums_of(QUESTIONNAIRE, answers, units, len(sizes))
    return plan_release(np.array(parent), sums, QUESTIONNAIRE, threshold=threshold)


def test_everybody_is_a_cell_above_all_roots() -> None:
    assert release_of([-1, -1], [6, 7]).state.tolist() == [CellState.PUBLISHED] * 3


def test_breakdowns_need_ten_and_never_fewer_than_the_threshold() -> None:
    assert release_of([-1, -1], [9, 30]).items[0].tolist() == [False, True, False]
    assert release_of([-1], [14], threshold=15).state.tolist() == [CellState.TOO_SMALL] * 2
    release = release_of([-1, -1], [16, 15], threshold=16)
    assert release.published.tolist() == [False, False, True]  # 31 minus 16 would be the 15
    assert not release.items[0].any()


def test_a_mean_of_several_questions_is_shown_from_the_threshold_one_question_from_ten() -> None:
    behaviour, _, one_question, several = release_of([-1, -1], [6, 7]).scales
    assert behaviour.tolist() == one_question.tolist() == [False] * 3
    assert several.tolist() == [True, True, False]
    assert release_of([-1, -1], [16, 17]).scales[2].tolist() == [True, True, False]


def test_agreement_of_withheld_cells_is_unknown() -> None:
    release = release_of([-1, -1, -1], [30, 8, 3])
    assert release.published.tolist() == [True, False, False, True]
    assert np.isnan(release.agreement).tolist() == [False, True, True, False]


def test_bins_have_whole_edges_where_possible() -> None:
    scales = ((12, 60), (11, 55), (2, 10), (9, 45), (0, 7))
    assert [bin_count(*scale) for scale in scales] == [12, 11, 8, 12, 10]
