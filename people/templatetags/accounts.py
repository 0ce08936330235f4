"""Tags of the pages of a login."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from people.demo_personas import Persona, personas
from web.shell import Link
from web.sorting import Header

register = template.Library()

TABS = (
    ("mfa_index", _("Overview"), "lock"),
    ("account_change_password", _("Password"), "password"),
    ("account_email", _("E-mail addresses"), "mail"),
    ("mfa_list_webauthn", _("Passkeys"), "key"),
    ("usersessions_list", _("Where you are signed in"), "devices"),
)


@register.simple_tag(takes_context=True)
def security_tabs(context: dict[str, Any]) -> list[Link]:
    """The pages about one's login; the current one by the address's beginning."""
    request: HttpRequest = context["request"]
    links = [(reverse(name), label, icon) for name, label, icon in TABS]
    # The overview's address is the beginning of others: the longest that fits is the one.
    current = max((url for url, _, _ in links if request.path.startswith(url)), key=len, default="")
    return [Link(str(label), url, icon, current=url == current) for url, label, icon in links]


@register.simple_tag
def demo_personas() -> list[tuple[str, list[Persona]]]:
    """The personas of the demo, by organisation; nothing in other modes."""
    return [(name, list(group)) for name, group in groupby(personas(), key=lambda one: one.organization)]


@register.simple_tag
def headings(*labels: str) -> list[Header]:
    """The heads of a table that is not sorted; one in brackets is for screen readers only."""
    return [Header(label.strip("()"), quiet=label.startswith("(")) for label in labels]


@register.filter
def browser_name(user_agent: str) -> str:
    """A user agent in words that people know: "Firefox on Windows"."""
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    browser = next((name for mark, name in browsers if mark in user_agent), _("A browser"))
    system = next((name for mark, name in systems if mark in user_agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
