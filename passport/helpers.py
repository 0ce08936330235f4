"""Who helps the holder of a Passport: the immediate leader, and whom the rooms know.

Mentors are of the floor below. A sponsor and a coach are known in a room above, which registers itself here
from its AppConfig. A maker names those of one person, who looks at the own Passport.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from mentoring.queries.mentorships import mentors_of
from passport.queries import Holding
from people.member import Member
from tenancy.kept import kept
from web.addresses import address


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody, as what, and the page where the two meet; empty where there is none. Who is missing is named
    by what to do about it."""

    name: str
    part: str
    url: str = ""
    is_missing: bool = False


Maker = Callable[[UUID, str, dt.date], list[Helper]]

_makers: list[Maker] = []


def adds_helpers(maker: Maker) -> Maker:
    """Register a maker: (whom they help, slug, today) -> helpers."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def helpers_of(member: Member, holding: Holding, slug: str, on: dt.date) -> list[Helper]:
    """Those who answer for the holder first, then the immediate leader, and last who is missing. To others
    than the holder the immediate leader alone: who else helps is the holder's to tell."""
    found: list[Helper] = []
    if member.person_id == holding.person.pk:
        found = [helper for maker in _makers for helper in maker(holding.person.pk, slug, on)]
        found += [
            Helper(each.mentor.name, _("Mentor"), address("mentoring:mentorship", slug, each.pk))
            for each in kept(mentors_of, holding.person.pk)
        ]
    if holding.manager_id:
        part = _("Immediate leader")
        title = holding.manager_title
        found.append(Helper(holding.manager_name, f"{part} · {title}" if title else part))
    return sorted(found, key=lambda helper: helper.is_missing)
