"""One factory a model of partnerships."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnerships.enums import (
    AuditPoint,
    ChangeCause,
    CheckState,
    Decider,
    Part,
    ParticipantKind,
    PhaseKind,
    Scale,
)
from partnerships.models import (
    CheckAnswer,
    CheckPlace,
    Meeting,
    Partner,
    PartnerChange,
    Partnership,
    PartnershipCheck,
    PartnershipProgramme,
    Profile,
    ProgrammeAudit,
    ProgrammeCoaching,
    ProgrammeException,
    ProgrammeOutcome,
    ProgrammeParticipant,
    ProgrammePhase,
    Responsibility,
    SharedGoal,
)
from partnerships.queries.partnerships import partnership_with
from partnerships.queries.programmes import programmes
from people.models import Person, Unit
from surveys.built_in import CULTURAL_AUDIT
from surveys.models import Instrument, Wave
from surveys.services.instruments import ensure_built_in_instruments
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.surveys import make_live_wave
from tests.world import World

STARTED_ON = dt.date(2026, 1, 5)


def make_partnership(unit: Unit, physician: Person, administrator: Person, **fields: Any) -> Partnership:
    """A dyad at a fifth of both's working time, as a page loads it."""
    values = {"charter": "One service, two views", "start_date": STARTED_ON, **fields}
    with tenant_transaction(unit.organization_id):
        made = Partnership.objects.create(organization_id=unit.organization_id, unit=unit, **values)
    make_partner(made, physician, Part.PHYSICIAN)
    make_partner(made, administrator, Part.ADMINISTRATOR)
    return as_loaded(made)


def as_loaded(partnership: Partnership) -> Partnership:
    with tenant_transaction(partnership.organization_id):
        found = partnership_with(partnership.pk, on=timezone.localdate())
    assert found is not None
    return found


def make_partner(partnership: Partnership, person: Person, part: Part, **fields: Any) -> Partner:
    values = {"share": 20, "start_date": partnership.start_date, "unit_id": person.unit_id, **fields}
    with tenant_transaction(person.organization_id):
        return Partner.objects.create(
            organization_id=person.organization_id,
            partnership=partnership,
            person=person,
            part=part,
            **values,
        )


def make_responsibility(partnership: Partnership, **fields: Any) -> Responsibility:
    values = {"matter": "New posts", "decider": Decider.TOGETHER, **fields}
    with tenant_transaction(partnership.organization_id):
        return Responsibility.objects.create(
            organization_id=partnership.organization_id, partnership=partnership, **values
        )


def make_shared_goal(partnership: Partnership, **fields: Any) -> SharedGoal:
    values = {"title": "Nobody waits", "due_on": dt.date(2026, 12, 31), **fields}
    with tenant_transaction(partnership.organization_id):
        return SharedGoal.objects.create(
            organization_id=partnership.organization_id, partnership=partnership, **values
        )


def make_meeting(partnership: Partnership, by: Person, **fields: Any) -> Meeting:
    values = {"held_on": timezone.localdate(), "minutes": 30, "words": "Beds", **fields}
    with tenant_transaction(partnership.organization_id):
        return Meeting.objects.create(
            organization_id=partnership.organization_id, partnership=partnership, logged_by=by, **values
        )


def make_change(partner: Partner, **fields: Any) -> PartnerChange:
    values = {"cause": ChangeCause.MOVED, "noticed_on": timezone.localdate(), **fields}
    with tenant_transaction(partner.organization_id):
        return PartnerChange.objects.create(
            organization_id=partner.organization_id, partner=partner, **values
        )


def make_check(partnership: Partnership, *scores: int, **fields: Any) -> PartnershipCheck:
    """Opened today, all partners asked; with as many scores as partners all have answered, each the same on
    every scale, in the order of their names."""
    today, now = timezone.localdate(), timezone.now()
    own: dict[str, Any] = {"organization_id": partnership.organization_id}
    over = {"state": CheckState.REVEALED, "over_on": today} if scores else {}
    people = sorted((each.person for each in partnership.current), key=lambda one: one.name)
    values = {"opened_on": today, "opened_by": people[0], **over, **fields}
    with tenant_transaction(partnership.organization_id):
        made = PartnershipCheck.objects.create(**own, partnership=partnership, **values)
        CheckPlace.objects.bulk_create(
            CheckPlace(**own, check_round=made, person=one, answered_at=now if scores else None)
            for one in people
        )
        CheckAnswer.objects.bulk_create(
            CheckAnswer(**own, check_round=made, person=one, **dict.fromkeys(Scale.values, score))
            for one, score in zip(people, scores, strict=False)
        )
    return made


