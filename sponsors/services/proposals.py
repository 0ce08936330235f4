"""What leaders propose for their regimen, and what becomes of it."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.notices import notify
from sponsors.models import Proposal
from sponsors.notices import regimens as notices
from sponsors.permissions import PROPOSALS_COME_FROM, can_change_goals
from sponsors.queries.profiles import immediate_leaders_of
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at

MOST_WAITING: Final = 10  # as many as the page shows; each new one is told to two people


@transaction.atomic
def propose(words: str, *, by: Member) -> Proposal:
    """The leader would like something else or something more. Sponsor and immediate leader are told."""
    if not words.strip():
        raise ValidationError({"words": _("Say what you would like.")})
    waiting = Proposal.objects.filter(leader=by.person_id, taken_up=None).count()
    if waiting >= MOST_WAITING:
        raise ValidationError(_("So many proposals wait that some should be answered first."))
    made = Proposal.objects.create(leader_id=by.person_id, words=words.strip())
    sponsorship = running_sponsorship_of(by.person_id)
    told = immediate_leaders_of(by.person_id, on=timezone.localdate())
    notify(told | ({sponsorship.sponsor_id} if sponsorship else set()), notices.proposed(made, by=by.name))
    return made


@transaction.atomic
def answer_proposal(proposal: Proposal, *, taken_up: bool, answer: str, by: Member) -> Proposal:
    """Taken up, or why not: the leader gets an answer in any case."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    demand(can_change_goals(seat_at(by, locked.leader_id, on=timezone.localdate())), PROPOSALS_COME_FROM)
    if locked.taken_up is not None:
        raise ValidationError(_("This proposal was answered meanwhile."))
    if not taken_up and not answer.strip():
        raise ValidationError({"answer": _("Say why not: the leader reads it.")})
    locked.taken_up, locked.answer = taken_up, answer.strip()
    locked.answered_by_id, locked.answered_at = by.person_id, timezone.now()
    locked.save(update_fields=["taken_up", "answer", "answered_by", "answered_at"])
    notify([locked.leader_id], notices.answered(locked))
    return locked
