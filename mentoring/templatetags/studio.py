"""How tiers and scores are written in the match studio."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from mentoring import wording_of_pairs
from mentoring.enums import Tier

register = template.Library()


@register.filter
def tier_label(tier: str) -> str | Promise:
    return Tier(tier).label


@register.filter
def points(units: int) -> str:
    """A score in points of 100."""
    return wording_of_pairs.points(units)
