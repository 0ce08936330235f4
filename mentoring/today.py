"""What mentoring puts on the Today page."""

from __future__ import annotations

import datetime as dt
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.enums import MentorshipState, Tier
from mentoring.exposure.calendar import due_reminder
from mentoring.models import Contract, Deliverable, ExposureReview, MatchRun, Mentorship, Session
from mentoring.permissions import can_follow_exposure, can_run_matching
from mentoring.queries.contracts import contracts_waiting_for, deliverables_waiting_for
from mentoring.queries.exposure import mentors_without_log, reviews_visible_to
from mentoring.queries.mentorships import waiting_for
from mentoring.queries.profiles import Prepared, unprepared
from mentoring.queries.rule import answer_by, rule_in_force
from mentoring.queries.runs import quarterly_runs_ready
from mentoring.queries.satisfaction import unrated
from mentoring.queries.sessions import sessions_ahead
from people.member import Member
from people.models import Person
from people.today import DueItem, Source, one_by_one, together
from surveys.pulse_calendar import OpenQuarter, open_quarters
from tenancy.jobs.periods import quarter_end, quarter_label, quarter_of

ATTEST_DAYS = 14  # within which a mentee may expect an answer to what was reported
MOST = 10
SOON = dt.timedelta(days=7)


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """Mentorships to answer, contracts to sign, deliverables to attest, sessions ahead; logs and ratings due,
    logs missing; the quarter's matchings; what the next matching lacks."""
    person = member.person_id
    found = [
        Source(lambda: waiting_for(person), lambda each: answers_due(each, slug)),
        one_by_one(lambda: contracts_waiting_for(person), lambda each: to_sign(each, member, slug)),
        one_by_one(lambda: deliverables_waiting_for(person), lambda each: to_attest(each, slug)),
        one_by_one(lambda: sessions_ahead(person, within=SOON), lambda each: to_meet(each, member, slug)),
        *logs_due(member, slug, on),
        *ratings_due(member, slug, on),
    ]
    if can_follow_exposure(member):
        found.append(together(lambda: open_reviews(member, on=on), lambda count: logs_missing(count, slug)))
    if can_run_matching(member):
        found.append(
            Source(
                lambda: quarterly_runs_ready(member, cycle=quarter_of(on)),
                lambda runs: [matchings_ready(list(runs), slug)],
            )
        )
    lacking = Source(lambda: unprepared(person, on=on), lambda own: to_prepare(Prepared(**own.get()), slug))
    return [*found, lacking]


def open_reviews(member: Member, *, on: dt.date) -> QuerySet[ExposureReview]:
    return reviews_visible_to(member, on=on).filter(closed_on=None)


def matchings_ready(ready: list[MatchRun], slug: str) -> DueItem:
    """The quarter's proposals wait for the director to look at and publish."""
    names = ", ".join(run.cohort.name for run in ready)
    if len(ready) == 1:
        title = _("Look at the matching of %(cohort)s") % {"cohort": names}
        detail, address = _("Nobody hears of it before you publish it."), ["run", ready[0].pk]
    else:
        title, detail, address = _("Look at the quarter's matchings"), names, ["studio"]
    url = reverse(f"mentoring:{address[0]}", args=[slug, *address[1:]])
    return DueItem(title, detail, url, "topology-star-3")


def to_prepare(own: Prepared, slug: str) -> list[DueItem]:
    """A mentee says what a mentor is wanted for, a mentor when there is time. None of it has a date."""
    items = []
    if own.is_in_cohort and not own.has_interests:
        title = _("Say what you would like a mentor for")
        detail = _("The next matching of your cohort compares it with what mentors offer.")
        items.append(DueItem(title, detail, reverse("mentoring:interests", args=[slug]), "sparkles"))
    hours = reverse("mentoring:hours", args=[slug])
    if own.offers and own.problem:
        items.append(DueItem(_("Your calendar could not be read"), own.problem, hours, "calendar-x"))
    if own.offers and not own.has_hours:
        detail = _("You offer to mentor. Without free half-hours others are proposed before you.")
        items.append(DueItem(_("Say when you can be met"), detail, hours, "clock"))
    return items


def answers_due(waiting: QuerySet[Mentorship], slug: str) -> list[DueItem]:
    """What waits for the member's yes or no, as long as the rule lets it wait."""
    rule = rule_in_force()
    return [to_answer(each, slug, until=answer_by(each, rule)) for each in waiting[:MOST]]


