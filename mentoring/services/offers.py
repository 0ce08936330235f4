"""Offering mentorships: rows for many pairs at once, and who is told of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from mentoring.enums import Initiator, MentorshipState, Tier
from mentoring.models import Mentorship
from mentoring.notices import runs as notices
from people.notices import notify


@dataclass(frozen=True, slots=True)
class Offer:
    """A pair to be offered to its mentor. `score`: 0 to 1, None where nobody computed one. `replaces`: the
    mentorship that runs until this one begins."""

    mentee_id: UUID
    mentor_id: UUID
    tier: Tier
    score: float | None
    why: str
    replaces_id: UUID | None = None


def offer_mentorships(
    offers: Sequence[Offer], *, bar: float, on: dt.date, initiator: Initiator = Initiator.MATCHER
) -> list[Mentorship]:
    """Offer the pairs to their mentors, in a constant number of statements.

    Mentors are told in any case; mentees at once where the score is strictly above the bar, otherwise when
    the mentor has accepted. The caller has made sure that nobody is asked for twice in a tier.
    """
    made = Mentorship.objects.bulk_create(
        [
            Mentorship(
                mentee_id=offer.mentee_id,
                mentor_id=offer.mentor_id,
                tier=offer.tier,
                state=MentorshipState.OFFERED,
                initiator=initiator,
                score=offer.score,
                why=offer.why,
                offered_on=on,
                replaces_id=offer.replaces_id,
            )
            for offer in offers
        ],
        batch_size=2_000,
    )
    above = {offer.mentee_id for offer in offers if offer.score is not None and offer.score > bar}
    notify({offer.mentor_id for offer in offers}, notices.mentor_asked())
    notify(above, notices.mentor_found())
    return made
