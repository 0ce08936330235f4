"""Holding a review: what is written into it, the leader's own view, and the two signatures that close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import Decision
from sponsors.models import Action, Review, ReviewNote
from sponsors.notices import reviews as notices
from sponsors.permissions import (
    LEADER_VIEW_IS_BY,
    REVIEW_IS_HELD_BY,
    can_hold_review,
)
from sponsors.plan.reviews import due_day
from sponsors.queries.profiles import immediate_leaders_of
from sponsors.queries.reviews import missing_in, open_actions_of, review_rule_in_force, seen_in
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at
from sponsors.seats import Seat
from sponsors.services.meanwhile import ChangedMeanwhileError


@dataclass(frozen=True, slots=True)
class Findings:
    """What is written into a review, perhaps not all of it yet. `words`: by action."""

    words: Mapping[UUID, str]
    decision: Decision | None
    reason: str
    next_on: dt.date | None


def begin_review(leader_id: UUID, *, on: dt.date, agreed_on: dt.date | None = None) -> Review:
    """Begin to wait for the next review. One that is open already stays."""
    due_on = due_day(on, every=review_rule_in_force().every_days, agreed=agreed_on)
    values = {"begun_on": on, "agreed_on": agreed_on, "due_on": due_on}
    return Review.objects.get_or_create(leader_id=leader_id, closed_on=None, defaults=values)[0]


@transaction.atomic
def write_review(review: Review, findings: Findings, *, revision: int, by: Member) -> Review:
    """Sponsor and immediate leader write together. Whoever has signed other words signs again."""
    locked = _lock(review)
    seat = _demand_holder(locked, by)
    if locked.revision != revision:
        raise ChangedMeanwhileError(locked, locked.changed_by.name if locked.changed_by else "")
    _check_date(findings)
    actions = {each.pk: each for each in open_actions_of(seat)}
    changed = _write_notes(
        locked, {actions[key]: words for key, words in findings.words.items() if key in actions}
    )
    after = {
        "decision": findings.decision or "",
        "reason": findings.reason.strip(),
        "next_on": None if findings.decision == Decision.STOP else findings.next_on,
    }
    if not changed and all(getattr(locked, name) == value for name, value in after.items()):
        return locked
    signed = {each for each in (locked.sponsor_id, locked.manager_id) if each is not None}
    for name, value in after.items():
        setattr(locked, name, value)
    locked.sponsor = locked.sponsor_signed_at = locked.manager = locked.manager_signed_at = None
    _save_change(locked, by)
    notify(signed - {by.person_id}, notices.changed(locked, by=by.name))
    return locked


@transaction.atomic
def add_leader_view(review: Review, words: str, *, by: Member) -> Review:
    """The leader's own view of how it goes. It takes no signature away, but is read before the next one."""
    locked = _lock(review)
    demand(by.person_id == locked.leader_id, LEADER_VIEW_IS_BY)
    _demand_open(locked)
    if not words.strip():
        raise ValidationError({"words": _("Say in your words how it goes.")})
    locked.leader_view = words.strip()
    _save_change(locked, by)
    notify(_holders_of(locked.leader_id), notices.leader_said(locked))
    return locked


@transaction.atomic
def sign_review(review: Review, *, seen: str, by: Member) -> Review:
    """Sign what one has read: `seen` as the page showed it. With the second signature the review is closed,
    and the next one begins unless the plan was stopped."""
    locked = _lock(review)
    seat = _demand_holder(locked, by)
    _demand_seen(locked, seen)
    if by.person_id in {locked.sponsor_id, locked.manager_id}:
        raise ValidationError(_("You have signed: a review is signed by two."))
    if missing := missing_in(locked, seat, on=timezone.localdate()):
        raise ValidationError([_("This is still missing:"), *missing])
    if seat.is_sponsor and locked.sponsor_id is None:
        locked.sponsor_id, locked.sponsor_signed_at = by.person_id, timezone.now()
    elif seat.is_manager and locked.manager_id is None:
        locked.manager_id, locked.manager_signed_at = by.person_id, timezone.now()
    else:
        raise ValidationError(_("Your side has signed: the other one signs now."))
    if locked.sponsor_id is None or locked.manager_id is None:
        locked.save()
        notify(_holders_of(locked.leader_id) - {by.person_id}, notices.to_sign(locked, by=by.name))
        return locked
    return _close(locked)