def to_answer(mentorship: Mentorship, slug: str, *, until: dt.date) -> DueItem:
    """A mentor is asked to take somebody on, then the mentee to confirm; else it lapses."""
    if mentorship.state == MentorshipState.OFFERED:
        title = _("Will you mentor %(name)s?") % {"name": mentorship.mentee.name}
        detail = _("As %(tier)s. Accept or decline.")
    else:
        title = _("Confirm your mentor: %(name)s") % {"name": mentorship.mentor.name}
        detail = _("As %(tier)s. It begins when you confirm.")
    return DueItem(
        title,
        detail % {"tier": str(Tier(mentorship.tier).label).lower()},
        reverse("mentoring:mentorship", args=[slug, mentorship.pk]),
        "heart-handshake",
        until,
    )


def to_sign(contract: Contract, member: Member, slug: str) -> DueItem:
    """The other side has signed."""
    other = contract.mentorship.other_side(member.person_id)
    return DueItem(
        _("Sign the mentoring contract with %(name)s") % {"name": other.name},
        _("%(name)s has signed. Read it, and sign or change it.") % {"name": other.given_name},
        reverse("mentoring:contract", args=[slug, contract.mentorship_id]),
        "writing-sign",
    )


def to_attest(deliverable: Deliverable, slug: str) -> DueItem:
    """The mentee has reported it."""
    mentorship = deliverable.contract.mentorship
    reported_on = deliverable.reported_on or deliverable.due_on
    return DueItem(
        _("Attest: %(title)s") % {"title": deliverable.title},
        _("%(name)s reports it as done.") % {"name": mentorship.mentee.name},
        reverse("mentoring:mentorship", args=[slug, mentorship.pk]),
        "list-check",
        reported_on + dt.timedelta(days=ATTEST_DAYS),
    )


def to_meet(session: Session, member: Member, slug: str) -> DueItem:
    """The two of them meet within a week."""
    starts = timezone.localtime(session.starts_at)
    other = session.mentorship.other_side(member.person_id)
    return DueItem(
        _("Mentoring session with %(name)s") % {"name": other.name},
        _("%(time)s, %(minutes)d minutes")
        % {"time": date_format(starts, "TIME_FORMAT"), "minutes": session.minutes},
        reverse("mentoring:session", args=[slug, session.mentorship_id, session.pk]),
        "calendar-event",
        starts.date(),
    )


def logs_due(member: Member, slug: str, on: dt.date) -> list[Source]:
    """The log of a quarter, from its first reminder on while nothing is logged."""
    return [
        together(partial(unlogged, member.person_id, each.quarter, on=on), partial(to_log, each, slug))
        for each in open_quarters(on)
        if due_reminder(each.quarter, on)
    ]


def unlogged(person_id: UUID, quarter: str, *, on: dt.date) -> QuerySet[Person]:
    """The mentor, while nothing is logged."""
    return mentors_without_log(quarter, on=on).filter(pk=person_id)


def to_log(quarter: OpenQuarter, slug: str, _own: int) -> DueItem:
    return DueItem(
        _("Log one exposure for %(quarter)s") % {"quarter": quarter_label(quarter.quarter)},
        _("One press is enough."),
        reverse("mentoring:exposure", args=[slug]),
        "eye",
        quarter.last_day,
    )


def ratings_due(member: Member, slug: str, on: dt.date) -> list[Source]:
    """The mentorships to rate for a quarter in its days of grace."""
    return [
        together(partial(unrated, member.person_id, each.quarter), partial(to_rate, each, slug))
        for each in open_quarters(on)
        if on > quarter_end(each.quarter)
    ]


def to_rate(quarter: OpenQuarter, slug: str, waiting: int) -> DueItem:
    title = ngettext(
        "Rate your mentorship in %(quarter)s",
        "Rate your %(count)d mentorships in %(quarter)s",
        waiting,
    )
    return DueItem(
        title % {"count": waiting, "quarter": quarter_label(quarter.quarter)},
        _("Three sentences; nobody else reads your answers."),
        reverse("mentoring:satisfaction", args=[slug]),
        "mood-smile",
        quarter.last_day,
    )


def logs_missing(count: int, slug: str) -> DueItem:
    """For whoever follows the exposure log, the open reviews of missing ones."""
    title = ngettext("An exposure log is missing", "%(count)d exposure logs are missing", count)
    return DueItem(
        title % {"count": count},
        _("See the history, and close it with a reason."),
        reverse("mentoring:reviews", args=[slug]),
        "eye-question",
    )
