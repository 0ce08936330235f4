"""From asking a sponsor to the end of a sponsorship, one function for each act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import ENDINGS, OBSTACLES, OverCause, SponsorshipState
from sponsors.models import SponsorProfile, Sponsorship
from sponsors.notices import sponsorships as notices
from sponsors.permissions import (
    HANDOVER_IS_WRITTEN_BY,
    SPONSORSHIP_IS_ANSWERED_BY,
    SPONSORSHIP_IS_ENDED_BY,
    SPONSORSHIP_IS_WITHDRAWN_BY,
    is_one_of,
)
from sponsors.queries.profiles import immediate_leaders_of, sponsors_here
from sponsors.queries.sponsorships import handed_over_to, sponsorships_of_leavers
from sponsors.services.meanwhile import moved_to

HANDOVER: Final = dt.timedelta(days=60)  # within which a former sponsor writes and mends the hand-over


@transaction.atomic
def ask_sponsor(sponsor: Person, *, why: str = "", by: Member) -> Sponsorship:
    """Ask somebody to be one's primary sponsor: the leader's own choice (C1), one request at a time."""
    today = timezone.localdate()
    _lock_leader(by.person_id)
    if sponsor.pk == by.person_id:
        raise ValidationError(_("Nobody is their own sponsor: choose somebody else."))
    if sponsor.pk in immediate_leaders_of(by.person_id, on=today):
        raise ValidationError(
            _("%(name)s is your immediate leader, who reviews your plan with your sponsor. Ask another.")
            % {"name": sponsor.name}
        )
    own = Sponsorship.objects.filter(leader=by.person_id)
    if (asked := own.filter(state=SponsorshipState.ASKED).select_related("sponsor").first()) is not None:
        raise ValidationError(
            _("You asked %(name)s, who has not answered yet. Take that back before you ask somebody else.")
            % {"name": asked.sponsor.name}
        )
    if own.filter(state=SponsorshipState.ACTIVE, sponsor=sponsor).exists():
        raise ValidationError(_("%(name)s is your primary sponsor already.") % {"name": sponsor.name})
    if not _profile_with_place(sponsor, on=today).offering:
        raise ValidationError(_("%(name)s takes no new leaders at present.") % {"name": sponsor.name})
    made = Sponsorship.objects.create(
        leader_id=by.person_id, sponsor=sponsor, why=why.strip(), asked_on=today
    )
    notify([sponsor.pk], notices.asked(made))
    return made


@transaction.atomic
def accept_sponsorship(sponsorship: Sponsorship, *, by: Member) -> Sponsorship:
    """The sponsor says yes. It begins at once; a sponsor before this one hands over on the same day."""
    locked = _locked(sponsorship)
    demand(by.person_id == locked.sponsor_id, SPONSORSHIP_IS_ANSWERED_BY)
    _require(locked, SponsorshipState.ASKED)
    if locked.sponsor_id in immediate_leaders_of(locked.leader_id, on=timezone.localdate()):
        raise ValidationError(
            _(
                "%(name)s reports to you by now, and a plan is reviewed by sponsor and immediate leader "
                "together. Decline, so that they ask somebody else."
            )
            % {"name": locked.leader.name}
        )
    _profile_with_place(locked.sponsor, on=timezone.localdate())
    before = _end_before(locked)
    locked.state, locked.started_on, locked.follows = SponsorshipState.ACTIVE, timezone.localdate(), before
    locked.save(update_fields=["state", "started_on", "follows"])
    notify([locked.leader_id], notices.accepted(locked))
    if before is not None:
        notify([before.sponsor_id], notices.handed_over(before, locked))
    managers = immediate_leaders_of(locked.leader_id, on=timezone.localdate())
    notify(managers, notices.sponsor_of_report(locked))
    return locked


@transaction.atomic
def decline_sponsorship(
    sponsorship: Sponsorship, *, cause: OverCause, words: str = "", by: Member
) -> Sponsorship:
    """The sponsor says no, with a reason that the leader reads."""
    locked = _locked(sponsorship)
    demand(by.person_id == locked.sponsor_id, SPONSORSHIP_IS_ANSWERED_BY)
    _require(locked, SponsorshipState.ASKED)
    _end(locked, SponsorshipState.DECLINED, cause, words, among=OBSTACLES, by=by.person_id)
    notify([locked.leader_id], notices.declined(locked))
    return locked


@transaction.atomic
def withdraw_request(sponsorship: Sponsorship, *, by: Member) -> Sponsorship:
    """The leader takes the request back before it is answered."""
    locked = _locked(sponsorship)
    demand(by.person_id == locked.leader_id, SPONSORSHIP_IS_WITHDRAWN_BY)
    _require(locked, SponsorshipState.ASKED)
    locked.state, locked.over_on = SponsorshipState.WITHDRAWN, timezone.localdate()
    locked.over_by_id = by.person_id
    locked.save(update_fields=["state", "over_on", "over_by"])
    notify([locked.sponsor_id], notices.withdrawn(locked))
    return locked


@transaction.atomic
def end_sponsorship(
    sponsorship: Sponsorship, *, cause: OverCause, words: str = "", by: Member
) -> Sponsorship:
    """Either of the two ends it, with the reason. The leader chooses the next sponsor."""
    locked = _locked(sponsorship)
    demand(is_one_of(by, locked), SPONSORSHIP_IS_ENDED_BY)
    _require(locked, SponsorshipState.ACTIVE)
    _end(locked, SponsorshipState.ENDED, cause, words, among=ENDINGS, by=by.person_id)
    told = {
        locked.leader_id,
        locked.sponsor_id,
        *immediate_leaders_of(locked.leader_id, on=timezone.localdate()),
    }
    notify(told - {by.person_id}, notices.ended(locked))
    return locked


@transaction.atomic
def write_handover(sponsorship: Sponsorship, words: str, *, by: Member) -> Sponsorship:
    """What the next sponsor should know; the leader reads it too. Until 60 days after the end."""
    locked = _locked(sponsorship)
    demand(by.person_id == locked.sponsor_id, HANDOVER_IS_WRITTEN_BY)
    _require(locked, SponsorshipState.ACTIVE, SponsorshipState.ENDED)
    if not may_still_hand_over(locked, on=timezone.localdate()):
        raise ValidationError(_("The hand-over was closed 60 days after the end."))
    locked.handover = words.strip()
    locked.save(update_fields=["handover"])
    after = handed_over_to(locked)
    if after is not None:
        notify({after.sponsor_id, after.leader_id}, notices.handover_written(after))
    return locked


def may_still_hand_over(sponsorship: Sponsorship, *, on: dt.date) -> bool:
    """While it runs, and for a while after."""
    return sponsorship.is_running or (
        sponsorship.state == SponsorshipState.ENDED
        and sponsorship.over_on is not None
        and on <= sponsorship.over_on + HANDOVER
    )


@transaction.atomic
def end_for_leavers(*, on: dt.date) -> int:
    """End what was asked for or runs with somebody who is not here any more. Gives how many."""
    count = 0
    for each in sponsorships_of_leavers(on=on).select_for_update(of=("self",)):
        each.state = SponsorshipState.ENDED if each.is_running else SponsorshipState.WITHDRAWN
        each.over_on, each.over_cause = on, OverCause.LEAVING
        each.over_reason = str(OverCause.LEAVING.label)
        each.save(update_fields=["state", "over_on", "over_cause", "over_reason"])
        notify({each.leader_id, each.sponsor_id}, notices.ended(each))
        count += 1
    return count


def _lock_leader(person_id: UUID) -> Person:
    """Whatever makes or ends a leader's sponsorships waits here: two at once come one after the other."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _locked(sponsorship: Sponsorship) -> Sponsorship:
    _lock_leader(sponsorship.leader_id)
    rows = Sponsorship.objects.select_for_update(of=("self",)).select_related("leader", "sponsor")
    return rows.get(pk=sponsorship.pk)


