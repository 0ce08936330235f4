"""The components that hold no other one and stand in every row of a list, as functions.

As templates they took ten times as long. Each gets what stands between its tags and its attributes; text that
is not marked as safe is escaped.
"""

from collections.abc import Callable
from html import unescape
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from web.icons import icon_svg
from web.markup import attributes
from web.markup import initials as initials_of


def avatar(slot: str, *, name: str = "", initials: str = "", size: str = "") -> SafeString:
    """Initials in a circle; decorative, the name stands beside it."""
    letters = initials or initials_of(unescape(name))
    return format_html('<span class="avatar {}" aria-hidden="true">{}</span>', size, letters)


def person(
    slot: str, *, name: str = "", note: str = "", href: str = "", initials: str = "", size: str = ""
) -> SafeString:
    """Avatar, name, a line below."""
    return format_html(
        '<div class="person">{}<p><b>{}</b>{}{}</p></div>',
        avatar("", name=name, initials=initials, size=size),
        format_html('<a href="{}">{}</a>', href, name) if href else name,
        format_html('<span class="small">{}</span>', note) if note else "",
        slot,
    )


def tag(slot: str, *, tone: str = "", icon: str = "") -> SafeString:
    """A state in a word."""
    return format_html('<span class="tag {}">{}{}</span>', tone, icon_svg(icon, 16) if icon else "", slot)


def fact(slot: str, *, term: str = "") -> SafeString:
    """A term and its value, inside <c-facts>."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", term, slot)


def button(
    slot: str,
    *,
    href: str = "",
    icon: str = "",
    kind: str = "",
    size: str = "",
    type: str = "submit",  # noqa: A002 - the attribute's name
    label: str = "",
    **others: Any,
) -> SafeString:
    """A link that looks like a button where there is an address, otherwise a button. `label` is what is read
    aloud: in place of words where there is an icon alone, with more in it than the words otherwise."""
    css = " ".join(
        filter(
            None,
            ("btn", kind, size, others.pop("class", ""), "icon-only" if label and not slot.strip() else ""),
        )
    )
    inside = format_html("{}{}", icon_svg(icon, 18) if icon else "", slot)
    rest = attributes(({"aria-label": label} if label else {}) | others)
    if href:
        return format_html('<a class="{}" href="{}"{}>{}</a>', css, href, rest, inside)
    return format_html('<button class="{}" type="{}"{}>{}</button>', css, type, rest, inside)


def stamp(
    slot: str,
    *,
    label: str = "",
    note: str = "",
    icon: str = "rosette",
    tone: str = "",
    href: str = "",
    open: bool | str = False,  # noqa: A002 - the attribute's name
) -> SafeString:
    """A milestone as a round stamp; an open one is not earned yet."""
    return format_html(
        '<li class="stamp {}{}"><span class="ring">{}</span><b>{}</b>{}{}</li>',
        tone,
        " open" if open else "",
        icon_svg(icon, 34),
        format_html('<a href="{}">{}</a>', href, label) if href else label,
        format_html('<span class="small">{}</span>', note) if note else "",
        slot,
    )


LEAVES: Final[dict[str, Callable[..., SafeString]]] = {
    "avatar": avatar,
    "button": button,
    "fact": fact,
    "person": person,
    "stamp": stamp,
    "tag": tag,
}
