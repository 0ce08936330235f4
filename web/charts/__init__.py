"""Charts as pure functions: numbers in, markup and the same numbers as a table out; colours are classes."""

from web.charts.bars import Bar, Bin, bars, histogram
from web.charts.frontier import Names, Place, frontier
from web.charts.gauge import gauge
from web.charts.heat import heat_map
from web.charts.intervals import Estimate, intervals
from web.charts.lanes import Lane, Stretch, YearAxis, lanes
from web.charts.lines import Point, sparkline, trend
from web.charts.model import Chart, Key, Table
from web.charts.radar import Axis, radar
from web.charts.schedule import Span, schedule
from web.charts.shifts import Shift, shifts
from web.charts.two_lines import Pair, two_lines

__all__ = [
    "Axis",
    "Bar",
    "Bin",
    "Chart",
    "Estimate",
    "Key",
    "Lane",
    "Names",
    "Pair",
    "Place",
    "Point",
    "Shift",
    "Span",
    "Stretch",
    "Table",
    "YearAxis",
    "bars",
    "frontier",
    "gauge",
    "heat_map",
    "histogram",
    "intervals",
    "lanes",
    "radar",
    "schedule",
    "shifts",
    "sparkline",
    "trend",
    "two_lines",
]
