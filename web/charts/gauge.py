"""A half-circle for one number against a target."""

import math

from web.charts.model import Chart, Key, Table, shown
from web.charts.svg import element, number
from web.numbers import short

CENTRE_X, CENTRE_Y, RADIUS = 120.0, 118.0, 100.0
ARC = "M20 118A100 100 0 0 1 220 118"


def gauge(
    label: str,
    value: float | None,
    *,
    target: float | None = None,
    target_label: str = "",
    top: float = 100,
    places: int = 0,
    missing: str = "not enough evidence",
) -> Chart:
    """`value` of `top`, and a ring where the target is; None shows no arc and says why."""
    below = missing if value is None else f"of {short(top)}"
    words = f"{label}: {shown(value, places)} {below}"
    if target is not None:
        words += f", {(target_label or 'Target').lower()} {short(target)}"
    markup = element(
        "svg",
        element("path", d=ARC, class_="track"),
        filled(value, top),
        ring(target, top),
        element(
            "text",
            shown(value, places),
            x=CENTRE_X,
            y=CENTRE_Y - 22,
            text_anchor="middle",
            class_="figure-number",
        ),
        element("text", below, x=CENTRE_X, y=CENTRE_Y + 4, text_anchor="middle", class_="under"),
        viewBox="0 0 240 136",
        class_="gauge",
        role="img",
        aria_label=words,
    )
    rows = [[label, shown(value, places)]]
    if target is not None:
        rows.append([target_label or "Target", short(target)])
    legend = (Key(f"{target_label or 'Target'} {short(target)}", "dot target"),) if target is not None else ()
    return Chart(markup, Table(label, ["", "Value"], rows), legend)


def filled(value: float | None, top: float) -> str:
    """The arc as far as the value; its length counts as 100, so the dash is a percentage."""
    share = share_of(value, top)
    if not share:
        return ""
    return element(
        "path", d=ARC, class_="fill", pathLength=100, stroke_dasharray=f"{number(share * 100)} 200"
    )


def ring(target: float | None, top: float) -> str:
    """A ring on the arc where the target is."""
    if target is None:
        return ""
    angle = math.pi * (1 - share_of(target, top))
    x, y = CENTRE_X + RADIUS * math.cos(angle), CENTRE_Y - RADIUS * math.sin(angle)
    return element("circle", cx=x, cy=y, r=8, class_="target")


def share_of(value: float | None, top: float) -> float:
    """A value as a share of the arc, 0 to 1."""
    return min(max((value or 0.0) / top, 0.0), 1.0)
