"""What the first screen of a Passport answers: where am I, what is next, who helps me, how am I doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passport.helpers import Helper
from passport.journey import Journey
from web.addresses import address


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered in a few words, a line about it, and where more of it is. `tone` is the line's: ok,
    warn or none."""

    words: str
    note: str
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """As its reader asks it."""

    asked: str
    icon: str
    answer: Answer


def glance_at(
    journey: Journey,
    helpers: Sequence[Helper],
    doing: Answer,
    *,
    own: bool,
    stage: str,
    slug: str,
    person_id: UUID,
) -> list[Question]:
    """The four. `own`: the holder asks; `stage`: the name of the present one, which may not be on the map."""
    return [
        Question(_("Where am I") if own else _("Where now"), "map-pin", where(journey, stage)),
        Question(_("What is next"), "route", following(journey, slug, person_id)),
        Question(_("Who helps me") if own else _("Who helps"), "heart-handshake", helping(helpers)),
        Question(_("How am I doing") if own else _("How it goes"), "chart-radar", doing),
    ]


def where(journey: Journey, stage: str) -> Answer:
    """The stage, and how much of it is earned."""
    now = journey.now
    if now is None:
        return Answer(stage or _("Past the last stage"), _("The map is walked"), "#map")
    counts = {"earned": now.earned_count, "required": len(now.required)}
    note = _("%(earned)d of %(required)d milestones") % counts
    return Answer(now.stage.name, note, f"#stage-{now.stage.key}", "" if now.left_count else "ok")


def following(journey: Journey, slug: str, person_id: UUID) -> Answer:
    """What can be claimed first: of the present stage, then of the one ahead, then what is optional."""
    lines = journey.next_lines() or journey.lines_ahead() or journey.optional_lines()
    if not lines:
        return Answer(_("Nothing is open"), _("Everything is earned or waits for a verifier"), "#next")
    first = lines[0].milestone
    page = address("passport:milestone", slug, person_id, first.pk)
    if lines[0].state == "declined":
        return Answer(first.title, _("Sent back"), page, "warn")
    points = ngettext("%(count)d point", "%(count)d points", first.points)
    return Answer(first.title, points % {"count": first.points}, page)


def helping(helpers: Sequence[Helper]) -> Answer:
    """Who answers for the holder, and how many more there are."""
    there = [each for each in helpers if not each.is_missing]
    if not there:
        todo = next(iter(helpers), Helper("", "", "#helpers"))
        return Answer(_("Nobody yet"), todo.name, todo.url, "warn" if todo.name else "")
    first, others = there[0], len(there) - 1
    more = ngettext("and %(count)d more", "and %(count)d more", others) % {"count": others}
    return Answer(first.name, f"{first.part}, {more}" if others else first.part, "#helpers")
