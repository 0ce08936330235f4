"""The figures of a matching as pages show them, beside the running state and another matching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mentoring.enums import Tier
from mentoring.models import MatchRun
from mentoring.services.runs import WEIGHTS
from mentoring.wording_of_pairs import points

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
class Headlines:
    """A matching in four figures over all its tiers, each with what it is today. `wanted`: a mentor for each
    mentee in each tier. `changed` and `ended` are of the `continuable` mentorships that run."""

    wanted: int
    found: int
    found_now: int
    worst: str
    worst_now: str
    changed: int
    ended: int
    continuable: int
    most_load: int
    most_load_now: int


def figures_by_tier(run: MatchRun) -> dict[Tier, Figures]:
    """Of the tiers in which somebody is to have a mentor: nurses have no peers in training."""
    found = {Tier(tier): run.figures["tiers"].get(tier) for tier in run.tiers}
    return {tier: of for tier, of in found.items() if of and of["mentees"]}


def headlines_of(run: MatchRun) -> Headlines:
    """The sums, the lowest score ("" without a pair) and the highest load of all tiers."""
    tiers = list(figures_by_tier(run).values())
    before: list[Figures] = [of["before"] for of in tiers]
    return Headlines(
        wanted=sum(of["mentees"] for of in tiers),
        found=sum(of["covered"] for of in tiers),
        found_now=sum(of["covered"] for of in before),
        worst=_lowest(tiers),
        worst_now=_lowest(before),
        changed=sum(of["changed"] for of in tiers),
        ended=sum(of["ended"] for of in tiers),
        continuable=sum(of["continuable"] for of in tiers),
        most_load=max((of["most_load"] for of in tiers), default=0),
        most_load_now=max((of["most_load"] for of in before), default=0),
    )


def _lowest(tiers: list[Figures]) -> str:
    scores = [of["worst"] for of in tiers if of["covered"]]
    return points(min(scores)) if scores else ""


@dataclass(frozen=True, slots=True)
class TierComparison:
    label: str
    covered: str
    lines: list[Line]
    proven: bool
    prices: list[str]


def comparison_of(run: MatchRun, other: MatchRun | None) -> list[TierComparison]:
    """Each tier of a run against what runs now and against another run."""
    others: dict[str, Figures] = other.figures["tiers"] if other else {}
    return [
        TierComparison(
            str(tier.label),
            covered_words(figures),
            _lines(figures, others.get(tier)),
            is_proven(run, tier),
            _prices(figures),
        )
        for tier, figures in figures_by_tier(run).items()
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
        Line(_("Mentees with a mentor"), covered_words(before), covered_words(this), covered_words(other)),
        line(_("Mean score"), "mean", _("points of 100"), score=True),
        line(_("Worst-off"), "worst", _("the lowest score of a pair"), score=True),
        line(_("Sum of scores"), "total", score=True),
        line(_("Mentorships that change"), "changed", _("of those that run"), now=False),
        line(_("Mentorships without a place"), "ended", _("run now, and are not proposed"), now=False),
        line(_("Mentors who are full"), "full"),
        line(_("Most mentees of one mentor"), "most_load"),
        line(_("Pairs that would rather swap"), "blocking", _("both would score higher together")),
    ]


def covered_words(of: Figures | None) -> str:
    """How many mentees have a mentor."""
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


def weighs_alike(run: MatchRun, other: MatchRun) -> bool:
    """Whether two matchings give a pair the same score: points of different weights are not of one scale."""
    return all(run.rule[name] == other.rule[name] for name in WEIGHTS)


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
    return " + ".join(f"{100 * rule[name]:.0f} %" for name in WEIGHTS)
