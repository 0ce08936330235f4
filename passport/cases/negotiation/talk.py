"""A negotiation as its file declares it: what is negotiated, with whom, and what they say to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Final

from passport.cases.negotiation.frontier import Package, Worth, all_packages
from passport.cases.section import Section, refuse_twice

WHOLE = 100  # what weights add up to, and the top of every scale
MOST_PACKAGES = 2000  # each is looked at in every round

# What the counterpart says, each with its own words.
SAYINGS: Final = ("opens", "yields", "holds", "agrees", "accepted", "walked", "impatient", "out_of_time")
# What it reacts to with words and with its trust and patience.
PROVOKED: Final = ("threat", "repeated", "retreat", "too_low")
REACTIONS: Final = (*PROVOKED, "returned", "met")
# What the debrief tells facts about.
TOLD: Final = ("questions", "trading", "result")


@dataclass(frozen=True)
class Option:
    """One way to settle an issue; `value` to the player and `their_value` to the counterpart, 0 to 100."""

    key: str
    label: str
    value: int
    their_value: int
    meets: str  # the question whose interest it meets


@dataclass(frozen=True)
class Issue:
    """Something to settle, options in their natural order. The counterpart's weight and values stay hidden
    until the debrief; `hint` is said when an offer is too low and this is where most is missing."""

    key: str
    title: str
    weight: int
    their_weight: int
    hint: str
    options: tuple[Option, ...]

    def place(self, key: str) -> int | None:
        return next((at for at, option in enumerate(self.options) if option.key == key), None)


@dataclass(frozen=True)
class Question:
    """A question that uncovers an interest. Below a trust of `at_trust` the answer is `guarded`; `thanks` is
    said for the first offer that meets the interest."""

    key: str
    label: str
    answer: str
    interest: str
    thanks: str
    at_trust: int
    guarded: str
    trust: int
    patience: int


@dataclass(frozen=True)
class Reaction:
    says: str
    trust: int
    patience: int


@dataclass(frozen=True)
class Alternative:
    """The best that a side can do without an agreement."""

    text: str
    value: int

    @property
    def worth(self) -> int:
        return self.value * WHOLE


@dataclass(frozen=True)
class Temper:
    """How the counterpart comes in: its patience and trust, from which trust on it returns concessions,
    and the least that it then gives, in points of its own."""

    patience: int
    trust: int
    returns_at: int
    step: int


@dataclass(frozen=True)
class Talk:
    """The negotiation; `opening` is the counterpart's first offer."""

    counterpart: str
    brief: str
    rounds: int
    temper: Temper
    alternative: Alternative
    their_alternative: Alternative
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]
    opening: Package
    says: dict[str, str]
    reactions: dict[str, Reaction]
    criteria: dict[str, str]

    @cached_property
    def worths(self) -> dict[Package, Worth]:
        return all_packages(self.issues)

    def met_by(self, package: Package) -> set[str]:
        """The questions whose interests a package meets."""
        options = (issue.options[at] for issue, at in zip(self.issues, package, strict=True))
        return {option.meets for option in options if option.meets}


def _option(section: Section, questions: set[str]) -> Option:
    option = Option(
        section.key(),
        section.text("label", longest=120),
        section.whole("value", 0, WHOLE),
        section.whole("their_value", 0, WHOLE),
        section.text("meets", optional=True),
    )
    if option.meets and option.meets not in questions:
        section.note("meets", f"There is no question “{option.meets}”.")
    section.close()
    return option


def _issue(section: Section, questions: set[str]) -> Issue:
    issue = Issue(
        key=section.key(),
        title=section.text("title", longest=120),
        weight=section.whole("weight", 1, WHOLE),
        their_weight=section.whole("their_weight", 1, WHOLE),
        hint=section.text("hint"),
        options=tuple(_option(each, questions) for each in section.sections("options", fewest=2)),
    )
    refuse_twice(section, "options", [each.key for each in issue.options])
    section.close()
    return issue


def _question(section: Section) -> Question:
    question = Question(
        key=section.key(),
        label=section.text("label", longest=300),
        answer=section.text("answer"),
        interest=section.text("interest", longest=300),
        thanks=section.text("thanks"),
        at_trust=section.whole("at_trust", 0, WHOLE, default=0),
        guarded=section.text("guarded", optional=True),
        trust=section.whole("trust", -WHOLE, WHOLE, default=0),
        patience=section.whole("patience", -WHOLE, WHOLE, default=0),
    )
    if question.at_trust and not question.guarded:
        section.note("guarded", "Say what they answer when trust is below “at_trust”.")
    section.close()
    return question


