"""The frame round every page inside an organisation: where one can go, who is here, what is new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from clinicleader.navigation import MENU, NAVIGATION, Entry
from people.access import MemberRequest
from people.member import Member
from web.addresses import address
from web.markup import initials
from web.shell import Account, Link, Shell


def shell(request: HttpRequest) -> dict[str, Shell | None]:
    """Context processor: `shell` on every page of somebody who is signed in, None elsewhere."""
    if not hasattr(request, "member"):
        return {"shell": shell_outside(request)}
    return {"shell": shell_for(cast(MemberRequest, request))}


def shell_outside(request: HttpRequest) -> Shell | None:
    """On the pages of a login there is no organisation, but somebody."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return Shell(
        person=Account(user.email, user.email[:1].upper()),
        menu=[
            Link(_("Your organisations"), reverse("home"), "building-hospital"),
            Link(_("Sign-in and security"), reverse("mfa_index"), "lock"),
        ],
        sign_out_url=address("account_logout"),
    )


def shell_for(request: MemberRequest) -> Shell:
    member, slug = request.member, request.organization.slug
    home = address("today", slug)
    others = [
        Link(one.name, address("today", one.slug), current=one.slug == slug) for one in request.organizations
    ]
    roles = ", ".join(str(role.label) for role in sorted(member.roles))
    bell = Link(_("Notifications"), address("people:notifications", slug), count=member.unread)
    return Shell(
        nav=links(NAVIGATION, member, slug, request.path, home),
        organization=Link(request.organization.name, home),
        organizations=others if len(others) > 1 else [],
        person=Account(member.name, initials(member.name), roles),
        menu=links(MENU, member, slug, request.path, home),
        notifications=bell,
        search_url=address("search", slug),
        sign_out_url=address("account_logout"),
        home_url=home,
    )


def pages_for(request: MemberRequest) -> list[Link]:
    """Every page that the navigation and the menu offer a member."""
    slug = request.organization.slug
    home = address("today", slug)
    return links([*NAVIGATION, *MENU], request.member, slug, request.path, home)


def workplaces_of(request: MemberRequest) -> list[Link]:
    """The pages to go on to from the start page: the navigation, and of the menu what comes with a role."""
    slug = request.organization.slug
    home = address("today", slug)
    entries = [*NAVIGATION, *(entry for entry in MENU if entry[3])]
    return [link for link in links(entries, request.member, slug, request.path, home) if not link.current]


def links(entries: Iterable[Entry], member: Member, slug: str, path: str, home: str) -> list[Link]:
    """The entries a member sees; the current one is the page itself or, but for the start page, above it."""
    found = []
    own = address("people:person", slug, member.person_id)
    if path != own and path.startswith(own):  # one's own milestones and scores are part of one's Passport
        path = address("passport:mine", slug)
    for label, name, icon, roles in entries:
        if roles and not member.has(*roles):
            continue
        url = address(name, slug)
        current = path == url or (url != home and path.startswith(url))
        found.append(Link(str(label), url, icon, current=current))
    return found
