"""The entries of a navigation or menu, drawn once for the same entries: they stand around every page."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from web.icons import icon_svg
from web.shell import Link

MOST_KEPT = 1024


@lru_cache(maxsize=MOST_KEPT)
def link_items(
    links: tuple[Link, ...], *, icon: str = "", current: str = "page", in_bar: bool = False
) -> SafeString:
    """List items. `icon` for those without one of their own, `current`: what the marked one is to a screen
    reader, `in_bar`: the words apart from the icon, with the count."""
    return format_html_join(
        "\n", "<li>{}</li>", ((_anchor(each, icon, current, in_bar=in_bar),) for each in links)
    )


def _anchor(link: Link, icon: str, current: str, *, in_bar: bool) -> SafeString:
    name = link.icon or icon
    return format_html(
        '<a href="{}"{}>{}{}{}</a>',
        link.url,
        format_html(' aria-current="{}"', current) if link.current else "",
        icon_svg(name, 18) if name else "",
        format_html("<span>{}</span>", link.label) if in_bar else link.label,
        format_html('<span class="count">{}</span>', link.count) if in_bar and link.count else "",
    )
