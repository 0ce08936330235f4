"""Cards that rooms above this one put on the Passport page.

The page is one request, also without JavaScript; the score lives in a higher room, which registers itself
here from its AppConfig. A maker answers None when it has nothing to show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from passport.glance import Answer
from passport.queries import Holding
from people.member import Member


@dataclass(frozen=True, slots=True)
class Panel:
    """A template for children of the page's grid, and what it shows as `panel`. `doing`: what it answers to
    how somebody is doing, for the top of the page."""

    template: str
    shown: Any
    doing: Answer | None = None


Maker = Callable[[Member, Holding, str, dt.date], Panel | None]

_makers: list[Maker] = []


def adds_panel(maker: Maker) -> Maker:
    """Register a maker: (who looks, whose Passport, slug, today) -> panel."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def panels_for(member: Member, holding: Holding, slug: str, on: dt.date) -> list[Panel]:
    """The panels to show, in the order in which the rooms registered."""
    made = [maker(member, holding, slug, on) for maker in _makers]
    return [panel for panel in made if panel is not None]
