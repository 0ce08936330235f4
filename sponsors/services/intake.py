"""Asking others about a leader, answering, and closing the round: then what may be shown is settled, once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import SystemRandom
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import Aspect, Relation, RequestState, Source
from sponsors.models import IntakeRemark, IntakeRequest, IntakeRound
from sponsors.notices import intake as notices
from sponsors.permissions import INTAKE_IS_RUN_BY, can_run_intake
from sponsors.queries.competencies import framework_for
from sponsors.queries.intake import requests_to_remind, rounds_past_their_day
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at
from sponsors.rater_groups import groups_shown

LONGEST: Final = 60  # days for which a round may run
MOST: Final = 40  # people asked in it
REMARKS: Final = 2  # of an aspect
REMINDED_BEFORE: Final = 3  # days


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence or two about one competency, as somebody typed it."""

    aspect: Aspect
    competency_id: UUID
    words: str


@transaction.atomic
def open_round(
    leader: Person, asked: Mapping[UUID, Relation], *, last_day: dt.date, by: Member
) -> IntakeRound:
    """Ask people until a day, and the leader how they see themselves. One round at a time."""
    today = timezone.localdate()
    demand(can_run_intake(seat_at(by, leader.pk, on=today)), INTAKE_IS_RUN_BY)
    if not today < last_day <= today + dt.timedelta(days=LONGEST):
        message = _("Choose a day from tomorrow on, and within %(days)d days.") % {"days": LONGEST}
        raise ValidationError({"last_day": message})
    try:
        with transaction.atomic():
            made = IntakeRound.objects.create(
                leader=leader, opened_by_id=by.person_id, opened_on=today, last_day=last_day
            )
    except IntegrityError as error:
        if "sponsors_intake_one_open" not in str(error):
            raise
        raise ValidationError(_("A round runs already: ask more people in it.")) from error
    own = IntakeRequest.objects.create(round=made, person=leader, relation=Relation.SELF)
    notify([leader.pk], notices.opened(own))
    _ask(made, asked, by)
    return made


@transaction.atomic
def ask_more(intake: IntakeRound, asked: Mapping[UUID, Relation], *, by: Member) -> IntakeRound:
    """Ask further people in a round that runs; who is asked already is not asked twice."""
    locked = _lock_open(intake.pk)
    demand(can_run_intake(seat_at(by, locked.leader_id, on=timezone.localdate())), INTAKE_IS_RUN_BY)
    known = set(locked.requests.values_list("person_id", flat=True))
    _ask(locked, {person: relation for person, relation in asked.items() if person not in known}, by)
    return locked


@transaction.atomic
def answer_request(
    request: IntakeRequest, remarks: Iterable[Remark], *, named: bool = False, by: Member
) -> None:
    """Say what one sees, once. The request knows that it was answered; a remark knows its author where it is
    about oneself, or where an immediate leader agreed to be named."""
    _lock_open(request.round_id)
    locked = _lock_waiting(request, by)
    said = [remark for remark in remarks if remark.words.strip()]
    if not said:
        raise ValidationError(_("Say something about one competency at least, or decline."))
    if len({(each.aspect, each.competency_id) for each in said}) < len(said):
        raise ValidationError(_("Choose each competency once in a list."))
    if any(count > REMARKS for count in Counter(each.aspect for each in said).values()):
        raise ValidationError(_("Say %(most)d things in each list at most.") % {"most": REMARKS})
    held = {each.pk for each in framework_for(locked.round.leader.unit)}
    if not {each.competency_id for each in said} <= held:
        raise ValidationError(_("Choose among the competencies of the leader's unit."))
    source, author = _shown_as(Relation(locked.relation), named, by)
    locked.state = RequestState.ANSWERED
    locked.save(update_fields=["state"])
    IntakeRemark.objects.bulk_create(
        IntakeRemark(
            round_id=locked.round_id,
            source=source,
            author_id=author,
            aspect=each.aspect,
            competency_id=each.competency_id,
            words=each.words.strip(),
        )
        for each in said
    )


