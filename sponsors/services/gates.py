"""A gate: two recommend, a third person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.notices import notify
from sponsors.enums import GateDecision, ObstacleKind, OnboardingState, Part
from sponsors.models import Gate, Recommendation
from sponsors.notices import onboarding as notices
from sponsors.permissions import GATE_IS_DECIDED_BY, GATE_IS_RECOMMENDED_BY, can_recommend
from sponsors.plan.onboarding import (
    COMPLETE,
    HINDERED,
    NEAR,
    days_of_extension,
    decisions_at,
    following_day,
)
from sponsors.queries.gates import missing_at, newest_words, open_gates
from sponsors.queries.onboarding import (
    chair_today,
    onboardings,
    recommenders_by_leader,
    recommenders_of,
)
from sponsors.queries.team import seat_at
from sponsors.seats import Seat
from sponsors.services.onboarding import end_onboarding, lock_running

ENDS = {GateDecision.PERMANENT: OnboardingState.PERMANENT, GateDecision.LEAVE: OnboardingState.LEFT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a chair decides. `until`: of an extension; `obstacles`: of an extension or of leaving."""

    decision: GateDecision
    reason: str
    obstacles: Collection[ObstacleKind] = ()
    until: dt.date | None = None


@transaction.atomic
def recommend(gate: Gate, recommends: GateDecision, words: str, *, by: Member) -> Recommendation:
    """As the sponsor, or as the immediate leader; again until it is decided. The two are two people."""
    locked, today = _lock(gate), timezone.localdate()
    seat = seat_at(by, locked.onboarding.leader_id, on=today)
    demand(can_recommend(seat), GATE_IS_RECOMMENDED_BY)
    _check_open(locked, today)
    if recommends not in decisions_at(locked.number):
        raise ValidationError({"recommends": _("This cannot be decided at this gate.")})
    if not words.strip():
        raise ValidationError({"words": _("Say why: the leader and the chair read it.")})
    part = _part_of(seat, locked, by)
    made = Recommendation.objects.create(
        gate=locked, part=part, recommends=recommends, words=words.strip(), by_id=by.person_id
    )
    leader_id = locked.onboarding.leader_id
    told = (recommenders_of(leader_id, on=today) | {leader_id}) - {by.person_id}
    notify(told, notices.recommended(locked, by=by.name))
    chair = chair_of(locked, on=today)
    if chair is not None and len(newest_words(locked)) == len(Part):
        notify([chair], notices.to_decide(locked))
    return made


@transaction.atomic
def decide_gate(gate: Gate, verdict: Verdict, *, by: Member) -> Gate:
    """Decide on the newest recommendations. The next gate, or the end, follows at once."""
    locked, today = _lock(gate), timezone.localdate()
    demand(chair_of(locked, on=today) == by.person_id, GATE_IS_DECIDED_BY)
    _check_open(locked, today)
    words = newest_words(locked)
    if len(words) < len(Part):
        raise ValidationError(_("Sponsor and immediate leader recommend first."))
    if by.person_id in {each.by_id for each in words.values()}:
        raise ValidationError(_("You recommended at this gate: a third person decides. HR can name one."))
    _check(locked, verdict, today)
    locked.decision, locked.reason = verdict.decision, verdict.reason.strip()
    locked.obstacles = sorted(verdict.obstacles) if verdict.decision in HINDERED else []
    locked.until = verdict.until if verdict.decision == GateDecision.EXTEND else None
    locked.sponsor_id, locked.manager_id = words[Part.SPONSOR].by_id, words[Part.MANAGER].by_id
    locked.decided_by_id, locked.decided_on = by.person_id, today
    locked.save()
    _follow(locked, by)
    notify([locked.onboarding.leader_id], notices.decided(locked))
    told = {*recommenders_of(locked.onboarding.leader_id, on=today), locked.onboarding.started_by_id}
    notify(told - {by.person_id}, notices.decided_for_others(locked))
    return locked


@transaction.atomic
def remind_of_gates(*, on: dt.date) -> dict[str, int]:
    """Everybody round a gate once before its day, and those it waits for once after it. How many gates."""
    gates = open_gates(on=on).annotate(chair_now=chair_today(on=on, of="onboarding__"))
    soon = list(gates.filter(reminded_on=None, due_on__lte=on + NEAR, due_on__gte=on))
    late = list(gates.filter(pressed_on=None, due_on__lt=on))
    recommenders = recommenders_by_leader({gate.onboarding.leader_id for gate in [*soon, *late]}, on=on)
    for gate in soon:
        notify(_everybody_round(gate, recommenders), notices.near(gate))
    for gate in late:
        notify({*_everybody_round(gate, recommenders), gate.onboarding.started_by_id}, notices.overdue(gate))
    Gate.objects.filter(pk__in=[each.pk for each in soon]).update(reminded_on=on)
    Gate.objects.filter(pk__in=[each.pk for each in late]).update(pressed_on=on)
    return {"reminded": len(soon), "late": len(late)}


