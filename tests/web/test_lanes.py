"""Lanes of time: where bars are drawn, and where they are cut."""

from __future__ import annotations

import datetime as dt
import re

from web.charts import Lane, Stretch, YearAxis, lanes


def test_an_axis_divides_whole_years_by_seven_ticks_at_most() -> None:
    assert YearAxis(2021, 2027).ticks == [2021, 2022, 2023, 2024, 2025, 2026, 2027]
    assert YearAxis(2021, 2034).ticks == [2021, 2023, 2025, 2027, 2029, 2031, 2033]


def test_a_day_outside_the_axis_is_at_its_end() -> None:
    axis = YearAxis(2024, 2024)
    days = (dt.date(2000, 1, 1), dt.date(2024, 1, 1), dt.date(2024, 7, 2), dt.date(2030, 1, 1))
    assert [axis.place(day) for day in days] == [0, 0, 50, 100]


def test_stretches_stand_where_their_days_are_and_in_the_table() -> None:
    row = Lane(
        "Dean <1>",
        [
            Stretch("Ada", dt.date(2020, 1, 1), dt.date(2024, 7, 2), "quiet"),
            Stretch("Eli", dt.date(2024, 7, 2), dt.date(2026, 1, 1)),
        ],
        note="Eli",
        words="1 Jan 2026",
    )
    chart = lanes("Terms", [row], axis=YearAxis(2024, 2025), today=dt.date(2025, 1, 1))
    bars = re.findall(r'<rect x="([\d.]+)" width="([\d.]+)" height="100" class="([^"]+)"', chart.markup)
    assert bars == [("0", "24.63", "bar quiet"), ("25.03", "74.57", "bar")]
    assert "M50.07 0V100" in chart.markup
    assert "Dean &lt;1&gt;" in chart.markup
    assert chart.table is not None
    assert [cells[1] for cells in chart.table.rows] == ["Ada", "Eli"]
