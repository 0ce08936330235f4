"""The score on the Passport page, and the way to where somebody could go."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from passport.glance import Answer
from passport.panels import Panel, adds_panel
from passport.queries import Holding
from people.member import Member
from readiness.enums import ScoreState
from readiness.portrait import Portrait, portrait_of
from readiness.queries import cohort_medians, scores_of
from readiness.score import shown_score


@adds_panel
def score_panel(member: Member, holding: Holding, slug: str, on: dt.date) -> Panel:
    """Radar, gauge and trend of whoever may see the Passport; two queries."""
    snapshots = scores_of(holding.person.pk)
    if not snapshots:
        none = Answer(_("No score yet"), _("The first one comes after the quarter"), "#readiness")
        return Panel("readiness/panel_empty.html", None, none)
    medians = (
        cohort_medians(holding.subject.cohort_ids, snapshots[-1].quarter, on=on)
        if holding.subject.cohort_ids
        else {}
    )
    own = member.person_id == holding.person.pk
    name = _("You") if own else holding.person.given_name
    portrait = portrait_of(snapshots, medians, name=name)
    return Panel("readiness/panel.html", portrait, doing(portrait))


@adds_panel
def pathway_panel(member: Member, holding: Holding, slug: str, on: dt.date) -> Panel:
    """The link alone: the advice is counted where it is read."""
    return Panel("readiness/panel_pathway.html", member.person_id == holding.person.pk)


def doing(portrait: Portrait) -> Answer:
    """The total with what it means; where there is none, how much is known."""
    newest, url = portrait.snapshot, "#readiness"
    if newest.total is None:
        note = _("%(count)d of 5 dimensions known") % {"count": newest.known_count}
        return Answer(_("Insufficient evidence"), note, url)
    if newest.state == ScoreState.FLAGGED:
        note, tone = _("Below the line of %(line)d") % {"line": newest.weights.flag_below}, "warn"
    else:
        note, tone = _("On track"), "ok"
    return Answer(f"{shown_score(newest.total):.1f}", note, url, tone)
