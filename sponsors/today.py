"""What the clinic puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import Role
from people.member import Member
from people.today import DueItem, Source, one_by_one, together
from sponsors.enums import Relation
from sponsors.models import (
    Action,
    CoachingSession,
    Conference,
    Diagnosis,
    DiagnosisQuestion,
    Gate,
    IntakeRequest,
    Obstacle,
    Review,
    Sponsorship,
)
from sponsors.permissions import can_see_onboardings_by_name
from sponsors.queries.coaching import sessions_that_wait_for
from sponsors.queries.conferences import conferences_to_prepare
from sponsors.queries.diagnoses import ANSWER_DAYS as REPLY_DAYS
from sponsors.queries.diagnoses import diagnoses_to_read, questions_to_answer
from sponsors.queries.gates import Wait, gates_waiting_for
from sponsors.queries.intake import requests_to_answer
from sponsors.queries.obstacles import obstacles_due_soon, overdue_obstacles
from sponsors.queries.onboarding import appointments_to_propose
from sponsors.queries.onboarding_overview import gates_that_escalate
from sponsors.queries.outcomes import outcomes_to_attest, outcomes_to_let_go
from sponsors.queries.reviews import reviews_that_escalate, reviews_waiting_for
from sponsors.queries.sponsorships import requests_to

ANSWER_DAYS = 14  # within which a leader may expect a yes or a no


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """Requests to sponsor somebody and to say what one sees in a leader, what conferences ask for, reviews to
    hold, coaching sessions, outcomes to attest and to let go, obstacles to remove, gates; for whoever answers
    for leaders what nobody began, held or removed in time."""
    person = member.person_id
    found = [
        one_by_one(lambda: requests_to(person), lambda each: to_answer(each, slug)),
        one_by_one(lambda: requests_to_answer(person), lambda each: to_say(each, slug)),
        one_by_one(lambda: conferences_to_prepare(member, on=on), lambda each: to_prepare(each, slug)),
        one_by_one(lambda: diagnoses_to_read(person), lambda each: to_read(each, slug)),
        one_by_one(lambda: questions_to_answer(member, on=on), lambda each: to_reply(each, slug)),
        one_by_one(lambda: reviews_waiting_for(member, on=on), lambda each: to_review(each, member, slug)),
        one_by_one(lambda: sessions_that_wait_for(person), lambda each: to_coach(each, member, slug)),
        one_by_one(lambda: outcomes_to_attest(member, on=on), lambda each: to_attest(each, slug)),
        one_by_one(lambda: outcomes_to_let_go(person, on=on), lambda each: to_let_go(each, slug)),
        one_by_one(lambda: obstacles_due_soon(person, on=on), lambda each: to_remove(each, slug)),
        one_by_one(lambda: gates_waiting_for(member, on=on), lambda each: to_pass(each, slug)),
    ]
    if can_see_onboardings_by_name(member):
        found += [
            together(lambda: appointments_to_propose(member, on=on), lambda count: to_onboard(count, slug)),
            together(lambda: gates_that_escalate(member, on=on), lambda count: late_gates(count, slug)),
        ]
    if member.has(Role.PROGRAMME_DIRECTOR):
        found += [
            together(lambda: reviews_that_escalate(member, on=on), lambda count: late_reviews(count, slug)),
            together(lambda: overdue_obstacles(member, on=on), lambda count: late_obstacles(count, slug)),
        ]
    return found


def to_answer(sponsorship: Sponsorship, slug: str) -> DueItem:
    return DueItem(
        _("Will you sponsor %(name)s?") % {"name": sponsorship.leader.name},
        _("As their primary sponsor. Accept or decline."),
        reverse("sponsors:sponsorship", args=[slug, sponsorship.pk]),
        "stethoscope",
        sponsorship.asked_on + dt.timedelta(days=ANSWER_DAYS),
    )


def to_review(review: Review, member: Member, slug: str) -> DueItem:
    title = _("Review the regimen of %(name)s") % {"name": review.leader.name}
    detail = _("Sponsor and immediate leader together.")
    if review.leader_id == member.person_id:
        title, detail = _("Your review is near"), _("Write your own view: both read it before they sign.")
    elif (signed := review.sponsor or review.manager) is not None:
        detail = _("%(name)s has signed: read it, and sign.") % {"name": signed.name}
    page = reverse("sponsors:review", args=[slug, review.leader_id, review.pk])
    return DueItem(title, detail, page, "calendar-heart", review.due_on)


def late_reviews(count: int, slug: str) -> DueItem:
    """One item for all: by name they are on the page behind it."""
    title = ngettext("A review is long overdue", "%(count)d reviews are long overdue", count)
    return DueItem(
        title % {"count": count},
        _("More than two weeks. See which, and ask why."),
        reverse("sponsors:accountability", args=[slug]),
        "alert-triangle",
    )


def to_pass(gate: Gate, slug: str) -> DueItem:
    """A gate, by what it waits for."""
    name = {"name": gate.onboarding.leader.name}
    wait: str = gate.wait  # type: ignore[attr-defined]  # annotated
    title, detail = {
        Wait.DECIDE: (
            _("Decide the gate of %(name)s") % name,
            _("Both have recommended: read why."),
        ),
        Wait.RECOMMEND: (_("Recommend at the gate of %(name)s") % name, _("Then the chair can decide.")),
        Wait.CONFIRM: (_("%(name)s shows something for the gate") % name, _("Look at it, and confirm it.")),
        Wait.SHOW: (_("Your gate is near"), _("See what is still to be shown.")),
    }[wait]
    page = reverse("sponsors:onboarding", args=[slug, gate.onboarding.leader_id])
    return DueItem(title, detail, page, "door", gate.due_on)


def to_onboard(count: int, slug: str) -> DueItem:
    title = ngettext("A new leader has no onboarding", "%(count)d new leaders have no onboarding", count)
    page = reverse("sponsors:onboardings", args=[slug])
    return DueItem(title % {"count": count}, _("Begin it: three years, a gate each."), page, "door")


def late_gates(count: int, slug: str) -> DueItem:
    """One item for all: by name they are on the page behind it."""
    title = ngettext("A gate is long overdue", "%(count)d gates are long overdue", count)
    page = f"{reverse('sponsors:onboardings', args=[slug])}?show=overdue"
    return DueItem(
        title % {"count": count}, _("More than two weeks. See whom it waits for."), page, "alert-triangle"
    )


def to_coach(session: CoachingSession, member: Member, slug: str) -> DueItem:
    """What is near, by its day; what is over without one, for nothing is lost by waiting."""
    other = session.coach if session.leader_id == member.person_id else session.leader
    page = reverse("sponsors:coaching_session", args=[slug, session.leader_id, session.pk])
    icon = "message-circle-heart"
    if session.starts_at <= timezone.now():
        title = _("Did you meet %(name)s?") % {"name": other.name}
        return DueItem(title, _("Say whether the coaching session was held."), page, icon)
    title = _("Coaching session with %(name)s") % {"name": other.name}
    detail = _("Agenda and your own notes are on its page.")
    return DueItem(title, detail, page, icon, timezone.localdate(session.starts_at))


def to_attest(action: Action, slug: str) -> DueItem:
    """Without what it is: the page behind it says that."""
    return DueItem(
        _("Attest what %(name)s reached") % {"name": action.leader.name},
        _("Done, and meant for the Passport. Read what came of it."),
        _page_of(action, slug),
        "rosette",
    )


def to_let_go(action: Action, slug: str) -> DueItem:
    """For the leader alone: only they let it go."""
    assert action.milestone is not None  # noqa: S101 - what serves no milestone is not asked for
    return DueItem(
        _("Stamp your Passport: %(milestone)s") % {"milestone": action.milestone.title},
        _("What you did for it is attested. You decide whether it goes there."),
        _page_of(action, slug),
        "rosette",
    )


def _page_of(action: Action, slug: str) -> str:
    return reverse("sponsors:action_progress", args=[slug, action.leader_id, action.pk])


def to_remove(obstacle: Obstacle, slug: str) -> DueItem:
    """Without what it is: the page behind it says that."""
    return DueItem(
        _("Remove an obstacle of %(name)s") % {"name": obstacle.leader.name},
        _("They cannot do it alone. Say when it is gone, or why it stays."),
        reverse("sponsors:obstacle", args=[slug, obstacle.pk]),
        "barrier-block",
        obstacle.due_on,
    )


def late_obstacles(count: int, slug: str) -> DueItem:
    """One item for all: by name they are on the page behind it."""
    title = ngettext("An obstacle is overdue", "%(count)d obstacles are overdue", count)
    page = reverse("sponsors:obstacle_report", args=[slug])
    return DueItem(title % {"count": count}, _("See whose, and ask who removes it."), page, "barrier-block")


def to_prepare(conference: Conference, slug: str) -> DueItem:
    """Evidence and diagnosis, by the day on which the team meets."""
    return DueItem(
        _("Case conference about %(name)s") % {"name": conference.leader.name},
        _("Bring what you know, and write the diagnosis of your domain."),
        _page(conference, slug),
        "microscope",
        conference.held_on,
    )


def to_read(diagnosis: Diagnosis, slug: str) -> DueItem:
    """For the leader, without a date: reading is theirs to time."""
    return DueItem(
        _("A diagnosis is new: %(domain)s") % {"domain": diagnosis.get_domain_display()},
        _("Read it, acknowledge it, ask about it."),
        f"{_page(diagnosis.conference, slug)}#{diagnosis.pk}",
        "microscope",
    )


def to_reply(question: DiagnosisQuestion, slug: str) -> DueItem:
    """It was due some days ago: the measured time runs."""
    diagnosis = question.diagnosis
    return DueItem(
        _("%(name)s waits for an answer") % {"name": diagnosis.conference.leader.name},
        _("To a question about a diagnosis: %(domain)s.") % {"domain": diagnosis.get_domain_display()},
        f"{_page(diagnosis.conference, slug)}#{diagnosis.pk}",
        "message-question",
        timezone.localdate(question.asked_at) + dt.timedelta(days=REPLY_DAYS),
    )


def _page(conference: Conference, slug: str) -> str:
    return reverse("sponsors:conference", args=[slug, conference.leader_id, conference.pk])


def to_say(request: IntakeRequest, slug: str) -> DueItem:
    name = request.round.leader.name
    own = request.relation == Relation.SELF
    return DueItem(
        _("What do you see in yourself?") if own else _("What do you see in %(name)s?") % {"name": name},
        _("Strengths, opportunities, areas for development: ten minutes."),
        reverse("sponsors:intake_answer", args=[slug, request.pk]),
        "messages",
        request.round.last_day,
    )
