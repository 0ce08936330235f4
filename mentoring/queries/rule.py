"""Questions about the rule of matching."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from mentoring.models import MatchWeights, Mentorship


def rule_in_force() -> MatchWeights:
    """The newest version; the playbook's, unsaved, where presets have not come yet."""
    return rule_history().first() or MatchWeights(version=1)


def answer_by(mentorship: Mentorship, rule: MatchWeights) -> dt.date:
    """The last day to answer what waits; after it the offer lapses."""
    return mentorship.waits_since + dt.timedelta(days=rule.answer_days)


def rule_history() -> QuerySet[MatchWeights]:
    """Every version, the newest first, with who set it."""
    return MatchWeights.objects.select_related("set_by").order_by("-version")