def make_programme(
    unit: Unit, lead: Person, sponsor: Person, *partnerships: Partnership, **fields: Any
) -> PartnershipProgramme:
    """A programme with its sponsor and the partners of some partnerships, as a page loads it."""
    own = {"organization_id": unit.organization_id}
    values = {"title": "Leading together", "purpose": "One service", "start_date": STARTED_ON, **fields}
    with tenant_transaction(unit.organization_id):
        made = PartnershipProgramme.objects.create(**own, unit=unit, lead=lead, **values)
        ProgrammeParticipant.objects.create(
            **own, programme=made, person=sponsor, kind=ParticipantKind.SPONSOR
        )
        ProgrammeParticipant.objects.bulk_create(
            ProgrammeParticipant(
                **own,
                programme=made,
                person=each.person,
                kind=ParticipantKind.PARTNER,
                partnership=partnership,
            )
            for partnership in partnerships
            for each in partnership.current
        )
    return programme_as_loaded(made)


def programme_as_loaded(programme: PartnershipProgramme) -> PartnershipProgramme:
    with tenant_transaction(programme.organization_id):
        return programmes().get(pk=programme.pk)


def make_audit(
    programme: PartnershipProgramme, wave: Wave, which: AuditPoint = AuditPoint.START
) -> ProgrammeAudit:
    with tenant_transaction(programme.organization_id):
        return ProgrammeAudit.objects.create(
            organization_id=programme.organization_id,
            programme=programme,
            which=which,
            wave=wave,
            attached_on=timezone.localdate(),
            attached_by_id=programme.lead_id,
        )


def make_audit_wave(world: World, *asked: Person, **fields: Any) -> Wave:
    """A cultural audit that runs here and asks these people of the world's unit."""
    with tenant_transaction(world.organization.pk):
        ensure_built_in_instruments()
        instrument = Instrument.objects.get(key=CULTURAL_AUDIT.key)
    return make_live_wave(instrument, {world.unit: asked}, **fields)


def make_phase(programme: PartnershipProgramme, **fields: Any) -> ProgrammePhase:
    """An away day to come, which whoever runs the programme sees to."""
    values = {
        "kind": PhaseKind.AWAY_DAY,
        "title": "A day in the woods",
        "due_on": timezone.localdate() + dt.timedelta(days=30),
        "owner_id": programme.lead_id,
        **fields,
    }
    with tenant_transaction(programme.organization_id):
        return ProgrammePhase.objects.create(
            organization_id=programme.organization_id, programme=programme, **values
        )


def make_programme_session(participant: ProgrammeParticipant, **fields: Any) -> ProgrammeCoaching:
    values = {"held_on": timezone.localdate(), "logged_by_id": participant.person_id, **fields}
    with tenant_transaction(participant.organization_id):
        return ProgrammeCoaching.objects.create(
            organization_id=participant.organization_id, participant=participant, **values
        )


def make_profile(participant: ProgrammeParticipant, **fields: Any) -> Profile:
    """Kept by themselves: PostgreSQL takes it from nobody else."""
    today = timezone.localdate()
    values = {"instrument": "A trait questionnaire", "made_on": today, "kept_on": today, **fields}
    with (
        tenant_scope(participant.organization_id, actor_id=participant.person_id),
        transaction.atomic(),
    ):
        return Profile.objects.create(
            organization_id=participant.organization_id, participant=participant, **values
        )


def make_outcome(programme: PartnershipProgramme, **fields: Any) -> ProgrammeOutcome:
    values = {"title": "Turnover of nurses", "before": "18 %", "declared_on": programme.start_date, **fields}
    with tenant_transaction(programme.organization_id):
        return ProgrammeOutcome.objects.create(
            organization_id=programme.organization_id, programme=programme, **values
        )


def make_exception(
    participant: ProgrammeParticipant, phase: ProgrammePhase, owner: Person
) -> ProgrammeException:
    with tenant_transaction(participant.organization_id):
        return ProgrammeException.objects.create(
            organization_id=participant.organization_id,
            participant=participant,
            phase=phase,
            owner=owner,
            words="An hour with the coach",
            opened_on=timezone.localdate(),
        )
