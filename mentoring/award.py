"""Who qualifies for Mentor of the Year and for a seed grant, by the published rule, and why not. No order but
that of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentoring.models import CreditRule
from mentoring.queries.credit import MentorYear, mentor_years, rule_for
from people.models import Person
from tenancy.jobs.periods import quarter_label


@dataclass(frozen=True, slots=True)
class Standing:
    """A mentor beside the rule. `why_not`: what is missing for the award; empty for whoever qualifies."""

    year: MentorYear
    why_not: tuple[str, ...]
    grant: bool

    @property
    def qualifies(self) -> bool:
        return not self.why_not


def standings_in(year: int, *, on: dt.date, mentors: Sequence[Person] | None = None) -> list[Standing]:
    """Everybody who mentored in a year, or some of them, beside the rule that counts for it."""
    rule = rule_for(year)
    years = mentor_years(year, on=on, rule=rule, mentors=mentors)
    return [standing_of(each, rule or CreditRule()) for each in years]


def standing_of(year: MentorYear, rule: CreditRule) -> Standing:
    """For the award: one mentorship ran all twelve months of the year, no log is missing, and so many mentees
    rated. What they answered does not count. For the grant: mentored months, and no log missing."""
    why_not = []
    if not year.full_year:
        why_not.append(_("no mentorship ran the whole year"))
    if year.missing:
        quarters = ", ".join(map(quarter_label, year.missing))
        why_not.append(_("no log in %(quarters)s") % {"quarters": quarters})
    if year.raters < rule.award_raters:
        # Not how many: of a mentor with one mentee it would tell whether that one rated.
        why_not.append(_("fewer than %(wanted)d mentees rated") % {"wanted": rule.award_raters})
    grant = year.credit.months >= rule.grant_months and not year.missing
    return Standing(year, tuple(why_not), grant)


def rule_sentences(rule: CreditRule) -> list[str]:
    """The published rule of award and grant."""
    return [
        _("One mentorship ran all twelve months of the year."),
        _("No exposure log that was asked for is missing."),
        _("At least %(count)d mentees rated; what they answered does not count.")
        % {"count": rule.award_raters},
        _("For a seed grant: %(months)d mentored months in the year, and no log missing.")
        % {"months": rule.grant_months},
    ]
