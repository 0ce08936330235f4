"""Questions about reviews, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from people.models import Appointment, CohortMembership, Person
from people.queries import employed, gone, in_force
from people.role_queries import holders_of
from sponsors.enums import Decision, SponsorshipState
from sponsors.models import Action, RegimenVersion, Review, ReviewCall, ReviewNote, ReviewRule, Sponsorship
from sponsors.permissions import can_read_action
from sponsors.plan.reviews import PATIENCE, SOON, Seen, fingerprint
from sponsors.queries.profiles import immediate_leaders_of
from sponsors.queries.regimens import actions_of
from sponsors.queries.sponsorships import sponsor_of
from sponsors.seats import Seat
from tenancy.kept import first_kept

ADMINS: Final = 3  # named to whom one may turn; more would be a list to choose from


def review_rule_in_force() -> ReviewRule:
    """The organisation's; the default, unsaved, where nobody has set one."""
    return first_kept(_review_rule) or ReviewRule()


def _review_rule() -> QuerySet[ReviewRule]:
    """An organisation has no more than one."""
    return ReviewRule.objects.select_related("changed_by")


def calls_of(review_id: UUID) -> QuerySet[ReviewCall]:
    """What called a review early."""
    return ReviewCall.objects.filter(review=review_id).order_by("called_on", "pk")


def reviews_told(leader_id: UUID) -> QuerySet[Review]:
    """Of one leader, without the people in them; the open one first, then the newest."""
    found = Review.objects.filter(leader=leader_id)
    return found.order_by(F("closed_on").desc(nulls_first=True), "-begun_on", "pk")


def reviews_of(leader_id: UUID) -> QuerySet[Review]:
    """Of one leader, with who signed and what called them early; the open one first, then the newest."""
    calls = ReviewCall.objects.select_related("called_by").order_by("called_on", "pk")
    return (
        reviews_told(leader_id)
        .select_related("leader", "sponsor", "manager", "changed_by")
        .prefetch_related(Prefetch("calls", calls))
    )


