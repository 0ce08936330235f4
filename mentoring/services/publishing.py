"""Publishing the pairs of a run: offers to the mentors, and what has changed since the run is left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.enums import ALIVE, MentorshipState, OverCause, ProposalState, RunState, Tier
from mentoring.matching.scoring import UNITS
from mentoring.models import Capacity, MatchRun, Mentorship, Proposal
from mentoring.notices import runs as notices
from mentoring.permissions import MATCHING_IS_RUN_BY, can_direct_cohort
from mentoring.services.offers import Offer, offer_mentorships
from people.access import demand
from people.member import Member
from people.models import CohortMembership, Person
from people.notices import notify
from people.queries import employed, in_force
from tenancy.turns import one_at_a_time

Pair = tuple[UUID, UUID]
Seat = tuple[UUID, str]  # a person and a tier


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing did. `kept`: pairs that ran, or were offered, already and go on. `replaced`: those
    that run until the offered one begins. `withheld`: pairs that something stands in the way of; each
    proposal says what."""

    offered: int
    kept: int
    replaced: int
    withheld: int


@dataclass(slots=True)
class Now:
    """How things are at the moment of publishing, for all pairs at once."""

    here: set[UUID]
    in_cohort: set[UUID]
    offering: set[UUID]
    places: dict[Seat, int]
    running: dict[Seat, Mentorship]  # by mentee
    asked: dict[Seat, Mentorship]  # by mentee: offered or accepted, and not begun
    leaving: set[Seat]  # by mentor: some mentee of theirs is proposed to somebody else
    pairs: dict[Pair, str]  # pair -> tier in which it is alive
    taken: Counter[Seat] = field(default_factory=Counter)  # by mentor
    declined: set[tuple[UUID, UUID, str]] = field(default_factory=set)


def publish_run(run: MatchRun, *, chosen: Collection[UUID] | None = None, by: Member | None) -> Publication:
    """Offer the pairs of a run to their mentors: those chosen, or all that are still proposed.

    One at a time in a cohort: whoever comes second is told who was first. A pair that something stands in
    the way of by now (somebody left, a place is gone) is left out and says why. Without a member, by the
    quarterly refresh, no mentorship that runs is ended.
    """
    if by is not None:
        demand(can_direct_cohort(by, run.cohort_id), MATCHING_IS_RUN_BY)
    try:
        with transaction.atomic():
            return _publish_locked(run, chosen, by)
    except IntegrityError as error:  # somebody got another mentor between our look and our write
        message = _("A mentorship changed at this very moment. Nothing was published; try again.")
        raise ValidationError(message) from error


def _publish_locked(run: MatchRun, chosen: Collection[UUID] | None, by: Member | None) -> Publication:
    one_at_a_time(f"mentoring publish {run.cohort_id}")
    locked = MatchRun.objects.select_related("published_by").get(pk=run.pk)
    proposals = _to_publish(locked, chosen)
    publication = _publish(locked, proposals, by)
    if locked.published_at is None:
        locked.published_at = timezone.now()
        locked.published_by_id = by.person_id if by else None
    locked.state = RunState.PUBLISHED
    locked.save(update_fields=["state", "published_at", "published_by"])
    others = MatchRun.objects.filter(cohort=locked.cohort_id, state=RunState.DONE).exclude(pk=locked.pk)
    others.filter(tiers__overlap=locked.tiers).update(state=RunState.SUPERSEDED)
    return publication


def _to_publish(run: MatchRun, chosen: Collection[UUID] | None) -> list[Proposal]:
    """The proposals to publish, best first. Raises ValidationError where there is nothing to publish."""
    if run.state == RunState.SUPERSEDED:
        raise ValidationError(_("Another matching of this cohort was published meanwhile. Nothing was done."))
    if run.state not in {RunState.DONE, RunState.PUBLISHED}:
        raise ValidationError(_("This matching is not ready to be published."))
    proposals = Proposal.objects.filter(run=run, state=ProposalState.PROPOSED).defer("alternatives")
    if chosen is not None:
        proposals = proposals.filter(pk__in=chosen)
        if not chosen:
            raise ValidationError(_("Tick the pairs to publish."))
    found = list(proposals.order_by("-score", "pk"))
    if not found and run.published_at is not None:
        raise ValidationError(
            _("%(name)s published these pairs on %(when)s. Nothing was done a second time.")
            % {
                "name": run.published_by.name if run.published_by else _("The quarterly refresh"),
                "when": date_format(timezone.localtime(run.published_at), "DATETIME_FORMAT"),
            }
        )
    if not found:
        raise ValidationError(_("There is no pair to publish."))
    return found


