"""How scores and quarters are written."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from readiness.dashboard import Cell
from readiness.score import shown_score
from tenancy.jobs.periods import quarter_label
from web.charts.svg import escaped
from web.numbers import MISSING, decimal

register = template.Library()
register.filter("quarter", quarter_label)


@register.filter
def points(value: float | None) -> str:
    """Points cut off, not rounded, to one decimal; a dash for what is not known."""
    return MISSING if value is None else f"{shown_score(value):.1f}"


@register.filter
def exactly(value: float | None) -> str:
    """Points where their arithmetic is laid out: cut off to two decimals."""
    return MISSING if value is None else f"{shown_score(value, 2):.2f}"


@register.filter
def absolute(value: float) -> float:
    return abs(value)


@register.simple_tag
def tinted(cells: Iterable[Cell]) -> SafeString:
    """The dimensions of a person as cells of a table; hatched where nothing is attested."""
    return SafeString(
        "".join(
            f'<td class="num {cell.css if cell.known else "heat-none"}" data-label="{escaped(cell.label)}"'
            f' data-short="{escaped(cell.short)}">{points(cell.points)}</td>'
            for cell in cells
        )
    )


@register.simple_tag
def percent(share: float | None) -> str:
    """A share of 1 as a whole number of percent."""
    return MISSING if share is None else decimal(100 * share, 0)
