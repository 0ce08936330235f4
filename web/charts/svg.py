"""Building markup: every attribute and text is escaped, numbers are short."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

VOID = {"path", "circle", "line", "rect", "polygon"}


def element(name: str, *children: str, **attributes: object) -> SafeString:
    """An element; `class_` and `aria_label` become `class` and `aria-label`, None leaves an attribute out."""
    opening = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return SafeString(f"<{name}{opening}/>")
    return SafeString(f"<{name}{opening}>{''.join(map(escaped, children))}</{name}>")


def number(value: object) -> object:
    """Coordinates to a hundredth; anything else as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def escaped(value: object) -> str:
    """Text for markup, as conditional_escape() makes it; a chart has hundreds of them, none is lazy."""
    return value if isinstance(value, SafeString) else escape(str(value))


def points(pairs: Iterable[tuple[float, float]]) -> str:
    """Pairs as an SVG list of points."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def plot(*children: str, **attributes: object) -> SafeString:
    """A drawing of 100 by 100 that stretches over its box; strokes keep their width (see charts.css)."""
    return element(
        "svg", *children, viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true", **attributes
    )


def dot(x: float, y: float, css: str) -> SafeString:
    """A round point in a stretched drawing: a line of no length with round ends."""
    return element("path", d=f"M{number(x)} {number(y)}h0", class_=f"point {css}")
