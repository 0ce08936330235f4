"""Which groups may be shown, however many answered."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.enums import Source
from sponsors.rater_groups import FEWEST, groups_shown

COWORKER, REPORT, COLLEAGUE = Source.COWORKER, Source.REPORT, Source.COLLEAGUE
ANSWERS = st.dictionaries(st.sampled_from([COWORKER, REPORT, COLLEAGUE]), st.integers(0, 8))


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({COWORKER: 3, REPORT: 4}, {COWORKER: COWORKER, REPORT: REPORT}),
        ({COWORKER: 3, REPORT: 0}, {COWORKER: COWORKER}),
        ({COWORKER: 5, REPORT: 2}, {COWORKER: COLLEAGUE, REPORT: COLLEAGUE}),
        ({COWORKER: 1, REPORT: 1, COLLEAGUE: 1}, dict.fromkeys([COWORKER, REPORT, COLLEAGUE], COLLEAGUE)),
        ({COWORKER: 1, REPORT: 1}, {}),
        ({}, {}),
    ],
)
def test_groups_stand_alone_together_or_not_at_all(
    answers: dict[Source, int], shown: dict[Source, Source]
) -> None:
    assert groups_shown(answers) == shown


@given(ANSWERS)
def test_no_group_that_is_shown_is_smaller_than_the_fewest(answers: dict[Source, int]) -> None:
    shown = groups_shown(answers)
    sizes: Counter[Source] = Counter()
    for source, group in shown.items():
        sizes[group] += answers[source]
    assert all(size >= FEWEST for size in sizes.values())
    # Everybody is in it, or nobody: what is left out cannot be had by taking away what is shown.
    assert sum(sizes.values()) in {0, sum(answers.values())}
    if sum(answers.values()) >= FEWEST:
        assert sizes
