"""Tabler icons as inline SVG, rendered on the server and kept in memory; the colour is the text's."""

import io
from functools import cache, lru_cache
from importlib import resources
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.safestring import SafeString

STROKE = {True: 1.75, False: 2.0}  # large icons look heavy with the stroke of small ones
LARGE = 28
NAMESPACE = "http://www.w3.org/2000/svg"


class UnknownIconError(LookupError):
    """There is no icon of this name."""


@lru_cache(maxsize=1024)
def icon_svg(name: str, size: int = 20, css: str = "") -> SafeString:
    """The icon `name` ("home", or "filled/star") at `size` pixels, hidden from assistive technology.

    Raises UnknownIconError, so that a misspelt icon fails in a test.
    """
    path = name if "/" in name else f"outline/{name}"
    svg = ElementTree.fromstring(_drawing(path))  # noqa: S314 - as above
    for node in svg.iter():
        node.tag = node.tag.removeprefix(f"{{{NAMESPACE}}}")  # inline SVG needs no namespace
    svg.attrib |= {
        "width": str(size),
        "height": str(size),
        "stroke-width": f"{STROKE[size >= LARGE]:g}" if path.startswith("outline/") else "0",
        "aria-hidden": "true",
        "focusable": "false",
        **({"class": css} if css else {}),
    }
    return SafeString(ElementTree.tostring(svg, encoding="unicode"))


def _drawing(path: str) -> bytes:
    try:
        return _drawings().read(f"{path}.svg")
    except KeyError:
        raise UnknownIconError(f"There is no icon {path!r}.") from None


@cache
def _drawings() -> ZipFile:
    """The archive, opened once: reading its directory of 6,000 names takes longer than a page may."""
    archive = resources.files("tablericons").joinpath("tablericons.zip")
    return ZipFile(io.BytesIO(archive.read_bytes()))
