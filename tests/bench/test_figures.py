import pytest

from bench.figures import Figure, ratios_of


def test_ratios_are_taken_run_by_run() -> None:
    assert ratios_of([1.0, 2.0, 4.0], [2.0, 2.0, 2.0]) == [2.0, 1.0, 0.5]


@pytest.mark.parametrize(("baseline", "candidate"), [([], []), ([1.0], [1.0, 2.0])])
def test_ratios_of_unequal_lists_are_refused(baseline: list[float], candidate: list[float]) -> None:
    with pytest.raises(ValueError, match="equally often"):
        ratios_of(baseline, candidate)


def test_a_figure_of_times_is_the_median_of_the_ratios_not_the_ratio_of_medians() -> None:
    figure = Figure.of_times("x", [1.0, 10.0, 100.0], [3.0, 10.0, 50.0], target=1.1, limit=2.0)
    assert (figure.median, figure.low, figure.high, figure.runs) == (1.0, 0.5, 3.0, 3)


@pytest.mark.parametrize(
    ("median", "target", "limit", "verdict"),
    [
        (1.0, 1.0, 2.0, "holds"),
        (1.5, 1.0, 2.0, "misses the target"),
        (2.0, 1.0, 2.0, "misses the target"),
        (2.1, 1.0, 2.0, "fails"),
        (9.0, None, None, "told"),
        (1.0, None, 0.0, "fails"),
        (0.0, None, 0.0, "holds"),
    ],
)
def test_the_verdict_says_what_became_of_target_and_limit(
    median: float, target: float | None, limit: float | None, verdict: str
) -> None:
    assert Figure("x", median, median, median, 1, target, limit).verdict == verdict