def _close(review: Review) -> Review:
    review.closed_on, review.version = timezone.localdate(), seen_in(review).version
    review.save()
    if review.decision != Decision.STOP:
        begin_review(review.leader_id, on=review.closed_on, agreed_on=review.next_on)
    others = _holders_of(review.leader_id) - {review.leader_id}
    notify([review.leader_id], notices.closed(review))
    notify(others, notices.closed_for_holders(review))
    return review


def _lock(review: Review) -> Review:
    """With the leader locked first, as whoever publishes a version does."""
    Person.objects.select_for_update(no_key=True).get(pk=review.leader_id)
    rows = Review.objects.select_for_update(of=("self",)).select_related("leader", "changed_by")
    return rows.get(pk=review.pk)


def _demand_holder(review: Review, by: Member) -> Seat:
    seat = seat_at(by, review.leader_id, on=timezone.localdate())
    demand(can_hold_review(seat), REVIEW_IS_HELD_BY)
    _demand_open(review)
    return seat


def _demand_open(review: Review) -> None:
    if review.is_closed:
        raise ValidationError(_("Both have signed this review: it stays as it is."))


def _demand_seen(review: Review, seen: str) -> None:
    """What was signed is what was read: the words, the version in force, and how far the actions are."""
    now = seen_in(review)
    if seen == str(now):
        return
    revision, version, *_actions = f"{seen}..".split(".")
    if revision != str(now.revision):
        name = review.changed_by.name if review.changed_by else _("somebody")
        raise ValidationError(
            _("Meanwhile %(name)s changed the review. Read it again, then sign.") % {"name": name}
        )
    if version != str(now.version):
        raise ValidationError(
            _("Meanwhile version %(number)d of the regimen was published. Read it, then sign.")
            % {"number": now.version}
        )
    raise ValidationError(_("Meanwhile an action of the plan changed. Read it again, then sign."))


def _check_date(findings: Findings) -> None:
    if findings.next_on is None or findings.decision == Decision.STOP:
        return
    today, every = timezone.localdate(), review_rule_in_force().every_days
    if findings.next_on <= today:
        raise ValidationError({"next_on": _("The next date is a day to come.")})
    if findings.next_on > (latest := due_day(today, every=every)):
        words = _("At the latest on %(day)s: reviews are held every %(days)d days here.")
        values = {"day": date_format(latest, "DATE_FORMAT"), "days": every}
        raise ValidationError({"next_on": words % values})


def _write_notes(review: Review, words: Mapping[Action, str]) -> bool:
    """Write the words on some actions; whether those that both signers read changed."""
    before = {each.action_id: each for each in review.notes.all()}
    changed = False
    for action, said in words.items():
        was = before[action.pk].words if action.pk in before else ""
        if was == said.strip():
            continue
        changed |= not action.private
        if not said.strip():
            before[action.pk].delete()
            continue
        values = {"words": said.strip(), "title": action.title, "domain": action.domain}
        ReviewNote.objects.update_or_create(
            review=review, action=action, defaults={**values, "private": action.private}
        )
    return changed


def _save_change(review: Review, by: Member) -> None:
    review.revision += 1
    review.changed_by_id = by.person_id
    review.save()


def _holders_of(leader_id: UUID) -> set[UUID]:
    """Whoever holds the reviews of a leader today."""
    sponsorship = running_sponsorship_of(leader_id)
    managers = immediate_leaders_of(leader_id, on=timezone.localdate())
    return managers | ({sponsorship.sponsor_id} if sponsorship else set())