def _require(sponsorship: Sponsorship, *states: SponsorshipState) -> None:
    """Two at once: the second one learns what the first one did."""
    if sponsorship.state not in states:
        raise moved_to(sponsorship.get_state_display())


def _profile_with_place(sponsor: Person, *, on: dt.date) -> SponsorProfile:
    """The profile of whoever sponsors here and has a place free. It stays locked: of two acceptances of the
    last place at once the second one waits, and then finds it taken."""
    SponsorProfile.objects.select_for_update().filter(person=sponsor).first()
    profile = sponsors_here(on=on).filter(person=sponsor).first()
    if profile is None:
        raise ValidationError(_("%(name)s does not sponsor anybody here.") % {"name": sponsor.name})
    if profile.free <= 0:  # type: ignore[attr-defined]  # annotated
        raise ValidationError(
            _("All places of %(name)s are taken: %(taken)d of %(places)d.")
            % {"name": sponsor.name, "taken": profile.taken, "places": profile.places}  # type: ignore[attr-defined]
        )
    return profile


def _end_before(sponsorship: Sponsorship) -> Sponsorship | None:
    """The sponsorship that runs is over by the leader's own new choice."""
    before = (
        Sponsorship.objects.select_for_update(of=("self",))
        .filter(leader=sponsorship.leader_id, state=SponsorshipState.ACTIVE)
        .select_related("leader", "sponsor")
        .first()
    )
    if before is not None:
        before.state, before.over_on = SponsorshipState.ENDED, timezone.localdate()
        before.over_by_id, before.over_cause = sponsorship.leader_id, OverCause.HAND_OVER
        before.over_reason = str(OverCause.HAND_OVER.label)
        before.save(update_fields=["state", "over_on", "over_by", "over_cause", "over_reason"])
    return before


def _end(
    sponsorship: Sponsorship,
    state: SponsorshipState,
    cause: OverCause,
    words: str,
    *,
    among: Iterable[OverCause],
    by: UUID,
) -> None:
    """Over, with a cause; words are needed where the cause says nothing."""
    if cause not in among:
        raise ValidationError({"cause": _("Choose one of the reasons.")})
    if not words.strip() and cause == OverCause.OTHER:
        raise ValidationError({"words": _("Say why, in a sentence.")})
    sponsorship.state, sponsorship.over_on, sponsorship.over_by_id = state, timezone.localdate(), by
    sponsorship.over_cause, sponsorship.over_reason = cause, words.strip() or str(cause.label)
    sponsorship.save(update_fields=["state", "over_on", "over_by", "over_cause", "over_reason"])
