"""As what somebody may mentor."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext_lazy as _

from mentoring.enums import Tier
from mentoring.training import LONGEST, training_level
from people.enums import CareerStage, PositionType

IN_TRAINING: Final = frozenset({CareerStage.RESIDENT, CareerStage.FELLOW})
ATTENDINGS: Final = frozenset({CareerStage.EARLY_ATTENDING, CareerStage.ATTENDING})
CHAIRS: Final = frozenset(
    {
        PositionType.CHIEF_EXECUTIVE,
        PositionType.DEAN,
        PositionType.MEDICAL_DIRECTOR,
        PositionType.DEPARTMENT_CHAIR,
        PositionType.DIVISION_CHAIR,
    }
)

# The same rule in words, for the page on which places are offered.
WHO_OFFERS: Final = {
    Tier.PEER: _("Residents and fellows who are ahead of somebody in training."),
    Tier.SENIOR: _("Attendings, also early in their career."),
    Tier.CHAIR: _(
        "Whoever holds a position today as chair of a department or division, dean, medical director or "
        "chief executive."
    ),
}


def offered_tiers(
    stage: CareerStage, grade: str, positions: Collection[PositionType], *, years_ahead: int
) -> frozenset[Tier]:
    """The tiers that somebody may offer places in, by stage, training grade and the positions held today.

    `years_ahead`: training years by which a peer mentor is ahead (the organisation's rule); whoever has fewer
    than that behind them is a peer mentor of nobody.
    """
    tiers = set()
    if stage in IN_TRAINING and training_level(stage, grade) > years_ahead:
        tiers.add(Tier.PEER)
    if stage in ATTENDINGS:
        tiers.add(Tier.SENIOR)
    if not CHAIRS.isdisjoint(positions):
        tiers.add(Tier.CHAIR)
    return frozenset(tiers)


def is_ahead_enough(tier: Tier, *, mentor: int, mentee: int, years_ahead: int) -> bool:
    """Whether somebody of one training level may mentor somebody of another in a tier; peers are for whoever
    is in training. The matcher keeps the same rule in arrays (mentoring.blind.profiles)."""
    if tier == Tier.PEER:
        return 0 < mentee <= LONGEST and mentor >= mentee + years_ahead
    return tier == Tier.CHAIR or mentor > mentee
