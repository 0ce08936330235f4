"""Questions about what came of actions and waits for somebody, each a function that returns a queryset."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from passport.enums import ALIVE
from passport.models import Stamp
from people.member import Member
from sponsors.enums import ActionState, Compartment, SponsorshipState
from sponsors.models import Action, RegimenChange, Sponsorship

FRESH: Final = dt.timedelta(days=90)  # what nobody saw to for so long does not come back every morning


def outcomes_to_attest(member: Member, *, on: dt.date) -> QuerySet[Action]:
    """Done of late, and named for a milestone: of leaders whom the member sponsors; of reports whom nobody
    sponsors, what is not private."""
    sponsored = Sponsorship.objects.filter(sponsor=member.person_id, state=SponsorshipState.ACTIVE)
    running = Sponsorship.objects.filter(leader=OuterRef("leader"), state=SponsorshipState.ACTIVE)
    alone = Q(leader__in=member.reports, private=False) & ~Exists(running)
    done = _done_for_a_milestone(on).filter(attested_by=None)
    return done.filter(Q(leader__in=sponsored.values("leader_id")) | alone)


def outcomes_to_let_go(leader_id: UUID, *, on: dt.date) -> QuerySet[Action]:
    """Attested, and not in the Passport yet although its milestone has room for it."""
    let_go = RegimenChange.objects.filter(
        leader=OuterRef("leader"), item_id=OuterRef("pk"), into=Compartment.ATTESTED
    )
    stamped = Stamp.objects.filter(
        person=OuterRef("leader"), milestone=OuterRef("milestone"), state__in=[*ALIVE]
    )
    attested = _done_for_a_milestone(on).filter(leader=leader_id, attested_by__isnull=False)
    return attested.filter(~Exists(let_go), ~Exists(stamped), milestone__retired_on=None)


def _done_for_a_milestone(on: dt.date) -> QuerySet[Action]:
    done = Action.objects.filter(state=ActionState.DONE, removed=False, milestone__isnull=False)
    fresh = done.filter(over_on__gt=on - FRESH)
    return fresh.select_related("leader", "milestone", "attested_by").order_by("over_on", "pk")
