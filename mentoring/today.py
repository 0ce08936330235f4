"""What mentoring puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.enums import MentorshipState, Tier
from mentoring.exposure.calendar import due_reminder
from mentoring.models import Contract, Deliverable, Mentorship, Session
from mentoring.permissions import can_follow_exposure, can_run_matching
from mentoring.queries.contracts import contracts_waiting_for, deliverables_waiting_for
from mentoring.queries.exposure import mentors_without_log, reviews_visible_to
from mentoring.queries.mentorships import waiting_for
from mentoring.queries.profiles import Prepared, prepared
from mentoring.queries.rule import answer_by, rule_in_force
from mentoring.queries.runs import quarterly_runs_ready
from mentoring.queries.satisfaction import unrated
from mentoring.queries.sessions import sessions_ahead
from people.member import Member
from people.today import DueItem
from surveys.pulse_calendar import open_quarters
from tenancy.jobs.periods import quarter_end, quarter_label, quarter_of

ATTEST_DAYS = 14  # within which a mentee may expect an answer to what was reported
MOST = 10
SOON = dt.timedelta(days=7)


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Mentorships to answer, contracts to sign, deliverables to attest, sessions ahead; logs and ratings due,
    logs missing; the quarter's matchings; what the next matching lacks. Five queries, and more for the others
    in their time."""
    return [
        *answers_due(member, slug),
        *(to_sign(contract, member, slug) for contract in contracts_waiting_for(member.person_id)[:MOST]),
        *(to_attest(each, slug) for each in deliverables_waiting_for(member.person_id)[:MOST]),
        *(
            to_meet(each, member, slug)
            for each in sessions_ahead(member.person_id, until=timezone.now() + SOON)[:MOST]
        ),
        *logs_due(member, slug, on),
        *ratings_due(member, slug, on),
        *logs_missing(member, slug, on),
        *matchings_ready(member, slug, on),
        *to_prepare(prepared(member.person_id, on=on), slug),
    ]


def matchings_ready(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The quarter's proposals wait for the director to look at and publish."""
    if not can_run_matching(member):
        return []
    ready = list(quarterly_runs_ready(member, cycle=quarter_of(on)))
    if not ready:
        return []
    names = ", ".join(run.cohort.name for run in ready)
    if len(ready) == 1:
        title = _("Look at the matching of %(cohort)s") % {"cohort": names}
        detail, address = _("Nobody hears of it before you publish it."), ["run", ready[0].pk]
    else:
        title, detail, address = _("Look at the quarter's matchings"), names, ["studio"]
    url = reverse(f"mentoring:{address[0]}", args=[slug, *address[1:]])
    return [DueItem(title, detail, url, "topology-star-3")]


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


def answers_due(member: Member, slug: str) -> list[DueItem]:
    """What waits for the member's yes or no. The rule is asked for only then."""
    waiting = list(waiting_for(member.person_id)[:MOST])
    if not waiting:
        return []
    rule = rule_in_force()
    return [to_answer(each, slug, until=answer_by(each, rule)) for each in waiting]


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


def logs_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The log of a quarter, from its first reminder on while nothing is logged. A query only then."""
    return [
        DueItem(
            _("Log one exposure for %(quarter)s") % {"quarter": quarter_label(each.quarter)},
            _("One press is enough."),
            reverse("mentoring:exposure", args=[slug]),
            "eye",
            each.last_day,
        )
        for each in open_quarters(on)
        if due_reminder(each.quarter, on)
        and mentors_without_log(each.quarter, on=on).filter(pk=member.person_id).exists()
    ]


def ratings_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The mentorships to rate for a quarter in its days of grace. A query only then."""
    items = [
        (each, unrated(member.person_id, each.quarter).count())
        for each in open_quarters(on)
        if on > quarter_end(each.quarter)
    ]
    return [
        DueItem(
            ngettext(
                "Rate your mentorship in %(quarter)s",
                "Rate your %(count)d mentorships in %(quarter)s",
                waiting,
            )
            % {"count": waiting, "quarter": quarter_label(each.quarter)},
            _("Three sentences; nobody else reads your answers."),
            reverse("mentoring:satisfaction", args=[slug]),
            "mood-smile",
            each.last_day,
        )
        for each, waiting in items
        if waiting
    ]


def logs_missing(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """For whoever follows the exposure log, the open reviews of missing ones. One query."""
    if not can_follow_exposure(member):
        return []
    count = reviews_visible_to(member, on=on).filter(closed_on=None).count()
    if not count:
        return []
    title = ngettext("An exposure log is missing", "%(count)d exposure logs are missing", count)
    return [
        DueItem(
            title % {"count": count},
            _("See the history, and close it with a reason."),
            reverse("mentoring:reviews", args=[slug]),
            "eye-question",
        )
    ]
