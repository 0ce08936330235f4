"""The figures of a matching as pages show them: beside the running state and another one, and as charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mentoring.enums import Tier
from mentoring.models import MatchRun
from mentoring.wording_of_pairs import points
from web.charts import Bar, Bin, Chart, bars, histogram

Figures = dict[str, Any]  # of one tier, as mentoring.blind.outcome makes them
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: today, in this matching, in the other one."""

    label: str
    before: str
    this: str
    other: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TierComparison:
    label: str
    lines: list[Line]
    proven: bool
    prices: list[str]


def comparison_of(run: MatchRun, other: MatchRun | None) -> list[TierComparison]:
    """Each tier of a run against what runs now and against another run."""
    others: dict[str, Figures] = other.figures["tiers"] if other else {}
    return [
        TierComparison(
            str(Tier(tier).label),
            _lines(run.figures["tiers"][tier], others.get(tier)),
            is_proven(run, tier),
            _prices(run.figures["tiers"][tier]),
        )
        for tier in run.tiers
        if tier in run.figures["tiers"]
    ]


def is_proven(run: MatchRun, tier: str) -> bool:
    """Whether no other choice in this tier would be better."""
    return bool(run.proof.get(tier, {}).get("gap") == 0)


def _lines(this: Figures, other: Figures | None) -> list[Line]:
    before: Figures = this["before"]

    def line(label: str, name: str, note: str = "", *, now: bool = True, score: bool = False) -> Line:
        def shown(of: Figures | None) -> str:
            if of is None or (score and not of["covered"]):
                return NOTHING
            return points(of[name]) if score else f"{of[name]:,}"

        return Line(label, shown(before) if now else NOTHING, shown(this), shown(other), note)

    return [
        Line(_("Mentees with a mentor"), _covered(before), _covered(this), _covered(other)),
        line(_("Mean score"), "mean", _("points of 100"), score=True),
        line(_("Worst-off"), "worst", _("the lowest score of a pair"), score=True),
        line(_("Sum of scores"), "total", score=True),
        line(_("Mentorships that change"), "changed", _("of those that run"), now=False),
        line(_("Mentorships without a place"), "ended", _("run now, and are not proposed"), now=False),
        line(_("Mentors who are full"), "full"),
        line(_("Most mentees of one mentor"), "most_load"),
        line(_("Pairs that would rather swap"), "blocking", _("both would score higher together")),
    ]


def _covered(of: Figures | None) -> str:
    if of is None:
        return NOTHING
    return _("%(n)s of %(all)s") % {"n": f"{of['covered']:,}", "all": f"{of['mentees']:,}"}


def _prices(this: Figures) -> list[str]:
    """What other aims would cost, in sentences."""
    aims = {
        "stable": _("If no two people would rather swap"),
        "highest_total": _("If the sum of scores came before covering everybody"),
        "fairest": _("If the lowest score were as high as it can be"),
    }
    return [_price(words, this, this[aim]) for aim, words in aims.items() if aim in this]


def _price(words: str, this: Figures, aim: Figures) -> str:
    covered, total = aim["covered"] - this["covered"], aim["total"] - this["total"]
    share = 100 * total / this["total"] if this["total"] else 0
    return _("%(aim)s: %(covered)+d with a mentor, %(share)+.1f %% of the sum, worst-off %(worst)s.") % {
        "aim": words,
        "covered": covered,
        "share": share,
        "worst": points(aim["worst"]) if aim["covered"] else NOTHING,
    }


def score_chart(run: MatchRun, other: MatchRun | None = None) -> Chart:
    """How many pairs score how much, all tiers together; the tenths above the bar are marked."""
    tenths = [sum(of["tenths"][place] for of in run.figures["tiers"].values()) for place in range(10)]
    bins = [
        Bin(f"{10 * place}–{10 * place + 10}", number, marked=place * 1_000 >= run.bar)
        for place, number in enumerate(tenths)
    ]
    return histogram(_("Scores of the pairs"), bins, noun=_("pairs"), of=_("Points"))


def load_chart(run: MatchRun) -> Chart:
    """How many mentors have how many mentees in a tier."""
    several = len(run.figures["tiers"]) > 1
    rows = [
        Bar(
            (f"{Tier(tier).label}: " if several else "") + _mentees(load),
            count,
        )
        for tier in run.tiers
        for load, count in run.figures["tiers"].get(tier, {}).get("loads", [])
    ]
    return bars(_("Mentees of a mentor"), rows, unit=_("mentors"))


def _mentees(load: int) -> str:
    return {0: _("no mentee"), 1: _("1 mentee")}.get(load, _("%(n)d mentees") % {"n": load})


def rule_facts(run: MatchRun) -> list[tuple[str, str]]:
    """By what a run matched, in words; and how many mentors' places were tried."""
    rule = run.rule
    facts = [
        (_("Interests, availability, past success"), _weights(rule)),
        (_("Bar"), f"{100 * rule['bar']:.0f} %"),
        (_("Bonus of a running pair"), f"{100 * rule['stickiness']:.0f} %"),
        (_("Peers are ahead by, in training years"), str(rule["years_ahead"])),
    ]
    if rule.get("floor"):
        facts.append((_("Floor"), f"{100 * rule['floor']:.0f} %"))
    if run.places:
        facts.append((_("Places tried"), _("%(n)s mentors") % {"n": len(run.places)}))
    return facts


def _weights(rule: dict[str, Any]) -> str:
    return " + ".join(f"{100 * rule[name]:.0f} %" for name in ("interest", "availability", "past_success"))
