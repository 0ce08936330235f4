"""The credit ledger in words, as rows of tables and files, and as a letter. No queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.award import Standing
from mentoring.credit import AS_MEANT, AS_PRINTED, Credit, Worth, written
from mentoring.models import CreditRule
from mentoring.queries.credit import LedgerLine, total_of
from web.pdf import Sheet

LEDGER_HEAD: Final[list[str | Promise]] = [
    gettext_lazy("Mentor"),
    gettext_lazy("Mentees"),
    gettext_lazy("Months"),
    gettext_lazy("Hours"),
    gettext_lazy("% FTE"),
    gettext_lazy("Points"),
    gettext_lazy("Mentor of the Year"),
    gettext_lazy("Why not"),
    gettext_lazy("Seed grant"),
]


@dataclass(frozen=True, slots=True)
class Preset:
    """A reading of the playbook's figure, with the hours that it means."""

    percent: str
    hours: str
    words: str


def presets(full_time_hours: int) -> list[Preset]:
    """The playbook's "0.05 %" as printed and as it is probably meant."""
    readings = (
        (AS_PRINTED, _("0.05 % of an FTE, as the playbook prints it")),
        (AS_MEANT, _("0.05 FTE, which is 5 %, as it is probably meant")),
    )
    return [
        Preset(f"{percent.normalize():f}", written(Worth(percent, full_time_hours, 0).hours), words)
        for percent, words in readings
    ]


def figures_of(credit: Credit) -> list[str]:
    """Months, hours, percent of FTE and points as they are written everywhere."""
    return [
        str(credit.months),
        written(credit.hours),
        written(credit.percent_fte, 4),
        written(credit.points),
    ]


def ledger_figures(standing: Standing) -> list[str]:
    """How many mentees, and what they count for."""
    return [str(standing.year.mentees), *figures_of(standing.year.credit)]


def ledger_row(standing: Standing) -> list[str]:
    """A mentor's year in the file: the figures, then the award and the grant."""
    return [
        standing.year.person.name,
        *ledger_figures(standing),
        _("qualifies") if standing.qualifies else _("does not qualify"),
        "; ".join(standing.why_not),
        _("eligible") if standing.grant else _("not eligible"),
    ]


def rule_words(rule: CreditRule | None) -> str:
    """The rule of a year in a sentence."""
    if rule is None:
        return _("No credit was agreed for this year.")
    hours = written(Worth(rule.percent_fte, rule.full_time_hours, 0).hours)
    return _(
        "For each mentee and full year: %(percent)s %% of an FTE of %(full)s hours, which is %(hours)s "
        "hours, and %(points)d points; pro rata by full months. Version %(version)d of %(date)s."
    ) % {
        "percent": f"{rule.percent_fte.normalize():f}",
        "full": f"{rule.full_time_hours:,}",
        "hours": hours,
        "points": rule.points,
        "version": rule.version,
        "date": date_format(rule.changed_at),
    }


def letter(
    *,
    name: str,
    organization: str,
    year: int,
    lines: Sequence[LedgerLine],
    rule: CreditRule | None,
    logs: int,
    on: dt.date,
) -> Sheet:
    """The record of a mentor's year for a promotion file: figures and rule, signed by nobody."""
    total = total_of(lines)
    months, hours, percent, points = figures_of(total)
    return Sheet(
        title=_("Mentoring record of %(name)s") % {"name": name},
        above=_("Year %(year)d") % {"year": year},
        lead=_("For the promotion file: what the records of the organisation say."),
        organization=organization,
        made=date_format(on),
        figures=[
            (_("Mentored months"), months, _("full months, over all mentees"), ""),
            (_("Hours"), hours, _("credited"), ""),
            (_("FTE"), f"{percent} %", _("credited"), ""),
            (_("Points"), points, _("credited"), ""),
            (_("Exposure"), str(logs), _("looks at leadership logged"), ""),
        ],
        head=[_("Mentorship as"), _("From"), _("Until"), _("Months"), _("Hours"), _("% FTE"), _("Points")],
        groups=[("", [_letter_row(line) for line in lines])],
        widths=[3, 2, 2, 1, 1, 1, 1],
        numeric=[3, 4, 5, 6],
        notes=[
            rule_words(rule),
            _("Computed from the mentorships on record; signed by nobody. Mentees are not named."),
        ],
        page=_("Page"),
    )


def _letter_row(line: LedgerLine) -> list[str]:
    pair = line.mentorship
    until = date_format(pair.over_on) if pair.over_on else _("running")
    begun = date_format(pair.started_on) if pair.started_on else ""
    return [str(pair.get_tier_display()), begun, until, *figures_of(line.credit)]