def _publish(run: MatchRun, proposals: list[Proposal], by: Member | None) -> Publication:
    today = timezone.localdate()
    now = _as_it_is(run, proposals, today)
    offers: list[Offer] = []
    over: list[Mentorship] = []
    kept = 0
    for proposal in proposals:
        seat = proposal.mentee_id, proposal.tier
        running, asked = now.running.get(seat), now.asked.get(seat)
        stands = next((one for one in (running, asked) if one and one.mentor_id == proposal.mentor_id), None)
        proposal.problem = "" if stands else _in_the_way(proposal, running, now, by)
        if proposal.problem:
            continue
        proposal.state = ProposalState.PUBLISHED
        if asked is not None and asked is not stands:
            over.append(asked)
            now.taken[asked.mentor_id, asked.tier] -= 1
        if stands:
            kept += 1
            continue
        now.taken[proposal.mentor_id, proposal.tier] += 1
        now.pairs[proposal.mentee_id, proposal.mentor_id] = proposal.tier
        offers.append(_offer(proposal, running))
    _withdraw(over, by, today)
    offer_mentorships(offers, bar=float(run.rule["bar"]), on=today)
    changed = {offer.replaces_id for offer in offers if offer.replaces_id}
    notify(
        {side for one in now.running.values() if one.pk in changed for side in one.both},
        notices.mentor_to_change(),
    )
    _keep_outcome(proposals)
    return Publication(
        offered=len(offers),
        kept=kept,
        replaced=len(changed),
        withheld=sum(bool(proposal.problem) for proposal in proposals),
    )


def _keep_outcome(proposals: list[Proposal]) -> None:
    """Write what became of the pairs: a statement for each outcome, not a case for each pair."""
    outcomes: dict[tuple[str, str], list[UUID]] = {}
    for proposal in proposals:
        outcomes.setdefault((proposal.state, proposal.problem), []).append(proposal.pk)
    for (state, problem), pairs in outcomes.items():
        Proposal.objects.filter(pk__in=pairs).update(state=state, problem=problem)


def _offer(proposal: Proposal, running: Mentorship | None) -> Offer:
    return Offer(
        proposal.mentee_id,
        proposal.mentor_id,
        Tier(proposal.tier),
        proposal.score / UNITS,
        proposal.reason or proposal.sentence,
        running.pk if running else None,
    )


def _in_the_way(proposal: Proposal, running: Mentorship | None, now: Now, by: Member | None) -> str:
    """Why a pair cannot be published now, in words; empty if it can. The first reason of several."""
    mentee, mentor, tier = proposal.mentee_id, proposal.mentor_id, proposal.tier
    elsewhere = now.pairs.get((mentee, mentor))
    full = now.places.get((mentor, tier), 0) <= now.taken[mentor, tier]
    checks = {
        _("The mentor no longer works here."): mentor not in now.here,
        _("The mentee no longer works here."): mentee not in now.here,
        _("The mentee is no longer in the cohort."): mentee not in now.in_cohort,
        _("The mentor takes nobody new now."): mentor not in now.offering,
        _("The mentor declined this pair meanwhile."): (mentee, mentor, tier) in now.declined,
        _("The two have each other in another tier."): elsewhere is not None,
        _(
            "A mentee of this mentor is to change: the place is free when that mentorship begins. "
            "Publish then."
        ): full and (mentor, tier) in now.leaving,
        _("The mentor has no free place in this tier."): full,
        _("A mentorship runs in this tier; only a director ends it."): by is None and running is not None,
    }
    return next((words for words, true in checks.items() if true), "")


def _as_it_is(run: MatchRun, proposals: Iterable[Proposal], on: dt.date) -> Now:
    """Seven questions, however many pairs."""
    mentees = {proposal.mentee_id for proposal in proposals}
    mentors = {proposal.mentor_id for proposal in proposals}
    mentees_own = Mentorship.objects.filter(state__in=ALIVE, mentee__in=mentees)
    alive = list(mentees_own.select_for_update(of=("self",), no_key=True).order_by("pk"))
    by_mentor = Mentorship.objects.filter(state__in=ALIVE, mentor__in=mentors)
    capacities = Capacity.objects.filter(mentor__person__in=mentors).values_list(
        "mentor__person", "tier", "places", "mentor__offering"
    )
    rows = list(capacities)
    declined = Mentorship.objects.filter(state=MentorshipState.DECLINED, mentee__in=mentees)
    running = {(one.mentee_id, one.tier): one for one in alive if one.is_running}
    proposed = {(proposal.mentee_id, proposal.tier): proposal.mentor_id for proposal in proposals}
    return Now(
        here=set(Person.objects.filter(employed(on), pk__in=mentees | mentors).values_list("pk", flat=True)),
        in_cohort=set(
            CohortMembership.objects.filter(in_force(on), cohort=run.cohort_id).values_list(
                "person", flat=True
            )
        ),
        offering={person for person, _tier, _places, offering in rows if offering},
        places={(person, tier): places for person, tier, places, _offering in rows},
        running=running,
        asked={(one.mentee_id, one.tier): one for one in alive if not one.is_running},
        leaving={
            (one.mentor_id, one.tier) for seat, one in running.items() if proposed.get(seat) != one.mentor_id
        },
        pairs={(one.mentee_id, one.mentor_id): one.tier for one in alive},
        taken=Counter(by_mentor.values_list("mentor", "tier")),
        declined=set(declined.values_list("mentee", "mentor", "tier")),
    )


def _withdraw(over: list[Mentorship], by: Member | None, on: dt.date) -> None:
    """Take back what has not begun and another mentor is chosen for; who knows of it is told."""
    reason = _("Another mentor was chosen in the matching published on %(day)s.") % {
        "day": date_format(on, "DATE_FORMAT")
    }
    Mentorship.objects.filter(pk__in=[one.pk for one in over]).update(
        state=MentorshipState.WITHDRAWN,
        over_on=on,
        over_by=by.person_id if by else None,
        over_cause=OverCause.CHANGE,
        over_reason=reason,
    )
    notify({side for one in over for side in one.known_to}, notices.offer_taken_back())
