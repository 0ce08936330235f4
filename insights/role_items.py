"""The seven sentences of the role pulse, and the scale to which each belongs. No published instrument's.

Everybody says of each how far it is true for them, from 1 to 5. A scale is the mean of its sentences; of
strain and of the other side a low one is good, of the others a high one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from insights.enums import Scale

LOWEST, HIGHEST = 1, 5
LEVELS: Final = (
    (1, _("1 not at all")),
    (2, "2"),
    (3, _("3 partly")),
    (4, "4"),
    (5, _("5 fully")),
)
HIGH_STRAIN: Final = 4.0  # from this mean of the two sentences on somebody is told whom they can talk to


@dataclass(frozen=True, slots=True)
class Item:
    scale: Scale
    words: Promise


# As sql/role_pulse.sql counts them: the sentences of one scale stand together, the scales in their order.
ITEMS: Final = (
    Item(Scale.STRAIN, _("I am pulled between my clinical and my managerial work, and can do neither well.")),
    Item(Scale.STRAIN, _("What colleagues and what management expect of me cannot both be met.")),
    Item(Scale.SIDE, _("Since I lead, some colleagues treat me as if I had gone over to the other side.")),
    Item(Scale.COMMITMENT, _("I lead because I want to, not because somebody has to.")),
    Item(Scale.COMMITMENT, _("What this organisation wants to reach is worth my effort, also unasked.")),
    Item(Scale.STRUCTURE, _("The way leadership is arranged in my unit works.")),
    Item(
        Scale.RELATIONS,
        _("Doctors, nurses and general managers decide together what concerns all of my unit."),
    ),
)


def is_high_strain(answers: Sequence[int]) -> bool:
    """Of somebody's seven answers."""
    said = [answer for item, answer in zip(ITEMS, answers, strict=True) if item.scale == Scale.STRAIN]
    return sum(said) >= HIGH_STRAIN * len(said)
