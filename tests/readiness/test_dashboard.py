"""What is shown, and what is held back: pure functions."""

from __future__ import annotations

import datetime as dt

import pytest

from readiness.cohorts import QuarterMean, Summary
from readiness.dashboard import dimension_means, for_executives, mean_interval, trend_figure
from readiness.disclosure import may_show, may_show_parts
from readiness.indicators import Career, indicators_of

BINS = (0,) * 10


def summary(people: int, n: int | None = None, dimension_n: tuple[int, ...] | None = None) -> Summary:
    n = people if n is None else n
    bins = (*BINS[:9], n)
    return Summary(
        people, n, 95.0, 1.0, 0, people - n, dimension_n or (n,) * 5, (95.0,) * 5, (2.0,) * 5, bins
    )


@pytest.mark.parametrize(("people", "shown"), [(0, False), (4, False), (5, True), (9, True)])
def test_a_number_is_about_at_least_five(people: int, shown: bool) -> None:
    assert may_show(people) is shown


def test_a_distribution_has_no_small_part() -> None:
    assert may_show_parts((0, 5, 9))
    assert not may_show_parts((0, 4, 9))


def test_executives_get_nothing_of_a_few() -> None:
    held_back = for_executives(summary(4))
    assert (held_back.people, held_back.mean, set(held_back.dimension_means)) == (0, None, {None})


def test_executives_get_a_dimension_only_with_enough_people_known_in_it() -> None:
    some = summary(20, dimension_n=(20, 4, 20, 16, 15))
    shown = for_executives(some)
    assert shown.dimension_means == (95.0, None, 95.0, 95.0, 95.0)
    assert shown.dimension_sds == (2.0, None, 2.0, 2.0, 2.0)


def test_each_dimension_has_its_interval() -> None:
    chart = dimension_means(summary(20, dimension_n=(20, 1, 20, 20, 20)))
    assert chart.table is not None
    first, second, *_others = chart.table.rows
    assert first[1:3] == ["95.0", "94.1 to 95.9"]
    assert second[2] == "–"


def test_executives_get_no_state_of_a_few() -> None:
    some = Summary(20, 18, 80.0, 5.0, 3, 2, (20,) * 5, (80.0,) * 5, (2.0,) * 5, (*BINS[:8], 18, 0))
    shown = for_executives(some)
    assert (shown.flagged, shown.insufficient) == (0, 0)


def test_the_interval_of_a_mean() -> None:
    interval = mean_interval(4, 50.0, 10.0)
    assert interval is not None
    assert interval.low == pytest.approx(50 - 3.182446 * 10 / 2, abs=1e-4)  # t table, 3 degrees of freedom
    assert mean_interval(1, 50.0, None) is None
    top = mean_interval(2, 99.0, 50.0)
    assert top is not None
    assert (top.low, top.high) == (0.0, 100.0)


def test_a_trend_needs_two_quarters() -> None:
    one = [QuarterMean("2026Q2", 5, 60.0, 3.0)]
    assert trend_figure(one) is None
    figure = trend_figure([*one, QuarterMean("2026Q3", 6, 64.0, 3.0)])
    assert figure is not None
    assert [row[0] for row in figure.table.rows] == ["Q2 2026", "Q3 2026"]


ENTRY, TODAY = dt.date(2022, 1, 1), dt.date(2026, 1, 1)


def test_retention_counts_leavers_and_velocity_first_roles() -> None:
    careers = {
        Career(ENTRY): 8,
        Career(ENTRY, dt.date(2023, 7, 1)): 2,
        Career(ENTRY, None, dt.date(2024, 1, 1)): 10,
    }
    found = indicators_of(careers, today=TODAY)
    assert [share.share for share in found.retention] == [1.0, pytest.approx(0.9), pytest.approx(0.9)]
    assert found.velocity is not None
    assert (found.velocity.n, found.velocity.events) == (20, 10)
    assert found.velocity.median == pytest.approx(2.0, abs=0.01)


def test_fewer_than_five_give_no_indicator() -> None:
    found = indicators_of({Career(ENTRY): 4}, today=TODAY)
    assert (found.n, found.retention, found.velocity) == (4, (), None)


def test_dates_to_come_do_not_count_yet() -> None:
    future = dt.date(2027, 1, 1)
    found = indicators_of({Career(ENTRY, future, future): 6}, today=TODAY)
    assert [share.share for share in found.retention] == [1.0, 1.0, 1.0]
    assert found.velocity is not None
    assert found.velocity.events == 0


def test_the_last_day_of_work_is_a_day_of_work() -> None:
    entry = dt.date(2023, 2, 1)  # 35 months before
    careers = {Career(ENTRY): 8, Career(entry, TODAY): 2}
    on_it = indicators_of(careers, today=TODAY)
    assert [share.share for share in on_it.retention] == [1.0, 1.0, 1.0]
    after_it = indicators_of(careers, today=TODAY + dt.timedelta(days=1))
    assert [share.share for share in after_it.retention] == [1.0, 1.0, pytest.approx(0.8)]


def test_velocity_of_the_trained_counts_from_completion_of_training() -> None:
    done = dt.date(2023, 1, 1)
    careers = {
        Career(ENTRY, None, dt.date(2024, 1, 1), done, dt.date(2024, 1, 1)): 6,
        Career(ENTRY, dt.date(2023, 7, 1), None, done): 2,  # left while waiting
        Career(ENTRY): 9,  # still in training
        Career(ENTRY, None, None, dt.date(2026, 7, 1)): 1,  # will have completed it
    }
    found = indicators_of(careers, today=TODAY)
    assert found.velocity_of_trained is not None
    assert (found.velocity_of_trained.n, found.velocity_of_trained.events) == (8, 6)
    assert found.velocity_of_trained.median == pytest.approx(1.0, abs=0.01)


def test_fewer_than_five_trained_give_no_velocity() -> None:
    careers = {Career(ENTRY): 9, Career(ENTRY, None, None, ENTRY): 4}
    found = indicators_of(careers, today=TODAY)
    assert found.velocity is not None
    assert found.velocity_of_trained is None
