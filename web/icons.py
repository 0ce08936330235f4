"""Tabler icons as inline SVG, rendered on the server and kept in memory; the colour is the text's."""

from functools import lru_cache

from django.utils.safestring import SafeString
from tablericons.templatetags.tablericons import icon as tabler

STROKE = {True: 1.75, False: 2.0}  # large icons look heavy with the stroke of small ones
LARGE = 28


@lru_cache(maxsize=1024)
def icon_svg(name: str, size: int = 20, css: str = "") -> SafeString:
    """The icon `name` ("home", or "filled/star") at `size` pixels, hidden from assistive technology.

    Raises tablericons.IconDoesNotExist for an unknown name, so that a misspelt icon fails in a test.
    """
    path = name if "/" in name else f"outline/{name}"
    extra = {"class": css} if css else {}
    if path.startswith("outline/"):
        extra["stroke_width"] = f"{STROKE[size >= LARGE]:g}"
    else:
        extra["stroke_width"] = "0"
    return SafeString(tabler(path, size=size, aria_hidden="true", focusable="false", **extra))
