"""What partnerships put on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import (
    CheckPlace,
    Coder,
    Feedback,
    PartnerChange,
    ProgrammeException,
    ProgrammePhase,
)
from partnerships.queries.checks import places_to_answer
from partnerships.queries.coding import coders_gone_for, coders_to_code
from partnerships.queries.exceptions import exceptions_for
from partnerships.queries.findings import findings_to_open
from partnerships.queries.partnerships import changes_for
from partnerships.queries.phases import phases_for
from people.enums import Role
from people.member import Member
from people.today import DueItem, Source, one_by_one

ANSWER_DAYS = 14  # within which the others say how it goes on, or a check is answered

SOON = dt.timedelta(days=14)


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """Partnerships of which one half has changed: one's own, and for HR admins all; checks to answer;
    phases of programmes that one sees to or runs, two weeks before their day, and who missed what; comments
    to code, who cannot code them any more, and what came of them to read."""
    whose = None if member.has(Role.HR_ADMIN) else member.person_id
    return [
        one_by_one(lambda: changes_for(whose, on=on), lambda each: half_changed(each, slug)),
        one_by_one(lambda: places_to_answer(member.person_id), lambda each: to_answer(each, slug)),
        one_by_one(
            lambda: phases_for(member.person_id, before=on + SOON), lambda each: phase_to_come(each, slug)
        ),
        one_by_one(lambda: coders_to_code(member.person_id), lambda each: to_code(each, slug)),
        one_by_one(lambda: coders_gone_for(whose, on=on), lambda each: to_replace(each, slug)),
        one_by_one(lambda: findings_to_open(member.person_id), lambda each: to_read(each, slug)),
        one_by_one(lambda: exceptions_for(member.person_id), lambda each: to_follow_up(each, slug)),
    ]


def half_changed(change: PartnerChange, slug: str) -> DueItem:
    partner = change.partner
    names = {"unit": partner.partnership.unit.name, "name": partner.person.name}
    return DueItem(
        _("How does the partnership of %(unit)s go on?") % names,
        _("%(name)s %(what)s.") % {**names, "what": change.get_cause_display()},
        reverse("partnerships:partnership", args=[slug, partner.partnership_id]),
        "users-group",
        change.noticed_on + dt.timedelta(days=ANSWER_DAYS),
    )


def to_answer(place: CheckPlace, slug: str) -> DueItem:
    check = place.check_round
    return DueItem(
        _("Answer the partnership check"),
        _("%(unit)s: it opens when all of you have answered.") % {"unit": check.partnership.unit.name},
        reverse("partnerships:check", args=[slug, check.partnership_id, check.pk]),
        "heart-handshake",
        check.opened_on + dt.timedelta(days=ANSWER_DAYS),
    )


def phase_to_come(phase: ProgrammePhase, slug: str) -> DueItem:
    return DueItem(
        phase.title,
        phase.programme.title,
        reverse("partnerships:programme_phase", args=[slug, phase.programme_id, phase.pk]),
        "route",
        phase.due_on,
    )


def to_code(coder: Coder, slug: str) -> DueItem:
    audit = coder.analysis.audit
    return DueItem(
        _("Code what was written in the audit"),
        _("%(title)s: each of the two alone.") % {"title": audit.programme.title},
        reverse("partnerships:coding", args=[slug, audit.programme_id, audit.pk]),
        "highlight",
    )


def to_replace(coder: Coder, slug: str) -> DueItem:
    audit = coder.analysis.audit
    return DueItem(
        _("Who codes in the place of %(name)s?") % {"name": coder.person.name},
        _("%(title)s: they have left the organisation.") % {"title": audit.programme.title},
        reverse("partnerships:analysis", args=[slug, audit.programme_id, audit.pk]),
        "user-share",
    )


def to_read(feedback: Feedback, slug: str) -> DueItem:
    audit = feedback.analysis.audit
    return DueItem(
        _("Read what you all wrote in the audit"),
        audit.programme.title,
        reverse("partnerships:findings", args=[slug, audit.programme_id, audit.pk]),
        "message-circle",
    )


def to_follow_up(exception: ProgrammeException, slug: str) -> DueItem:
    names = {"name": exception.participant.person.name, "phase": exception.phase.title}
    return DueItem(
        _("%(name)s missed “%(phase)s”") % names,
        exception.words,
        reverse("partnerships:programme_exceptions", args=[slug, exception.phase.programme_id]),
        "user-question",
        exception.opened_on + dt.timedelta(days=ANSWER_DAYS),
    )
