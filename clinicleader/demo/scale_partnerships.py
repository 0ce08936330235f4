"""Partnerships of an organisation as large as the largest, and a programme of some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from partnerships.enums import Decider, Part, ParticipantKind
from partnerships.models import (
    Meeting,
    Partner,
    Partnership,
    PartnershipProgramme,
    ProgrammeCoaching,
    ProgrammeParticipant,
    ProgrammePhase,
    Responsibility,
    SharedGoal,
)
from partnerships.year import due_days

MUCH: Final = 60  # meetings of the first partnership
TAKE_PART: Final = 100  # in the programme
DAY: Final = dt.timedelta(days=1)

Pair = tuple[UUID, UUID, UUID]  # a unit, its physician and its administrator


def fill_partnerships(pairs: Sequence[Pair], *, root: UUID, lead: UUID, today: dt.date) -> int:
    """Returns how many partnerships there are."""
    begun = today - 200 * DAY
    made = Partnership.objects.bulk_create(
        Partnership(unit_id=unit, charter="Patients meet one team.", start_date=begun) for unit, _, _ in pairs
    )
    partners = Partner.objects.bulk_create(
        Partner(partnership=each, person_id=person, part=part, share=10, start_date=begun, unit_id=unit)
        for each, (unit, *both) in zip(made, pairs, strict=True)
        for person, part in zip(both, (Part.PHYSICIAN, Part.ADMINISTRATOR), strict=True)
    )
    _agree(made, today)
    _meet(made[0], lead, today)
    _run_programme(partners[:TAKE_PART], root=root, lead=lead, begun=begun)
    return len(made)


def _agree(partnerships: Sequence[Partnership], today: dt.date) -> None:
    Responsibility.objects.bulk_create(
        Responsibility(partnership=each, matter=matter, decider=Decider.TOGETHER)
        for each in partnerships
        for matter in ("New posts", "Answers to serious complaints")
    )
    SharedGoal.objects.bulk_create(
        SharedGoal(partnership=each, title="First appointment within six weeks", due_on=today + 90 * DAY)
        for each in partnerships
    )


def _meet(partnership: Partnership, lead: UUID, today: dt.date) -> None:
    Meeting.objects.bulk_create(
        Meeting(partnership=partnership, held_on=today - number * DAY, minutes=30, logged_by_id=lead)
        for number in range(MUCH)
    )


def _run_programme(partners: Sequence[Partner], *, root: UUID, lead: UUID, begun: dt.date) -> None:
    programme = PartnershipProgramme.objects.create(
        title="Two views, one service",
        purpose="To lead together.",
        unit_id=root,
        lead_id=lead,
        start_date=begun,
    )
    ProgrammePhase.objects.bulk_create(
        ProgrammePhase(
            programme=programme, kind=planned.kind, title=str(planned.title), due_on=due_on, owner_id=lead
        )
        for planned, due_on in due_days(begun)
    )
    people = ProgrammeParticipant.objects.bulk_create(
        ProgrammeParticipant(
            programme=programme,
            person_id=each.person_id,
            kind=ParticipantKind.PARTNER,
            partnership_id=each.partnership_id,
        )
        for each in partners
    )
    ProgrammeCoaching.objects.bulk_create(
        ProgrammeCoaching(participant=each, held_on=begun + 30 * DAY, logged_by_id=lead) for each in people
    )
