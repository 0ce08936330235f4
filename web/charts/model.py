"""What every chart is made of: markup, the same numbers as a table, and a legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from web.charts.svg import element, escaped
from web.numbers import decimal


@dataclass(frozen=True)
class Table:
    """The numbers of a chart for those who read, copy or cannot see it; the first cell names its row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def body(self) -> SafeString:
        """The rows as markup."""
        return SafeString(
            "".join(
                f'<tr><th scope="row">{escaped(name)}</th>'
                + "".join(f'<td class="num">{escaped(cell)}</td>' for cell in cells)
                + "</tr>"
                for name, *cells in self.rows
            )
        )


@dataclass(frozen=True)
class Key:
    """An entry of the legend: a little picture of the mark (a CSS class of charts.css) and its meaning."""

    label: str
    css: str

    @property
    def mark(self) -> SafeString:
        """The mark as it looks in the chart."""
        shape = (
            element("circle", cx=11, cy=7, r=4.5, class_=self.css)
            if "dot" in self.css.split()
            else element("path", d="M1 7h20", class_=self.css)
        )
        return element(
            "svg", shape, viewBox="0 0 22 14", width=22, height=14, class_="key", aria_hidden="true"
        )


@dataclass(frozen=True)
class Chart:
    """What <c-figure> shows."""

    markup: SafeString
    table: Table | None = None
    legend: tuple[Key, ...] = ()
    note: str = ""  # what must be known to read it right


def shown(value: float | None, places: int = 1) -> str:
    """A figure of a chart, written as it is everywhere."""
    return decimal(value, places)
