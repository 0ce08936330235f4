"""How the counterpart takes an offer and what it offers in return. Every step follows from a rule that can
be told: nothing is drawn, and no hidden worth of the player is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from passport.cases.negotiation.frontier import Package
from passport.cases.negotiation.talk import PROVOKED, WHOLE, Issue, Talk


@dataclass(frozen=True)
class Stance:
    """The counterpart between two moves: `position` is its offer on the table."""

    trust: int
    patience: int
    position: Package


@dataclass(frozen=True)
class Answer:
    """What it says (keys of words: `threat`, `met.cover`, `hint.time`) and where it then stands."""

    said: tuple[str, ...]
    stance: Stance
    agrees: bool = False


def moved(talk: Talk, stance: Stance, trust: int, patience: int) -> Stance:
    """Trust from 0 to 100, patience from 0 to what it came with."""
    return Stance(
        min(WHOLE, max(0, stance.trust + trust)),
        min(talk.temper.patience, max(0, stance.patience + patience)),
        stance.position,
    )


def answer_offer(
    talk: Talk, stance: Stance, earlier: Sequence[Package], offer: Package, known: set[str], *, threat: bool
) -> Answer:
    """The answer to an offer. `earlier`: the player's offers so far; `known`: the questions whose interests
    were uncovered and not yet met."""
    said = [*_provocations(talk, stance, earlier, offer, threat=threat)]
    said += [f"met.{each.key}" for each in talk.questions if each.key in known & talk.met_by(offer)]
    now = _after(talk, stance, said)
    gain = gained(talk, earlier, offer)
    returns = bool(earlier) and gain > 0 and now.trust >= talk.temper.returns_at
    given = _given(talk, said, gain if returns else 0, first=not earlier)
    position = counteroffer(talk, now, [*earlier, offer], given)
    if talk.worths[offer].theirs >= talk.worths[position].theirs:
        return Answer((*said, "agrees"), now, agrees=True)
    if position == stance.position:
        return Answer((*said, "holds"), now)
    if returns:
        said.append("returned")
        now = _after(talk, now, ["returned"])
    return Answer((*said, "yields"), replace(now, position=position))


def gained(talk: Talk, earlier: Sequence[Package], offer: Package) -> int:
    """How much better the offer is for the counterpart than the best so far, in hundredths of a point. What
    lies below its alternative does not count: an absurd beginning makes no later step generous."""
    best = max([talk.their_alternative.worth, *(talk.worths[each].theirs for each in earlier)])
    return max(0, talk.worths[offer].theirs - best)


def _provocations(
    talk: Talk, stance: Stance, earlier: Sequence[Package], offer: Package, *, threat: bool
) -> list[str]:
    said = ["threat"] if threat else []
    if offer in earlier:
        said.append("repeated")
    elif earlier and talk.worths[offer].theirs < talk.worths[earlier[-1]].theirs:
        said.append("retreat")
    if talk.worths[offer].theirs < talk.their_alternative.worth:
        said += ["too_low", f"hint.{largest_gap(talk, stance.position, offer).key}"]
    return said


def largest_gap(talk: Talk, position: Package, offer: Package) -> Issue:
    """The issue on which the offer takes most from what the counterpart has on the table."""

    def loss(at: int) -> int:
        issue = talk.issues[at]
        asked, given = issue.options[position[at]], issue.options[offer[at]]
        return issue.their_weight * (asked.their_value - given.their_value)

    return talk.issues[max(range(len(talk.issues)), key=loss)]


def _after(talk: Talk, stance: Stance, said: Sequence[str]) -> Stance:
    for each in said:
        reaction = talk.reactions.get(each.partition(".")[0])
        if reaction:
            stance = moved(talk, stance, reaction.trust, reaction.patience)
    return stance


def _given(talk: Talk, said: Sequence[str], gain: int, *, first: bool) -> int:
    """How far it may go down, in hundredths of a point of its own: nothing when provoked; a step for a first
    offer and for each interest met; for a concession that it returns (`gain`) as much, at least a step."""
    if any(name in PROVOKED for name in said):
        return 0
    step = talk.temper.step * WHOLE
    steps = sum(each.startswith("met.") for each in said) + first
    return steps * step + (max(step, gain) if gain else 0)


def counteroffer(talk: Talk, stance: Stance, offers: Sequence[Package], given: int) -> Package:
    """Of the packages that cost it no more than `given`, leave it no worse off than its alternative and take
    nothing back, the one that seems to suit the player best; of equal ones the one it likes best itself."""
    own, asked = stance.position, offers[-1]
    most = talk.worths[own].theirs
    least = max(talk.their_alternative.worth, most - given)
    within = (
        each
        for each, worth in talk.worths.items()
        if least <= worth.theirs <= most and takes_nothing_back(own, each, asked)
    )
    return max(
        within,
        key=lambda each: (seems_good(talk, offers, each), talk.worths[each].theirs, each == own),
    )


def takes_nothing_back(own: Package, package: Package, asked: Package) -> bool:
    """On no issue further from what was asked than its own last offer."""
    return all(abs(now - want) <= abs(was - want) for was, now, want in zip(own, package, asked, strict=True))


def seems_good(talk: Talk, offers: Sequence[Package], package: Package) -> int:
    """What the player's offers let one guess: an option is liked the nearer it lies to the one asked for
    last, and an issue weighs the more, the longer the player has not moved on it."""
    asked = offers[-1]
    total = 0
    for at, issue in enumerate(talk.issues):
        nearness = WHOLE - WHOLE * abs(package[at] - asked[at]) // (len(issue.options) - 1)
        total += held(offers, at) * nearness
    return total


def held(offers: Sequence[Package], at: int) -> int:
    """For how many offers in a row, up to the last one, the player has asked the same on an issue."""
    count = 0
    for offer in reversed(offers):
        if offer[at] != offers[-1][at]:
            break
        count += 1
    return count
