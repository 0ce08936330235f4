"""What is told of groups: the intervals of coarse figures, and their words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.fairness import Group, mean_interval, mean_range, share_interval, share_range
from mentoring.figures.fairness import FairnessReport, Figure, figures_of
from surveys.distributions import wilson_interval
from web.charts import Chart

PLAIN = Group("women", 20, 50, 10, 4.0, False, 2.5, 1.5, 4.0)


def changed(**values: object) -> Group:
    return Group(**{name: values.get(name, getattr(PLAIN, name)) for name in Group.__slots__})  # type: ignore[arg-type]  # any field


def words_of(group: Group) -> list[tuple[str, str, str]]:
    return [(each.n, each.words, each.interval) for each in figures_of(group, spread=1.0)]


@pytest.mark.parametrize(
    ("share", "people", "ends"),
    [
        (50, 10, (45, 55)),
        (10, 10, (0, 15)),
        (90, 10, (85, 100)),
        (20, 5, (0, 25)),
        (80, 5, (75, 100)),
        (20, 10, (15, 25)),
    ],
)
def test_a_share_lies_within_half_a_step_or_at_an_end(share: int, people: int, ends: tuple[int, int]) -> None:
    assert share_range(share, people) == ends


def test_an_interval_of_a_share_by_hand() -> None:
    """Wilson of 45 % and 55 % of 20: (9 + 1.920729) / 23.841459 ± 0.201283 and its mirror image."""
    assert share_interval(50, 20) == pytest.approx((25.82, 74.18), abs=0.01)
    assert share_interval(10, 20)[0] == 0
    assert share_interval(90, 20)[1] == 100


@given(people=st.integers(5, 200), data=st.data())
def test_an_interval_of_a_share_holds_the_exact_one(people: int, data: st.DataObject) -> None:
    had = data.draw(st.integers(0, people))
    least = 10 if people >= 10 else 20
    told = min(100 - least, max(least, 10 * int(10 * had / people + 0.5)))
    low, high = share_interval(told, people // 5 * 5)
    exact = wilson_interval(np.array(had), np.array(people))
    assert low <= 100 * exact.low + 1e-9
    assert high >= 100 * exact.high - 1e-9


def test_an_interval_of_a_mean_by_hand() -> None:
    """Student's 97.5 % point of 9 degrees is 2.262157: 4 ± (0.125 + 2.262157 / sqrt(10)); of 4 degrees
    2.776445. Never below 1 or above 5."""
    assert mean_range(4.0) == (3.875, 4.125)
    assert mean_interval(4.0, 10, 1.0) == pytest.approx((3.875 - 0.715357, 4.125 + 0.715357))
    assert mean_interval(4.5, 5, 0.5) == pytest.approx((4.375 - 0.620832, 5.0))
    assert mean_interval(1.5, 5, 0.5) == pytest.approx((1.0, 1.625 + 0.620832))


def test_figures_are_words_with_their_number_and_interval() -> None:
    assert words_of(PLAIN) == [
        ("20 or more", "about 50 %", "26 to 74 %"),
        ("10 or more", "about 4.00", "3.2 to 4.8"),
        ("20 or more", "up to 2.5", "1.5 to 4.0"),
    ]


@pytest.mark.parametrize(
    ("group", "place", "words", "interval"),
    [
        (changed(share=90), 0, "85 % or more", "64 to 100 %"),
        (changed(share=20, people=5), 0, "25 % or fewer", "0 to 66 %"),
        (changed(satisfaction=4.5), 1, "4.38 or more", "3.7 to 5.0"),
        (changed(satisfaction=1.5), 1, "1.63 or less", "1.0 to 2.3"),
        (
            changed(satisfaction=None, raters=None),
            1,
            "not shown: fewer than 5 rated, here or in a group that could be worked out",
            "",
        ),
        (changed(high=None), 2, "up to 2.5", "1.5 or more"),
        (
            changed(waiting=True, median=None, high=None),
            2,
            "not reached: by the estimate more than half still wait",
            "1.5 or more",
        ),
        (
            changed(median=None, low=None, high=None),
            2,
            "not shown: rests on fewer than 5 roles",
            "",
        ),
        (
            changed(waiting=True, median=None, low=None, high=None),
            2,
            "not reached: by the estimate more than half still wait",
            "not reached",
        ),
    ],
)
def test_ends_of_scales_and_what_is_not_known_are_said(
    group: Group, place: int, words: str, interval: str
) -> None:
    assert words_of(group)[place][1:] == (words, interval)


def test_the_file_has_each_cell_with_its_definition() -> None:
    report = FairnessReport({"gender": [PLAIN]}, spread=1.0)
    rows = report.rows()
    assert [row[:3] for row in rows] == [
        ["Gender", "women", "With a chair sponsor"],
        ["Gender", "women", "Satisfaction as a mentee, 1 to 5"],
        ["Gender", "women", "Years to the first titled role"],
    ]
    assert rows[2][3:6] == ["20 or more", "up to 2.5", "1.5 to 4.0"]
    assert "Kaplan and Meier" in rows[2][6]


def test_a_measure_that_is_hidden_everywhere_has_no_chart() -> None:
    report = FairnessReport({"gender": [changed(satisfaction=None, raters=None)]}, spread=1.0)
    [(_label, groups, charts), nothing] = report.aspects()
    assert [measure.key for measure, _chart in charts] == ["chair_sponsor", "first_role"]
    assert all(isinstance(chart, Chart) for _measure, chart in charts)
    assert isinstance(groups[0][1][1], Figure)
    assert nothing == ("Ethnicity", [], [])
