"""The score on the Passport page."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from passport.panels import Panel, adds_panel
from passport.queries import Holding
from people.member import Member
from readiness.portrait import portrait_of
from readiness.queries import cohort_medians, scores_of


@adds_panel
def score_panel(member: Member, holding: Holding, slug: str, on: dt.date) -> Panel:
    """Radar, gauge and trend of whoever may see the Passport; two queries."""
    snapshots = scores_of(holding.person.pk)
    if not snapshots:
        return Panel("readiness/panel_empty.html", None)
    medians = (
        cohort_medians(holding.subject.cohort_ids, snapshots[-1].quarter, on=on)
        if holding.subject.cohort_ids
        else {}
    )
    own = member.person_id == holding.person.pk
    name = _("You") if own else holding.person.given_name
    return Panel("readiness/panel.html", portrait_of(snapshots, medians, name=name))
