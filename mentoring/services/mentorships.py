"""From the offer to the end of a mentorship, one function for each act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.enums import ENDINGS, OBSTACLES, Initiator, MentorshipState, OverCause, Tier
from mentoring.models import Mentorship
from mentoring.notices import mentorships as notices
from mentoring.pairing import all_taken, demand_possible, demand_welcome, no_places, was_declined
from mentoring.permissions import (
    MENTOR_IS_CHANGED_BY,
    MENTORSHIP_IS_ANSWERED_BY,
    MENTORSHIP_IS_FOR,
    MENTORSHIP_IS_WITHDRAWN_BY,
    can_answer_mentorship,
    can_direct_mentorship,
    can_steer_mentorship,
    can_withdraw_mentorship,
)
from mentoring.queries.mentorships import cohorts_of, directors_of_mentee, living_in_tier
from mentoring.services.endings import close, end_replaced
from mentoring.services.locking import lock_mentorship
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify

LASTS = dt.timedelta(days=365)  # unless it is extended or ended
LONGEST = dt.timedelta(days=3 * 365)  # ahead of today
# One answer for a mentor one has, an offer one has not heard of, and one that was declined.
NOT_NOW = gettext_lazy("The two of you cannot be proposed now. The programme director can say more.")


@transaction.atomic
def propose_mentorship(
    mentor: Person, mentee: Person, tier: Tier, *, why: str = "", by: Member
) -> Mentorship:
    """Ask somebody to be one's mentor or mentee. The other side says yes or no; the rules of pairs hold."""
    demand(by.person_id in {mentor.pk, mentee.pk}, _("Mentor or mentee propose a mentorship of their own."))
    running = Mentorship.objects.filter(mentee=mentee.pk, tier=tier, state=MentorshipState.ACTIVE)
    if was_declined(mentor, mentee) or running.exists():
        raise ValidationError(NOT_NOW)
    demand_possible(mentor, mentee, tier)
    today = timezone.localdate()
    made = Mentorship(mentor=mentor, mentee=mentee, tier=tier, why=why.strip(), offered_on=today)
    if by.person_id == mentor.pk:
        # The mentor's own word is their acceptance.
        made.initiator, made.state, made.accepted_on = Initiator.MENTOR, MentorshipState.ACCEPTED, today
    else:
        made.initiator = Initiator.MENTEE
    _write(made, mentor.name, in_the_way=str(NOT_NOW))
    notify([made.other_side(by.person_id).pk], notices.proposed(made, by=by.name))
    return made


@transaction.atomic
def accept_mentorship(mentorship: Mentorship, *, by: Member) -> Mentorship:
    """The mentor takes somebody on, if a place is free. What the mentee asked for begins with it."""
    locked = lock_mentorship(mentorship)
    demand(by.person_id == locked.mentor_id, MENTORSHIP_IS_ANSWERED_BY)
    _require(locked, MentorshipState.OFFERED)
    locked.accepted_on = timezone.localdate()
    locked.state = MentorshipState.ACCEPTED
    if locked.initiator == Initiator.MENTEE:
        _begin(locked)
    _write(locked, by.name)
    notify([locked.mentee_id], notices.accepted(locked))
    return locked


@transaction.atomic
def confirm_mentorship(mentorship: Mentorship, *, by: Member) -> Mentorship:
    """The mentee says yes to a mentor who accepted them: it begins."""
    locked = lock_mentorship(mentorship)
    demand(by.person_id == locked.mentee_id, MENTORSHIP_IS_ANSWERED_BY)
    _require(locked, MentorshipState.ACCEPTED)
    _begin(locked)
    _write(locked, locked.mentor.name)
    notify([locked.mentor_id], notices.confirmed(locked))
    return locked


@transaction.atomic
def decline_mentorship(
    mentorship: Mentorship, *, cause: OverCause, words: str = "", by: Member
) -> Mentorship:
    """Say no, with a reason for the director. The pair is never proposed again."""
    locked = lock_mentorship(mentorship)
    demand(by.person_id in locked.both, MENTORSHIP_IS_ANSWERED_BY)
    _require(locked, MentorshipState.OFFERED, MentorshipState.ACCEPTED)
    demand(can_answer_mentorship(by, locked), MENTORSHIP_IS_ANSWERED_BY)
    known = locked.known_to
    close(locked, MentorshipState.DECLINED, *_reason(cause, words, among=OBSTACLES), by_id=by.person_id)
    notify(known - {by.person_id}, notices.not_come_about(locked))
    notify(_directors(locked) - {by.person_id}, notices.declined(locked))
    return locked


@transaction.atomic
def withdraw_mentorship(mentorship: Mentorship, *, words: str, by: Member) -> Mentorship:
    """Take an offer back before it begins: the director, or whoever of the two proposed it."""
    locked = lock_mentorship(mentorship)
    demand(can_withdraw_mentorship(by, locked, _cohorts(locked)), MENTORSHIP_IS_WITHDRAWN_BY)
    _require(locked, MentorshipState.OFFERED, MentorshipState.ACCEPTED)
    known = locked.known_to
    close(locked, MentorshipState.WITHDRAWN, *_reason(OverCause.OTHER, words), by_id=by.person_id)
    notify(known - {by.person_id}, notices.not_come_about(locked))
    return locked


