"""What the Passport puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passport.enums import ReadOf
from passport.models import Capstone, PodAttempt, Stamp, TransferOutcome
from passport.permissions import can_verify_evidence
from passport.pod_queries import (
    attempts_to_mark,
    capstones_to_verify,
    outcomes_to_confirm,
    running_attempts_of,
)
from passport.queries import declined_claims_of, stamps_to_verify
from passport.reads import record_reads
from people.member import Member
from people.today import DueItem, Source, one_by_one

ANSWER_DAYS = 14  # within which somebody who submits evidence may expect an answer
SINGLY = 5


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """Evidence, capstones and committees to look at, for whoever may; the holder's declined claims."""
    found = [one_by_one(lambda: declined_claims_of(member.person_id), lambda claim: to_complete(claim, slug))]
    found.append(
        one_by_one(lambda: running_attempts_of(member.person_id), lambda each: attempt_to_go_on(each, slug))
    )
    if can_verify_evidence(member):
        to_verify = Source(
            lambda: stamps_to_verify(member, on=on), lambda stamps: evidence_to_verify(stamps, member, slug)
        )
        found.insert(0, to_verify)
        found += [
            one_by_one(
                lambda: attempts_to_mark(member, on=on), lambda each: attempt_to_mark(each, member, slug)
            ),
            one_by_one(
                lambda: capstones_to_verify(member, on=on),
                lambda each: capstone_to_verify(each, member, slug),
            ),
            one_by_one(
                lambda: outcomes_to_confirm(member, on=on),
                lambda each: outcome_to_confirm(each, member, slug),
            ),
        ]
    return found


def evidence_to_verify(waiting: QuerySet[Stamp], member: Member, slug: str) -> list[DueItem]:
    """The oldest claims one by one, and how many more there are. Their holders are told, as of any list."""
    oldest = list(waiting[: SINGLY + 1])
    record_reads([stamp.person_id for stamp in oldest[:SINGLY]], ReadOf.LIST, by=member)
    items = [
        DueItem(
            _("Verify %(milestone)s") % {"milestone": stamp.milestone.title},
            _("%(name)s waits for an answer.") % {"name": stamp.person.name},
            reverse("passport:milestone", args=[slug, stamp.person_id, stamp.milestone_id]),
            "rosette-discount-check",
            stamp.submitted_on + dt.timedelta(days=ANSWER_DAYS),
        )
        for stamp in oldest[:SINGLY]
    ]
    if len(oldest) > SINGLY:
        more = waiting.count() - SINGLY
        title = ngettext("Verify one more milestone", "Verify %(count)d more milestones", more)
        detail = _("People wait for an answer to their evidence.")
        due = oldest[SINGLY].submitted_on + dt.timedelta(days=ANSWER_DAYS)
        url = reverse("passport:inbox", args=[slug])
        items.append(DueItem(title % {"count": more}, detail, url, "rosette-discount-check", due))
    return items


def to_complete(claim: Stamp, slug: str) -> DueItem:
    return DueItem(
        _("Complete your evidence: %(title)s") % {"title": claim.milestone.title},
        _("The verifier wrote what is missing."),
        reverse("passport:milestone", args=[slug, claim.person_id, claim.milestone_id]),
        "rosette",
    )


def capstone_to_verify(capstone: Capstone, member: Member, slug: str) -> DueItem:
    record_reads([capstone.person_id], ReadOf.LIST, by=member)
    shown_on = capstone.submitted_on or capstone.planned_on
    return DueItem(
        _("Verify the capstone %(title)s") % {"title": capstone.title},
        _("%(name)s waits for an answer.") % {"name": capstone.person.name},
        reverse("passport:capstone", args=[slug, capstone.pk]),
        "hammer",
        shown_on + dt.timedelta(days=ANSWER_DAYS),
    )


def outcome_to_confirm(outcome: TransferOutcome, member: Member, slug: str) -> DueItem:
    record_reads([outcome.person_id], ReadOf.LIST, by=member)
    return DueItem(
        _("Confirm: %(role)s, %(committee)s") % {"role": outcome.role, "committee": outcome.committee},
        _("%(name)s leads a committee since a skill pod.") % {"name": outcome.person.name},
        reverse("passport:pods_of", args=[slug, outcome.person_id]),
        "gavel",
        timezone.localdate(outcome.recorded_at) + dt.timedelta(days=ANSWER_DAYS),
    )


def attempt_to_mark(attempt: PodAttempt, member: Member, slug: str) -> DueItem:
    record_reads([attempt.person_id], ReadOf.LIST, by=member)
    finished_on = timezone.localdate(attempt.finished_at)
    return DueItem(
        _("Mark the pod %(title)s") % {"title": attempt.pod.title},
        _("%(name)s waits for your words.") % {"name": attempt.person.name},
        reverse("passport:pod_attempt", args=[slug, attempt.pk]),
        "puzzle",
        finished_on + dt.timedelta(days=ANSWER_DAYS),
    )


def attempt_to_go_on(attempt: PodAttempt, slug: str) -> DueItem:
    return DueItem(
        _("Go on with %(title)s") % {"title": attempt.pod.title},
        _("You have begun this skill pod."),
        reverse("passport:pod_attempt", args=[slug, attempt.pk]),
        "puzzle",
    )
