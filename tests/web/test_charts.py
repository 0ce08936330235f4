"""The numbers in the drawings are the numbers that went in."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.charts import (
    Axis,
    Bar,
    Bin,
    Estimate,
    Names,
    Place,
    Point,
    Shift,
    Span,
    bars,
    frontier,
    gauge,
    heat_map,
    histogram,
    intervals,
    radar,
    schedule,
    shifts,
    sparkline,
    trend,
)
from web.charts.heat import tint
from web.charts.model import shown
from web.charts.radar import CENTRE_X, CENTRE_Y, RADIUS
from web.charts.scale import part_of_scale, scale_of
from web.charts.schedule import TimeAxis

FIVE = [Axis("Up", 100, 50), Axis("B", 50, 50), Axis("C", 0, 50), Axis("D", 25, 50), Axis("E", 75, 50)]


def parse(markup: str) -> ElementTree.Element:
    """Well-formed, so that no text or attribute escaped its place."""
    return ElementTree.fromstring(markup)  # noqa: S314 - our own markup


def test_radar_puts_the_first_axis_on_top_and_full_values_on_the_outer_ring() -> None:
    polygon = next(node for node in parse(radar("R", FIVE).markup) if node.get("class") == "series you")

    corners = [tuple(map(float, pair.split(","))) for pair in polygon.attrib["points"].split()]

    assert corners[0] == (CENTRE_X, CENTRE_Y - RADIUS)
    assert corners[2] == (CENTRE_X, CENTRE_Y)
    distances = [((x - CENTRE_X) ** 2 + (y - CENTRE_Y) ** 2) ** 0.5 for x, y in corners]
    assert distances == pytest.approx([100, 50, 0, 25, 75], abs=0.02)


def test_radar_leaves_a_gap_for_a_value_that_is_not_known() -> None:
    chart = radar("R", [Axis("A", 50), Axis("B", None), Axis("C", 50), Axis("D", 50)])

    svg = parse(chart.markup)
    path = next(node for node in svg if node.get("class") == "series you open")

    assert path.attrib["d"].count("M") == 2
    assert sum(node.get("class") == "vertex" for node in svg) == 3
    assert chart.table is not None
    assert chart.table.rows[1] == ["B", "–"]


def test_radar_table_and_legend_hold_both_series() -> None:
    chart = radar("R", FIVE, you="You", other="Cohort median")

    assert chart.table is not None
    assert chart.table.head == ["Dimension", "You", "Cohort median"]
    assert chart.table.rows[0] == ["Up", "100", "50"]
    assert [key.label for key in chart.legend] == ["You", "Cohort median"]


def test_radar_escapes_labels() -> None:
    markup = radar('"><script>', [Axis("<b>", 1), Axis("&", 2), Axis("'", 3)]).markup

    assert "<script>" not in markup
    assert "<b>" not in markup
    assert parse(markup).attrib["aria-label"].startswith('"><script>')


def test_radar_needs_three_axes() -> None:
    with pytest.raises(ValueError, match="three"):
        radar("R", FIVE[:2])


def test_gauge_fills_the_share_of_the_arc() -> None:
    svg = parse(gauge("Score", 72, target=75).markup)

    fill = next(node for node in svg if node.get("class") == "fill")

    assert fill.attrib["stroke-dasharray"] == "72 200"
    assert svg.attrib["aria-label"] == "Score: 72 of 100, target 75"


def test_gauge_target_at_the_middle_is_on_top() -> None:
    ring = next(node for node in parse(gauge("Score", 10, target=50).markup) if node.get("class") == "target")

    assert (float(ring.attrib["cx"]), float(ring.attrib["cy"])) == (120.0, 18.0)


def test_gauge_without_a_value_says_why_and_draws_no_arc() -> None:
    svg = parse(gauge("Score", None).markup)

    assert svg.attrib["aria-label"] == "Score: – not enough evidence"
    assert not [node for node in svg if node.get("class") == "fill"]


def test_trend_draws_values_between_the_ends_of_the_axis() -> None:
    chart = trend("T", [Point("Q1", 0, 0, 50), Point("Q2", 100, 50, 100)], low=0, high=100)

    drawing = next(iter(parse(chart.markup).iter("svg")))

    lines = [node.attrib["d"] for node in drawing if node.get("class") == "line"]
    band = next(node.attrib["points"] for node in drawing if node.get("class") == "band")
    assert lines == ["M25 100L75 0"]
    assert band == "25,50 75,0 75,50 25,100"


def test_trend_can_show_the_part_of_a_scale_that_is_needed_and_says_so() -> None:
    moments = [
        Point("Leader index 2025", 43.0, 42.0, 44.0, short="Oct 2025"),
        Point("2026", 43.4, 42.5, 44.5),
    ]
    whole, part = (trend("T", moments, low=12, high=60, zoom=zoom) for zoom in (False, True))
    assert whole.note == ""
    assert "trend cut" in part.markup
    assert "<span>60</span>" in whole.markup
    assert "<span>60</span>" not in part.markup
    assert part.note.endswith("of 12 to 60. Differences look larger than they are.")
    assert '<span class="">Oct 2025</span>' in part.markup
    assert "Leader index 2025 43.0" in part.markup  # for those who hear it
    assert trend("T", [Point("a", 12), Point("b", 60)], low=12, high=60, zoom=True).note == ""


@given(values=st.lists(st.floats(12, 60), min_size=1))
def test_a_part_of_a_scale_holds_the_values_and_stays_within_it(values: list[float]) -> None:
    scale = part_of_scale(values, low=12, high=60)
    assert 12 <= scale.low <= min(values) <= max(values) <= scale.high <= 60
    assert scale.high - scale.low >= 8 - 1e-9


def test_trend_breaks_line_and_band_where_nothing_is_known() -> None:
    moments = [Point("1", 1, 0, 2), Point("2", None), Point("3", 2, 1, 3), Point("4", 3, 2, 4)]

    markup = trend("T", moments).markup

    line = re.search(r'd="(M[^"]+)" class="line"', markup)
    assert line is not None
    assert line[1].count("M") == 2
    assert markup.count('class="whisker"') == 1
    assert markup.count('class="band"') == 1


def test_trend_shows_few_labels_on_a_phone_and_always_the_last() -> None:
    markup = trend("T", [Point(f"W{i}", i) for i in range(12)]).markup

    labels = re.findall(r'<span class="(minor)?">(W\d+)</span>', markup)
    assert [label for minor, label in labels if not minor] == ["W2", "W5", "W8", "W11"]


def test_bars_are_as_long_as_their_share_of_the_largest() -> None:
    chart = bars("B", [Bar("a", 5), Bar("b", 10), Bar("c", None, "fewer than 5")])

    widths = [node.attrib["width"] for node in parse(chart.markup).iter("rect") if node.get("class") == "bar"]
    assert widths == ["50", "100"]
    assert chart.table is not None
    assert chart.table.rows == [["a", "5", ""], ["b", "10", ""], ["c", "–", "fewer than 5"]]


def test_a_schedule_draws_bars_and_today_where_the_days_are() -> None:
    rows = [
        Span("Chair", dt.date(2026, 1, 1), dt.date(2026, 1, 31), "Done", "ok"),
        Span("Budget", dt.date(2026, 2, 1), dt.date(2026, 3, 31), "To begin", note="Ada"),
    ]

    chart = schedule("S", rows, today=dt.date(2026, 2, 1))

    drawn = [node.attrib for node in parse(chart.markup).iter("rect") if node.get("class") == "bar"]
    assert [float(each["x"]) for each in drawn] == pytest.approx([0, 31 / 90 * 100], abs=0.01)
    assert [float(each["width"]) for each in drawn] == pytest.approx([31 / 90 * 100, 59 / 90 * 100], abs=0.01)
    assert chart.markup.count('d="M34.44 0V100" class="today"') == 2
    assert re.findall(r"<span>(\w+ ?\d*)</span>", chart.markup) == ["Jan 2026", "Feb", "Mar"]
    assert chart.table is not None
    assert [row[0] for row in chart.table.rows] == ["Chair", "Budget"]
    assert chart.table.rows[1][3] == "To begin"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 4000))
def test_an_axis_of_time_holds_its_days_with_at_most_six_ticks(first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days=days)
    axis = TimeAxis(first, last)
    assert 0 <= axis.place(first) <= axis.place(last) < 100
    assert axis.place(last + dt.timedelta(days=1)) <= 100
    assert axis.ticks()[0] == first.replace(day=1)
    assert len(axis.ticks()) <= 6


def test_histogram_heights_are_counts_as_share_of_the_largest() -> None:
    chart = histogram("H", [Bin("12", 0), Bin("16", 5), Bin("20", 10, marked=True)])

    heights = [float(node.attrib["height"]) for node in parse(chart.markup).iter("rect")]
    assert heights == [0, 50, 100]
    assert chart.markup.count("marked") == 1


def test_intervals_place_whisker_dot_and_shrunken_estimate_on_one_axis() -> None:
    rows = [Estimate("U", 36, 24, 48, shrunken=30, n=9), Estimate("V", None, n=3)]

    chart = intervals("I", rows, low=12, high=60)

    assert 'd="M25 50H75" class="whisker"' in chart.markup
    assert 'd="M50 50h0" class="point you"' in chart.markup
    assert 'd="M37.5 18V82" class="shrunken"' in chart.markup
    assert chart.table is not None
    assert chart.table.rows == [["U", "36.0", "24.0 to 48.0", "30.0", "9"], ["V", "–", "–", "–", "3"]]


def test_shifts_draw_the_way_from_now_to_then_and_the_other_one_where_compared() -> None:
    rows = [Shift("A", 20, 70, 60), Shift("B", None, 40, words=("0 of 5", "2 of 5", "–"))]
    names = ("today", "then", "other")

    alone, beside = (
        shifts("S", rows, low=0, high=100, names=names, compared=compared) for compared in (False, True)
    )

    assert 'd="M20 50H70" class="whisker"' in alone.markup
    assert 'd="M20 50h0" class="point before"' in alone.markup
    assert 'd="M60 18V82" class="shrunken"' in beside.markup
    assert alone.table is not None
    assert beside.table is not None
    assert alone.table.rows == [["A", "20.0", "70.0"], ["B", "0 of 5", "2 of 5"]]
    assert beside.table.rows[0] == ["A", "20.0", "70.0", "60.0"]
    assert [len(chart.legend) for chart in (alone, beside)] == [2, 3]


def test_a_frontier_draws_the_way_in_order_and_tells_every_place_in_its_table() -> None:
    chart = frontier(
        "F",
        best=[Place("Best", 80, 60)],
        way=[Place("First", 90, 10), Place("Second", 70, 40)],
        end=Place("Agreed", 60, 50),
        without=Place("Alone", 30, 20),
        names=Names("Yours", "Theirs", "Unbettered", "Offers"),
        low=0,
        high=100,
    )

    assert 'd="M80 40h0" class="point possible"' in chart.markup
    assert 'd="M90 90L70 60" class="line"' in chart.markup
    assert 'd="M30 100V0M0 80H100" class="aim"' in chart.markup
    assert 'd="M60 50h0" class="point you end"' in chart.markup
    assert "Agreed 60.0 and 50.0" in chart.markup
    assert chart.table is not None
    assert [row[0] for row in chart.table.rows] == ["First", "Second", "Agreed", "Alone", "Best"]
    assert [key.label for key in chart.legend] == ["Unbettered", "Offers", "Agreed", "Alone"]


def test_heat_map_tints_by_seven_equal_steps() -> None:
    assert [tint(value, 0, 70) for value in (0, 9.9, 10, 35, 69, 70, 900, -5)] == [
        "heat-0", "heat-0", "heat-1", "heat-3", "heat-6", "heat-6", "heat-6", "heat-0",
    ]  # fmt: skip
    markup = heat_map("H", ["a"], [("r", [None])]).markup
    assert '<td class="heat-none">–</td>' in markup


def test_sparkline_tells_first_and_last_known_value() -> None:
    svg = parse(sparkline([1, None, 3.5], "Index"))

    assert svg.attrib["aria-label"] == "Index: from 1.0 to 3.5"
    assert sparkline([None], "Index") == '<span class="small">–</span>'


@given(
    st.lists(st.floats(-1e9, 1e9, allow_nan=False), max_size=6), st.floats(-1e6, 1e6), st.floats(0.001, 1e6)
)
def test_scale_holds_every_value_with_even_ticks(values: list[float], low: float, width: float) -> None:
    scale = scale_of([*values, low, low + width])

    assert 2 <= len(scale.ticks) <= 7
    assert scale.low <= min([*values, low]) + 1e-6 * abs(scale.high - scale.low)
    assert scale.high >= max([*values, low + width]) - 1e-6 * abs(scale.high - scale.low)
    assert all(0 <= scale.percent(value) <= 100 for value in values)


def test_scale_keeps_given_ends() -> None:
    scale = scale_of([30, 41], low=12, high=60)

    assert (scale.low, scale.high) == (12, 60)
    assert scale.ticks[0] == 12
    assert scale.ticks[-1] == 60


@pytest.mark.parametrize(("ends", "places"), [((12, 60), 0), ((6.8, 7.8), 2), ((0, 0.4), 1), ((0, 1000), 0)])
def test_scale_names_its_ticks_exactly(ends: tuple[float, float], places: int) -> None:
    assert scale_of(ends).places == places


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (12, 60, ["12", "24", "36", "48", "60"]),
        (11, 55, ["11", "22", "33", "44", "55"]),  # the eleven questions of the real survey
        (9, 45, ["9", "18", "27", "36", "45"]),
        (0, 4, ["0", "1", "2", "3", "4"]),
        (7, 20, ["7.0", "9.6", "12.2", "14.8", "17.4", "20.0"]),
    ],
)
def test_an_axis_between_given_ends_has_short_even_ticks(low: int, high: int, labels: list[str]) -> None:
    assert scale_of([low + 1], low=low, high=high).labels == labels


@given(st.integers(0, 200), st.integers(2, 400))
def test_an_axis_between_whole_ends_needs_one_decimal_at_most(low: int, width: int) -> None:
    scale = scale_of([low], low=low, high=low + width)

    assert scale.places <= 1
    assert (scale.ticks[0], scale.ticks[-1]) == pytest.approx((low, low + width))


def test_ticks_are_written_alike() -> None:
    assert scale_of([6.8, 7.8]).labels == ["6.75", "7.00", "7.25", "7.50", "7.75", "8.00"]


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (72.0, 1, "72.0"),
        (72.04, 1, "72.0"),
        (72.06, 1, "72.1"),
        (1234.5, 0, "1,235"),
        (62.5, 0, "63"),
        (87.5, 0, "88"),
        (-0.04, 1, "0.0"),
        (-2.25, 1, "−2.3"),
        (2.675, 2, "2.68"),
        (None, 1, "–"),
        (100.0, 0, "100"),
        (10.50, 2, "10.50"),
    ],
)
def test_numbers_are_written_alike_and_halves_go_up(value: float | None, places: int, text: str) -> None:
    assert shown(value, places) == text


WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs"]), max_size=30
)
SCORES = st.none() | st.floats(0, 100)


@given(WORDS, st.lists(st.tuples(WORDS, SCORES), min_size=3, max_size=8))
def test_every_chart_is_well_formed_whatever_the_words(
    label: str, pairs: list[tuple[str, float | None]]
) -> None:
    drawn = [
        radar(label, [Axis(word, score) for word, score in pairs]),
        gauge(label, pairs[0][1], target=pairs[1][1], target_label=pairs[1][0]),
        trend(label, [Point(word, score) for word, score in pairs]),
        bars(label, [Bar(word, score, word) for word, score in pairs], unit=label),
        histogram(label, [Bin(word, int(score or 0)) for word, score in pairs]),
        intervals(label, [Estimate(word, score, n=3, url=word) for word, score in pairs]),
        heat_map(label, [word for word, _ in pairs], [(label, [score for _, score in pairs])]),
        frontier(
            label,
            best=[Place(word, score or 0, 50) for word, score in pairs],
            way=[Place(word, 50, score or 0) for word, score in pairs],
            end=Place(label, 1, 2),
            without=Place(label, 3, 4),
            names=Names(label, label, label, label),
            low=0,
            high=100,
        ),
        shifts(
            label,
            [Shift(word, score, score, score) for word, score in pairs],
            low=0,
            high=100,
            names=(label, label, label),
            compared=True,
        ),
    ]

    for chart in drawn:
        assert not list(parse(chart.markup).iter("script"))
