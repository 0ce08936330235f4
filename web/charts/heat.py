"""A heat map is a table whose cells are tinted: it reads, sorts in the mind and prints as one."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join

from web.charts.model import Chart, shown

STEPS = 7  # .heat-0 to .heat-6 in charts.css


def heat_map(
    label: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float | None]]],
    *,
    low: float = 0,
    high: float = 100,
    places: int = 0,
    level: bool = False,
) -> Chart:
    """One tinted cell for each row and column, the number inside; None is a hatched cell with a dash.

    `level`: the names of columns are so short that they never have to stand upright.
    """
    head = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in columns))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                name,
                format_html_join(
                    "",
                    '<td class="{}">{}</td>',
                    ((tint(value, low, high), shown(value, places)) for value in values),
                ),
            )
            for name, values in rows
        ),
    )
    return Chart(
        format_html(
            '<div class="table-wrap" role="group" aria-label="{}" tabindex="0"><table class="heat{}">'
            '<caption class="vh">{}</caption><thead><tr><td></td>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>",
            label,
            " level" if level else "",
            label,
            head,
            body,
        )
    )


def tint(value: float | None, low: float, high: float) -> str:
    """The class of a cell: one of seven equal steps from `low` to `high`."""
    if value is None:
        return "heat-none"
    share = min(max((value - low) / (high - low), 0), 1)
    return f"heat-{min(int(share * STEPS), STEPS - 1)}"