@transaction.atomic
def end_mentorship(mentorship: Mentorship, *, cause: OverCause, words: str = "", by: Member) -> Mentorship:
    """End what runs, with the reason. Either side, or the director."""
    locked = lock_mentorship(mentorship)
    demand(can_steer_mentorship(by, locked, _cohorts(locked)), MENTORSHIP_IS_FOR)
    _require(locked, MentorshipState.ACTIVE)
    close(locked, MentorshipState.ENDED, *_reason(cause, words, among=ENDINGS), by_id=by.person_id)
    notify(locked.both - {by.person_id}, notices.ended(locked, by=by.name))
    return locked


@transaction.atomic
def extend_mentorship(mentorship: Mentorship, *, until: dt.date, words: str, by: Member) -> Mentorship:
    """Let it run longer than planned, with the reason. Either side, or the director."""
    locked = lock_mentorship(mentorship)
    demand(can_steer_mentorship(by, locked, _cohorts(locked)), MENTORSHIP_IS_FOR)
    _require(locked, MentorshipState.ACTIVE)
    today = timezone.localdate()
    if until <= max(locked.planned_end or today, today):
        raise ValidationError({"until": _("Choose a day after the end planned so far, and after today.")})
    if until > today + LONGEST:
        raise ValidationError({"until": _("At most three years ahead: extend it again then.")})
    if not words.strip():
        raise ValidationError({"words": _("Say why it runs longer.")})
    locked.planned_end, locked.extended_why = until, words.strip()
    locked.save(update_fields=["planned_end", "extended_why"])
    notify(locked.both - {by.person_id}, notices.extended(locked, by=by.name))
    return locked


@transaction.atomic
def change_mentor(mentorship: Mentorship, mentor: Person, *, words: str, by: Member) -> Mentorship:
    """Offer the mentee to somebody else in the same tier. The director.

    What runs goes on until the new one begins, and ends with it; what has not begun is taken back.
    """
    locked = lock_mentorship(mentorship)
    demand(can_direct_mentorship(by, _cohorts(locked)), MENTOR_IS_CHANGED_BY)
    _require(locked, MentorshipState.OFFERED, MentorshipState.ACCEPTED, MentorshipState.ACTIVE)
    if mentor.pk == locked.mentor_id:
        raise ValidationError({"mentor": _("This is the mentor already.")})
    demand_welcome(mentor, locked.mentee)
    demand_possible(mentor, locked.mentee, Tier(locked.tier))
    cause, why = _reason(OverCause.CHANGE, words)
    running, asked = living_in_tier(locked)
    if asked is not None:
        known = asked.known_to
        close(asked, MentorshipState.WITHDRAWN, cause, why, by_id=by.person_id)
        notify(known - {by.person_id}, notices.not_come_about(asked))
    made = Mentorship(
        mentor=mentor,
        mentee=locked.mentee,
        tier=locked.tier,
        initiator=Initiator.DIRECTOR,
        why=why,
        offered_on=timezone.localdate(),
        replaces=running or asked,
    )
    _write(made, mentor.name)
    notify([mentor.pk], notices.offered(made))
    if running is not None:
        notify(running.both - {by.person_id}, notices.change_proposed(running))
    return made


def _require(mentorship: Mentorship, *states: MentorshipState) -> None:
    """Two at once: the second one learns what the first one did."""
    if mentorship.state not in states:
        raise ValidationError(
            _("Meanwhile this changed. It is now: %(state)s.")
            % {"state": mentorship.get_state_display().lower()}
        )


def _begin(mentorship: Mentorship) -> None:
    """From today; the one whose place it takes ends with it."""
    today = timezone.localdate()
    end_replaced(mentorship)
    mentorship.state, mentorship.started_on = MentorshipState.ACTIVE, today
    mentorship.planned_end = today + LASTS


def _reason(
    cause: OverCause, words: str, *, among: Iterable[OverCause] = (OverCause.OTHER, OverCause.CHANGE)
) -> tuple[OverCause, str]:
    """The cause and its words; words are needed where the cause says nothing."""
    if cause not in among:
        raise ValidationError({"cause": _("Choose one of the reasons.")})
    if not words.strip() and cause in {OverCause.OTHER, OverCause.CHANGE}:
        raise ValidationError({"words": _("Say why, in a sentence.")})
    return cause, words.strip() or str(cause.label)


def _write(mentorship: Mentorship, mentor: str, *, in_the_way: str = "") -> None:
    """Save it, and say in words what the database refuses; `in_the_way` for another mentorship that is."""
    try:
        with transaction.atomic():
            mentorship.save()
    except IntegrityError as error:
        tier = Tier(mentorship.tier)
        one_already = _("%(name)s has, or is offered, a mentor of this tier already.") % {
            "name": mentorship.mentee.name
        }
        refused = {
            "mentoring_capacity_kept": all_taken(mentor, tier),
            "mentoring_capacity_offered": no_places(mentor, tier),
            "mentoring_mentorship_one_a_tier": in_the_way or one_already,
            "mentoring_mentorship_asked_once": in_the_way or one_already,
            "mentoring_mentorship_one_a_pair": in_the_way
            or _("The two have a mentorship, or are offered one, already."),
        }
        for rule, words in refused.items():
            if rule in str(error) or rule == getattr(
                getattr(error.__cause__, "diag", None), "constraint_name", ""
            ):
                raise ValidationError(words) from error
        raise


def _cohorts(mentorship: Mentorship) -> set[UUID]:
    return set(cohorts_of(mentorship.mentee_id, on=timezone.localdate()))


def _directors(mentorship: Mentorship) -> set[UUID]:
    return directors_of_mentee(mentorship.mentee_id, on=timezone.localdate())
