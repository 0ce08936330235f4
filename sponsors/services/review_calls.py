"""Reviews before their time, because a leader takes on something new; and how often they come."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Appointment, Person
from people.notices import notify
from sponsors.enums import ReviewCause
from sponsors.models import Review, ReviewCall, ReviewRule
from sponsors.notices import reviews as notices
from sponsors.permissions import (
    REVIEW_IS_CALLED_BY,
    REVIEW_RULE_IS_KEPT_BY,
    can_call_review,
    can_keep_review_rule,
)
from sponsors.plan.reviews import EARLY, LONGEST_DAYS, SHORTEST_DAYS, day_under_new_rule, due_day
from sponsors.queries.profiles import immediate_leaders_of
from sponsors.queries.reviews import (
    appointments_that_call,
    first_versions_without_review,
    open_review_of,
    review_rule_in_force,
)
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at
from sponsors.services.reviews import begin_review
from tenancy.scope import current_organization_id
from tenancy.turns import one_at_a_time


@transaction.atomic
def call_review(leader: Person, cause: ReviewCause, words: str, *, by: Member) -> ReviewCall:
    """The sponsor calls a review early for a new scope or project. Appointments call theirs by themselves."""
    demand(can_call_review(seat_at(by, leader.pk, on=timezone.localdate())), REVIEW_IS_CALLED_BY)
    if cause == ReviewCause.ROLE:
        raise ValidationError({"cause": _("A new appointment calls a review by itself.")})
    if not words.strip():
        raise ValidationError({"words": _("Say what is new: the leader reads it.")})
    review = open_review_of(leader.pk)
    if review is None:
        raise ValidationError(_("There is no regimen to review yet."))
    return _call(review, ReviewCall(cause=cause, words=words.strip(), called_by_id=by.person_id))


@transaction.atomic
def call_reviews_for_new_roles(*, on: dt.date) -> int:
    """Each appointment that begins calls one review, once. Gives how many did."""
    found = list(appointments_that_call(on=on))
    reviews = Review.objects.select_related("leader").in_bulk([each.review_id for each in found])  # type: ignore[attr-defined]  # annotated
    for each in found:
        _call(reviews[each.review_id], _call_of(each), on=on)  # type: ignore[attr-defined]  # annotated
    return len(found)


@transaction.atomic
def begin_missing_reviews(*, on: dt.date) -> int:
    """Of regimens from before there were reviews. Nobody is late the day they learn of it."""
    found = list(first_versions_without_review())
    for version in found:
        review = begin_review(version.leader_id, on=timezone.localdate(version.published_at))
        if review.due_on < on + EARLY:
            review.due_on = on + EARLY
            review.save(update_fields=["due_on"])
    return len(found)


@transaction.atomic
def change_review_rule(every_days: int, *, by: Member) -> ReviewRule:
    """Say how often regimens are reviewed. What is open moves with the rule."""
    demand(can_keep_review_rule(by), REVIEW_RULE_IS_KEPT_BY)
    if not SHORTEST_DAYS <= every_days <= LONGEST_DAYS:
        words = _("Between %(least)d and %(most)d days.") % {"least": SHORTEST_DAYS, "most": LONGEST_DAYS}
        raise ValidationError({"every_days": words})
    one_at_a_time("sponsors review rule")
    if review_rule_in_force().every_days == every_days:
        return review_rule_in_force()
    rule, _new = ReviewRule.objects.update_or_create(
        organization_id=current_organization_id(),
        defaults={"every_days": every_days, "changed_by_id": by.person_id},
    )
    _move_open_reviews(every_days, on=timezone.localdate())
    return rule


def _move_open_reviews(every: int, *, on: dt.date) -> None:
    reviews = list(
        Review.objects.select_for_update(of=("self",)).filter(closed_on=None).prefetch_related("calls")
    )
    for each in reviews:
        called = [call.due_on for call in each.calls.all()]
        now = due_day(each.begun_on, every=every, agreed=each.agreed_on, called=called)
        each.due_on = day_under_new_rule(each.due_on, now, on=on)
    Review.objects.bulk_update(reviews, ["due_on"], batch_size=500)


def _call_of(appointment: Appointment) -> ReviewCall:
    return ReviewCall(
        cause=ReviewCause.ROLE, appointment=appointment.pk, words=appointment.position.title[:300]
    )


def _call(review: Review, call: ReviewCall, *, on: dt.date | None = None) -> ReviewCall:
    """Note the cause, and bring the day forward."""
    call.review, call.called_on = review, on or timezone.localdate()
    call.due_on = call.called_on + EARLY
    call.save()
    Review.objects.filter(pk=review.pk, due_on__gt=call.due_on).update(due_on=call.due_on)
    sponsorship = running_sponsorship_of(review.leader_id)
    holders = immediate_leaders_of(review.leader_id, on=call.called_on)
    told = {review.leader_id} | holders | ({sponsorship.sponsor_id} if sponsorship else set())
    notify(told - {call.called_by_id}, notices.called(call))
    return call