def _everybody_round(gate: Gate, recommenders: Mapping[UUID, set[UUID]]) -> set[UUID]:
    """The leader, those who recommend, and whoever decides."""
    leader_id, chair = gate.onboarding.leader_id, gate.chair_now  # type: ignore[attr-defined]  # annotated
    return recommenders[leader_id] | {leader_id} | ({chair} if chair else set())


def chair_of(gate: Gate, *, on: dt.date) -> UUID | None:
    """Who decides it on a day."""
    found: UUID | None = onboardings(on=on).get(pk=gate.onboarding_id).chair_now  # type: ignore[attr-defined]  # annotated
    return found


def _follow(gate: Gate, by: Member) -> None:
    """Another year, the same gate once more, or the end."""
    decision, onboarding = GateDecision(gate.decision), gate.onboarding
    if decision == GateDecision.GO_ON:
        due = following_day(onboarding.started_on, gate.number, gate.due_on)
        Gate.objects.create(onboarding=onboarding, number=gate.number + 1, due_on=due)
    elif decision == GateDecision.EXTEND:
        assert gate.until is not None  # noqa: S101 - checked before
        Gate.objects.create(
            onboarding=onboarding, number=gate.number, attempt=gate.attempt + 1, due_on=gate.until
        )
    else:
        end_onboarding(onboarding, ENDS[decision], by=by.person_id, reason="")


def _lock(gate: Gate) -> Gate:
    """With its onboarding locked first, as whoever stops it does."""
    onboarding = lock_running(gate.onboarding_id)
    locked = Gate.objects.select_for_update(of=("self",)).get(pk=gate.pk)
    locked.onboarding = onboarding
    if locked.is_decided:
        raise ValidationError(_("This gate is decided: it stays as it is."))
    return locked


def _check_open(gate: Gate, on: dt.date) -> None:
    if not gate.is_open_on(on):
        words = _("This gate opens on %(day)s, three months before its day.")
        raise ValidationError(words % {"day": date_format(gate.opens_on, "DATE_FORMAT")})


def _part_of(seat: Seat, gate: Gate, by: Member) -> Part:
    """As what somebody recommends: who has done so keeps the part, whoever is both takes the free one."""
    words = newest_words(gate)
    held = [Part.SPONSOR] * seat.is_sponsor + [Part.MANAGER] * seat.is_manager
    for part, word in words.items():
        if word.by_id == by.person_id and part in held:
            return part
        if word.by_id == by.person_id:
            raise ValidationError(_("You recommended already: the other one is somebody else’s to write."))
    return next((part for part in held if part not in words), held[0])


def _check(gate: Gate, verdict: Verdict, on: dt.date) -> None:
    """Whether it can be decided like this, and is said in full."""
    if verdict.decision not in decisions_at(gate.number):
        raise ValidationError({"decision": _("This cannot be decided at this gate.")})
    missing = list(missing_at(gate)) if verdict.decision in COMPLETE else []
    if missing:
        titles = ", ".join(f"“{each.title}”" for each in missing)
        words = _("This is not confirmed yet: %(titles)s. Extend the gate, or wait for it.")
        raise ValidationError({"decision": words % {"titles": titles}})
    errors = {}
    if not verdict.reason.strip():
        errors["reason"] = _("Say why: the leader reads every word.")
    if verdict.decision in HINDERED and not verdict.obstacles:
        errors["obstacles"] = _("Say what stood in the way.")
    if verdict.decision == GateDecision.EXTEND and (wrong := _wrong_day(gate, verdict.until, on)):
        errors["until"] = wrong
    if errors:
        raise ValidationError(errors)


def _wrong_day(gate: Gate, until: dt.date | None, on: dt.date) -> str:
    """Why a gate cannot be extended to a day; empty where it can."""
    days = days_of_extension(gate.onboarding.started_on, gate.number, gate.due_on, on=on)
    if days is None:
        return _("It was extended by a year in all: there is no more time.")
    if until is not None and days[0] <= until <= days[1]:
        return ""
    first, last = (date_format(day, "DATE_FORMAT") for day in days)
    return _("A day from %(first)s to %(last)s.") % {"first": first, "last": last}
