"""How tiers and states of mentorships are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import template
from django.utils.functional import Promise

from mentoring.enums import MentorshipState, Tier
from mentoring.wording import STATE_TONE, TIER_ICON, TIER_PURPOSE

register = template.Library()


@register.filter
def tier_purpose(tier: str) -> Promise:
    """What a mentor of the tier is for, in a sentence."""
    return TIER_PURPOSE[Tier(tier)]


@register.filter
def tier_icon(tier: str) -> str:
    return TIER_ICON[Tier(tier)]


@register.filter
def mentorship_tone(state: str) -> str:
    """The tone of a state's tag, always beside its words."""
    return STATE_TONE[MentorshipState(state)]


@register.filter
def titled(titles: Mapping[UUID, str], key: UUID | None) -> str:
    """What the milestone of a deliverable is called; nothing where it serves none."""
    return titles.get(key, "") if key else ""


@register.filter
def at(words: Sequence[str], place: int) -> str:
    """The word at a place, for the cell of a column."""
    return words[place]