@transaction.atomic
def decline_request(request: IntakeRequest, *, reason: str, by: Member) -> None:
    """Rather not, and why: the sponsor reads it."""
    _lock_open(request.round_id)
    locked = _lock_waiting(request, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why in a few words: the sponsor reads it.")})
    locked.state, locked.reason = RequestState.DECLINED, reason.strip()
    locked.save(update_fields=["state", "reason"])
    if (sponsorship := running_sponsorship_of(locked.round.leader_id)) is not None:
        notify([sponsorship.sponsor_id], notices.declined(locked))


@transaction.atomic
def close_round(intake: IntakeRound, *, by: Member) -> IntakeRound:
    """Ask no further, and settle what is shown."""
    locked = _lock_open(intake.pk)
    demand(can_run_intake(seat_at(by, locked.leader_id, on=timezone.localdate())), INTAKE_IS_RUN_BY)
    return _settle(locked)


@transaction.atomic
def close_rounds_past_their_day(*, on: dt.date) -> int:
    """Every round whose last day is over. How many."""
    over = list(rounds_past_their_day(on=on).select_related("leader").select_for_update(of=("self",)))
    for intake in over:
        _settle(intake)
    return len(over)


@transaction.atomic
def remind_of_intakes(*, on: dt.date) -> int:
    """Whoever has not answered a few days before the last one is told once. How many."""
    waiting = list(requests_to_remind(on=on, days=REMINDED_BEFORE).select_for_update(of=("self",)))
    for request in waiting:
        notify([request.person_id], notices.reminder(request))
        request.reminded_on = on
    IntakeRequest.objects.bulk_update(waiting, ["reminded_on"])
    return len(waiting)


def _ask(intake: IntakeRound, asked: Mapping[UUID, Relation], by: Member) -> None:
    others = {person: relation for person, relation in asked.items() if person != intake.leader_id}
    if by.person_id in others:
        raise ValidationError(_("You are the sponsor: what you see belongs into the conversation."))
    if not others:
        raise ValidationError(_("Choose somebody to ask."))
    if len(others) > MOST:
        raise ValidationError(_("Ask %(most)d people at most.") % {"most": MOST})
    made = IntakeRequest.objects.bulk_create(
        IntakeRequest(round=intake, person_id=person, relation=relation)
        for person, relation in others.items()
    )
    for request in made:
        notify([request.person_id], notices.asked(request, intake))


def _lock_open(round_id: UUID) -> IntakeRound:
    """Answers and the close wait for each other."""
    locked = IntakeRound.objects.select_for_update(of=("self",)).select_related("leader").get(pk=round_id)
    if not locked.is_open:
        raise ValidationError(_("This round is closed."))
    return locked


def _lock_waiting(request: IntakeRequest, by: Member) -> IntakeRequest:
    locked = (
        IntakeRequest.objects.select_for_update(of=("self",))
        .select_related("round__leader__unit", "person")
        .get(pk=request.pk)
    )
    demand(locked.person_id == by.person_id, _("Whoever is asked answers."))
    if not locked.is_waiting:
        raise ValidationError(_("You have answered this already."))
    return locked


def _shown_as(relation: Relation, named: bool, by: Member) -> tuple[Source, UUID | None]:
    """An immediate leader who is not named is one of the colleagues: one or two are no group."""
    if relation == Relation.SELF:
        return Source.SELF, by.person_id
    if relation == Relation.MANAGER:
        return (Source.MANAGER, by.person_id) if named else (Source.COLLEAGUE, None)
    return Source(relation), None


def _settle(intake: IntakeRound) -> IntakeRound:
    """Open the box, write what may be shown anew in a drawn order, and delete the rest: afterwards no row
    tells by its place or its transaction who wrote it, and what is not shown is not there."""
    intake.closed_on = timezone.localdate()
    intake.save(update_fields=["closed_on"])  # from here on its remarks can be read
    remarks = list(intake.remarks.all())
    answers = _answers_by_source(intake, remarks)
    shown = groups_shown(answers) | {Source.SELF: Source.SELF, Source.MANAGER: Source.MANAGER}
    kept = [
        IntakeRemark(
            round=intake,
            source=shown[Source(each.source)],
            author_id=each.author_id,
            aspect=each.aspect,
            competency_id=each.competency_id,
            words=each.words,
        )
        for each in remarks
        if each.source in shown
    ]
    SystemRandom().shuffle(kept)
    intake.remarks.all().delete()
    IntakeRemark.objects.bulk_create(kept)
    groups: Counter[str] = Counter()
    for source, count in answers.items():
        if count and source in shown:
            groups[shown[source]] += count
    intake.groups = groups
    intake.save(update_fields=["groups"])
    told = {intake.leader_id}
    if (sponsorship := running_sponsorship_of(intake.leader_id)) is not None:
        told.add(sponsorship.sponsor_id)
    notify(told, notices.closed(intake))
    return intake


def _answers_by_source(intake: IntakeRound, remarks: Iterable[IntakeRemark]) -> dict[Source, int]:
    """How many answered in each group that is not named, by the requests: remarks are not tied to answers."""
    answered = intake.requests.filter(state=RequestState.ANSWERED).values_list("relation", flat=True)
    by_relation = Counter(map(Relation, answered))
    named = {each.author_id for each in remarks if each.source == Source.MANAGER}
    return {
        Source.COWORKER: by_relation[Relation.COWORKER],
        Source.REPORT: by_relation[Relation.REPORT],
        Source.COLLEAGUE: by_relation[Relation.MANAGER] - len(named),
    }