def open_review_of(leader_id: UUID) -> Review | None:
    """The one that is due next; None where there is no regimen, or it was stopped."""
    return reviews_of(leader_id).filter(closed_on=None).first()


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Why an open review cannot be closed as things stand: nobody sponsors the leader, nobody is entered as
    the immediate leader, or only the one who signs as the sponsor. `admins`: who enter whom somebody reports
    to."""

    no_sponsor: bool
    no_manager: bool
    one_for_both: bool
    admins: list[Person]

    def __bool__(self) -> bool:
        return self.no_sponsor or self.no_manager or self.one_for_both


def unsigned_for_want_of(review: Review, *, on: dt.date) -> Unsigned:
    """Of the two who sign, whom there is nobody for on a day. What is signed stays, whoever is there now."""
    sponsorship = sponsor_of(review.leader_id)
    sponsor_id = review.sponsor_id or (sponsorship.sponsor_id if sponsorship else None)
    managers = immediate_leaders_of(review.leader_id, on=on)
    waits = not review.is_closed and review.manager_id is None
    no_manager, one_for_both = waits and not managers, waits and managers == {sponsor_id}
    return Unsigned(
        no_sponsor=not review.is_closed and sponsor_id is None,
        no_manager=no_manager,
        one_for_both=one_for_both,
        admins=hr_admins(on=on) if no_manager or one_for_both else [],
    )


def hr_admins(*, on: dt.date) -> list[Person]:
    """Some of those who are here, by name."""
    here = Person.objects.filter(employed(on), pk__in=holders_of(Role.HR_ADMIN))
    return list(here.order_by("search_key", "pk")[:ADMINS])


def notes_shown_to(seat: Seat, review: Review) -> list[ReviewNote]:
    """The words on progress that a seat may read."""
    return [
        each
        for each in ReviewNote.objects.filter(review=review).order_by("title", "pk")
        if can_read_action(seat, domain=each.domain, private=each.private)
    ]


def open_actions_of(seat: Seat) -> list[Action]:
    """What a review by this seat says a word on: everything under way or to begin that it may read."""
    return [
        each
        for each in actions_of(seat.leader_id)
        if not each.is_over and can_read_action(seat, domain=each.domain, private=each.private)
    ]


def newest_version_number(leader_id: UUID) -> int:
    """0 before the first one."""
    found = RegimenVersion.objects.filter(leader=leader_id).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def seen_in(review: Review) -> Seen:
    """What whoever signs now has before them. Without what is private: only one of the two reads that."""
    shared = actions_of(review.leader_id).filter(private=False)
    states = [(str(each.pk), each.revision, each.state) for each in shared if not each.is_over]
    return Seen(review.revision, newest_version_number(review.leader_id), fingerprint(states))


def missing_in(review: Review, seat: Seat, *, on: dt.date) -> list[str]:
    """What has to be said before this seat can sign, in words; nothing when all is there."""
    said = {each.action_id for each in notes_shown_to(seat, review)}
    found = [
        _("A word on: %(title)s") % {"title": each.title}
        for each in open_actions_of(seat)
        if each.pk not in said
    ]
    if not review.decision:
        found.append(_("The decision"))
    if not review.reason:
        found.append(_("Why"))
    if review.decision != Decision.STOP and (review.next_on is None or review.next_on <= on):
        found.append(_("The next date, a day to come"))
    return found


def reviews_waiting_for(member: Member, *, on: dt.date) -> QuerySet[Review]:
    """Open ones, overdue or soon due, that wait for this member: as sponsor or as immediate leader for a
    signature, as the leader for the own view."""
    sponsored = Sponsorship.objects.filter(
        sponsor=member.person_id, state=SponsorshipState.ACTIVE, leader=OuterRef("leader")
    )
    waits = (
        Q(Exists(sponsored), sponsor=None)
        | Q(leader__in=member.reports, manager=None)
        | Q(leader=member.person_id, leader_view="")
    )
    return running_reviews(on=on).filter(waits, due_on__lte=on + SOON).order_by("due_on", "pk")


def running_reviews(*, on: dt.date) -> QuerySet[Review]:
    """The open reviews of everybody who is here: one each for every leader with a regimen."""
    found = Review.objects.filter(closed_on=None).exclude(leader__in=gone(on))
    return found.select_related("leader__unit", "sponsor", "manager")


def reviews_that_escalate(member: Member, *, on: dt.date) -> QuerySet[Review]:
    """Overdue for longer than two weeks, of the leaders whose development the member answers for; the
    longest first."""
    late = running_reviews(on=on).filter(due_on__lt=on - PATIENCE)
    return late.filter(of_leaders_overseen(member, on=on)).order_by("due_on", "pk")  # as an index has them


def oversees_everybody(member: Member) -> bool:
    """Whether a member answers for the development of all leaders."""
    return member.directs_everyone or member.has(Role.HR_ADMIN)


def counts_everybody(member: Member) -> bool:
    """Whether figures a member is told are of all leaders: executives see figures, no names."""
    return member.has(Role.EXECUTIVE) or oversees_everybody(member)


def of_leaders_overseen(member: Member, *, on: dt.date, leader: str = "leader") -> Q:
    """Rows whose field `leader` names somebody whose development a member answers for, as
    people.permissions.guides says."""
    if oversees_everybody(member):
        return Q()
    directed = CohortMembership.objects.filter(in_force(on), cohort__in=member.directed_cohorts)
    return Q(Exists(directed.filter(person=OuterRef(leader))))


def appointments_that_call(*, on: dt.date) -> QuerySet[Appointment]:
    """New roles since the last review of a leader with a regimen, which have called none yet. A further term
    in the same position is none. `review_id` is the review that they call."""
    running = running_reviews(on=on).filter(leader=OuterRef("person"))
    called = ReviewCall.objects.filter(appointment=OuterRef("pk"))
    return (
        Appointment.objects.filter(in_force(on), ~Exists(called), term_number=1)
        .annotate(review_id=Subquery(running.values("pk")), begun_on=Subquery(running.values("begun_on")))
        .filter(start_date__gt=F("begun_on"))
        .select_related("position")
        .order_by("start_date", "pk")
    )


def first_versions_without_review() -> QuerySet[RegimenVersion]:
    """Regimens that were published before there were reviews."""
    reviewed = Review.objects.filter(leader=OuterRef("leader"))
    return RegimenVersion.objects.filter(~Exists(reviewed), number=1)