def _reaction(section: Section, *, silent: bool) -> Reaction:
    reaction = Reaction(
        "" if silent else section.text("says"),
        section.whole("trust", -WHOLE, WHOLE, default=0),
        section.whole("patience", -WHOLE, WHOLE, default=0),
    )
    section.close()
    return reaction


def _reactions(section: Section) -> dict[str, Reaction]:
    # An interest that is met is thanked for in the words of its question.
    found = {name: _reaction(section.section(name), silent=name == "met") for name in REACTIONS}
    section.close()
    return found


def _alternative(section: Section) -> Alternative:
    alternative = Alternative(section.text("text"), section.whole("value", 0, WHOLE))
    section.close()
    return alternative


def _temper(section: Section) -> Temper:
    temper = Temper(
        section.whole("patience", 1, WHOLE),
        section.whole("trust", 0, WHOLE),
        section.whole("returns_at", 0, WHOLE),
        section.whole("step", 1, WHOLE),
    )
    section.close()
    return temper


def _said(section: Section) -> dict[str, str]:
    words = {name: section.text(name) for name in SAYINGS}
    section.close()
    return words


def _criteria(section: Section, known: set[str]) -> dict[str, str]:
    found = {name: section.text(name) for name in TOLD}
    for name, key in found.items():
        if key and key not in known:
            section.note(name, f"The rubric has no “{key}”.")
    section.close()
    return found


def _opening(section: Section, issues: tuple[Issue, ...]) -> Package:
    places = []
    for issue in issues:
        place = issue.place(key) if (key := section.text(issue.key)) else 0
        if place is None:
            section.note(issue.key, f"The issue has no option “{key}”.")
        places.append(place or 0)
    section.close()
    return tuple(places)


def _check_issues(section: Section, issues: tuple[Issue, ...], questions: tuple[Question, ...]) -> None:
    refuse_twice(section, "issues", [each.key for each in issues])
    for name, weights in (
        ("weight", [each.weight for each in issues]),
        ("their_weight", [each.their_weight for each in issues]),
    ):
        if sum(weights) != WHOLE:
            section.note("issues", f"Every “{name}” together has to be {WHOLE}; it is {sum(weights)}.")
    met = {option.meets for issue in issues for option in issue.options}
    for at, question in enumerate(questions):
        if question.key and question.key not in met:
            section.note(f"questions.{at}", "No option meets this interest.")
    if (count := prod(len(each.options) for each in issues)) > MOST_PACKAGES:
        section.note("issues", f"At most {MOST_PACKAGES} packages; these options make {count}.")


def _check_room(section: Section, talk: Talk) -> None:
    """There is something to gain for both, and the counterpart's first offer is no loss to it."""
    yours, theirs = talk.alternative.worth, talk.their_alternative.worth
    if talk.worths[talk.opening].theirs < theirs:
        section.note("opening", "This is worth less to the counterpart than its own alternative.")
    if not any(each.yours > yours and each.theirs > theirs for each in talk.worths.values()):
        section.note("issues", "No package is better for both sides than their alternatives.")


def read_talk(section: Section, criteria: set[str]) -> Talk:
    """The negotiation of a file; notes what is missing, unknown or leaves nothing to agree on."""
    before = len(section.problems)
    questions = tuple(_question(each) for each in section.sections("questions", fewest=1))
    refuse_twice(section, "questions", [each.key for each in questions])
    keys = {each.key for each in questions}
    issues = tuple(_issue(each, keys) for each in section.sections("issues", fewest=2))
    _check_issues(section, issues, questions)
    talk = Talk(
        counterpart=section.text("counterpart", longest=120),
        brief=section.text("brief", longest=6000),
        rounds=section.whole("rounds", 3, 30),
        temper=_temper(section.section("temper")),
        alternative=_alternative(section.section("alternative")),
        their_alternative=_alternative(section.section("their_alternative")),
        issues=issues,
        questions=questions,
        opening=_opening(section.section("opening"), issues),
        says=_said(section.section("says")),
        reactions=_reactions(section.section("reactions")),
        criteria=_criteria(section.section("facts"), criteria),
    )
    if len(section.problems) == before:
        _check_room(section, talk)
    return talk
