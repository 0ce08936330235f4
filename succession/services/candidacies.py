"""Tapping somebody on the shoulder, their answer, how ready they are, and the end of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Appointment, Person
from people.notices import notify
from people.queries import in_force
from succession import notices
from succession.enums import OPEN_STATES, Band, CandidacyState
from succession.models import Candidacy, Pool, ReadinessAssessment
from succession.permissions import (
    CANDIDACY_IS_ANSWERED_BY,
    CANDIDACY_IS_ENDED_BY,
    CANDIDATES_ARE_PROPOSED_BY,
    READINESS_IS_ASSESSED_BY,
    can_answer,
    can_assess,
    can_end_candidacy,
    can_propose,
    can_see_pool,
)
from succession.queries.pools import candidacies, seat_at


@transaction.atomic
def propose(pool: Pool, *, person: Person, why: str, by: Member) -> Candidacy:
    """Ask somebody whether they would want it. Never oneself (C9), nor whoever holds the position. Who
    may not see the pool is not told who is in it already, and gets the candidacy that is there."""
    today = timezone.localdate()
    seat = seat_at(by, pool, on=today)
    demand(can_propose(by, seat, pool.proposers), CANDIDATES_ARE_PROPOSED_BY)
    Pool.objects.select_for_update().get(pk=pool.pk)  # two at once: the second one finds the first one's
    _check_candidate(pool, person, by=by)
    if not why.strip():
        raise ValidationError({"why": _("Say why in a sentence: they read it.")})
    there = Candidacy.objects.filter(pool=pool, person=person, state__in=OPEN_STATES).first()
    if there is not None:
        if not can_see_pool(by, seat):
            return there
        said = _("%(name)s is in the pool or asked already.") % {"name": person.name}
        raise ValidationError({"person": said})
    made = Candidacy.objects.create(
        pool=pool, person=person, proposed_by_id=by.person_id, proposed_on=today, why=why.strip()
    )
    notify({person.pk}, notices.asked(made, by=by.name))
    return made


def _check_candidate(pool: Pool, person: Person, *, by: Member) -> None:
    today = timezone.localdate()
    said = {"name": person.name}
    if person.pk == by.person_id:
        raise ValidationError(
            {"person": _("Nobody proposes themselves: a colleague has to tap you on the shoulder.")}
        )
    if person.has_left(today):
        raise ValidationError({"person": _("%(name)s no longer works here.") % said})
    if pool.professions and person.profession not in pool.professions:
        raise ValidationError({"person": _("This pool is for other professions than %(name)s’s.") % said})
    if Appointment.objects.filter(in_force(today), position=pool.position_id, person=person).exists():
        raise ValidationError({"person": _("%(name)s holds the position.") % said})


@transaction.atomic
def accept(candidacy: Candidacy, *, by: Member) -> Candidacy:
    """Yes: they are in the pool from now on."""
    locked = _locked(candidacy)
    demand(can_answer(by, locked.person_id), CANDIDACY_IS_ANSWERED_BY)
    _require(locked, CandidacyState.ASKED)
    locked.state, locked.answered_on = CandidacyState.MEMBER, timezone.localdate()
    locked.save(update_fields=["state", "answered_on"])
    notify({locked.proposed_by_id} - {by.person_id}, notices.accepted(locked))
    return locked


@transaction.atomic
def decline(candidacy: Candidacy, *, reason: str, by: Member) -> Candidacy:
    """No, and if they want to say it, why."""
    locked = _locked(candidacy)
    demand(can_answer(by, locked.person_id), CANDIDACY_IS_ANSWERED_BY)
    _require(locked, CandidacyState.ASKED)
    today = timezone.localdate()
    locked.state, locked.answered_on, locked.over_on = CandidacyState.DECLINED, today, today
    locked.over_reason = reason.strip()
    locked.save(update_fields=["state", "answered_on", "over_on", "over_reason"])
    notify({locked.proposed_by_id} - {by.person_id}, notices.declined(locked))
    return locked


@transaction.atomic
def end_candidacy(candidacy: Candidacy, *, reason: str, by: Member) -> Candidacy:
    """Out of the pool, by the candidate, the owner or HR. The candidate is told."""
    locked = _locked(candidacy)
    demand(
        can_end_candidacy(by, seat_at(by, locked.pool, on=timezone.localdate()), locked.person_id),
        CANDIDACY_IS_ENDED_BY,
    )
    if not locked.is_open:
        raise ValidationError(_("It has ended meanwhile."))
    if not reason.strip() and by.person_id != locked.person_id:
        raise ValidationError({"reason": _("Say why: the candidate reads it.")})
    locked.state, locked.over_on = CandidacyState.LEFT, timezone.localdate()
    locked.over_reason = reason.strip()
    locked.save(update_fields=["state", "over_on", "over_reason"])
    notify({locked.person_id} - {by.person_id}, notices.ended(locked))
    return locked


@dataclass(frozen=True, slots=True)
class Rating:
    """When somebody could take over, and what says so."""

    band: Band
    evidence: str
    next_step: str = ""
    interim_cover: bool = False


@transaction.atomic
def assess(candidacy: Candidacy, *, rating: Rating, by: Member) -> Candidacy:
    """Of somebody who said yes; valid for twelve months. The candidate is told and reads it."""
    locked = _locked(candidacy)
    today = timezone.localdate()
    demand(can_assess(by, seat_at(by, locked.pool, on=today), locked.person_id), READINESS_IS_ASSESSED_BY)
    _require(locked, CandidacyState.MEMBER)
    if not rating.evidence.strip():
        raise ValidationError({"evidence": _("Say on what evidence.")})
    ReadinessAssessment.objects.create(
        candidacy=locked,
        band=rating.band,
        interim_cover=rating.interim_cover,
        evidence=rating.evidence.strip(),
        next_step=rating.next_step.strip(),
        assessed_by_id=by.person_id,
        assessed_on=today,
    )
    notify({locked.person_id}, notices.assessed(locked))
    return locked


def end_for_leavers() -> int:
    """Candidates who have left. Nobody is told: they are gone."""
    today = timezone.localdate()
    gone = Candidacy.objects.filter(state__in=OPEN_STATES, person__end_date__lt=today)
    return gone.update(state=CandidacyState.LEFT, over_on=today, over_reason="left the organisation")


def end_for_appointed() -> int:
    """Candidates who hold the position by now: they have arrived."""
    today = timezone.localdate()
    holding = Appointment.objects.filter(in_force(today), interim=False).values("position", "person")
    held = {(row["position"], row["person"]) for row in holding}
    arrived = [
        each.pk
        for each in Candidacy.objects.filter(state__in=OPEN_STATES).select_related("pool")
        if (each.pool.position_id, each.person_id) in held
    ]
    ended = Candidacy.objects.filter(pk__in=arrived)
    return ended.update(state=CandidacyState.LEFT, over_on=today, over_reason="appointed")


def _locked(candidacy: Candidacy) -> Candidacy:
    return candidacies().select_for_update(of=("self",)).get(pk=candidacy.pk)


def _require(candidacy: Candidacy, state: CandidacyState) -> None:
    """Two at once: the second one learns what the first one did."""
    if candidacy.state != state:
        raise ValidationError(
            _("It has moved on meanwhile: %(state)s.") % {"state": candidacy.get_state_display().lower()}
        )
