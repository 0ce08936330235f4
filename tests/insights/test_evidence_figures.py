"""What a self-study tells of people, and which year it is about."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from insights.evidence_figures import counted, people_counted, people_shared, things_shared
from insights.self_study_years import YEARS, study_year, study_years


class TestFigures:
    def test_a_share_has_wilsons_interval_where_it_is_a_statistic(self) -> None:
        found = people_shared("With a mentor", 12, 40, is_statistic=True)
        expected = stats.binomtest(12, 40).proportion_ci(method="wilson")
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
        assert found.words == "12 of 40, 30 % · 95 % interval 18 to 45 %"
        assert people_shared("With a mentor", 12, 40).words == "12 of 40, 30 %"

    @pytest.mark.parametrize(
        ("part", "whole", "words"),
        [
            (0, 0, "none to count"),
            (0, 4, "not told: fewer than 5 people"),
            (4, 4, "not told: fewer than 5 people"),
            (3, 40, "fewer than 5 of 40"),
            (37, 40, "all but fewer than 5 of 40"),
            (0, 40, "0 of 40, 0 %"),
            (40, 40, "40 of 40, 100 %"),
            (5, 10, "5 of 10, 50 %"),
            (3, 6, "fewer than 5 of 6"),
        ],
    )
    def test_nobody_of_a_few_is_told(self, part: int, whole: int, words: str) -> None:
        assert people_shared("Mentored", part, whole).value == words

    @given(st.integers(0, 60), st.integers(0, 60))
    def test_no_number_is_about_fewer_than_five(self, part: int, rest: int) -> None:
        found = people_shared("Mentored", part, part + rest, is_statistic=True)
        if found.count is None:
            assert found.low is None
        else:
            assert all(each == 0 or each >= 5 for each in (found.count, (found.n or 0) - found.count))

    def test_counts_of_people_are_of_five_or_of_nobody(self) -> None:
        assert people_counted("Sponsors", 4).count is None
        assert people_counted("Sponsors", 5).words == "5"
        assert people_counted("Sponsors", 0).words == "0"
        assert (
            people_counted("Sessions", 40, people=4, note="60 hours").words == "not told: fewer than 5 people"
        )
        assert people_counted("Sessions", 40, people=5, note="60 hours").words == "40 · 60 hours"

    def test_things_are_told_as_they_are(self) -> None:
        assert counted("Surveys", 1).words == "1"
        assert things_shared("With a pool", 1, 3, note="in May").words == "1 of 3, 33 % · in May"
        assert things_shared("With a pool", 0, 0).words == "none"


class TestYears:
    def test_a_calendar_year(self) -> None:
        year = study_year(2026, 1)
        assert (year.first, year.last, year.label) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31), "2026")

    def test_an_academic_year_ends_in_the_next(self) -> None:
        year = study_year(2099, 7)
        assert (year.first, year.last, year.label) == (dt.date(2099, 7, 1), dt.date(2100, 6, 30), "2099/00")

    @pytest.mark.parametrize(
        ("day", "begins"), [((2026, 6, 30), 2025), ((2026, 7, 1), 2026), ((2026, 12, 31), 2026)]
    )
    def test_today_is_in_the_newest(self, day: tuple[int, int, int], begins: int) -> None:
        found = study_years(dt.date(*day), 7)
        assert [each.first.year for each in found] == list(range(begins, begins - YEARS, -1))
        assert found[0].holds(dt.date(*day))

    def test_it_is_told_as_of_its_last_day_or_of_today(self) -> None:
        year = study_year(2025, 7)
        assert year.day(dt.date(2026, 3, 1)) == dt.date(2026, 3, 1)
        assert year.day(dt.date(2027, 3, 1)) == dt.date(2026, 6, 30)
