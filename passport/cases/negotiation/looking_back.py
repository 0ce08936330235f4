"""The debrief of a negotiation: what was said and done, what both could have had, and facts for each
criterion. It shows both sides' worth, which nobody sees while it is played."""

from __future__ import annotations

from collections.abc import Iterator

from passport.cases.negotiation.bargaining import ASK, OFFER, Course, Turn, offered
from passport.cases.negotiation.frontier import Package, Worth, better_than, efficient
from passport.cases.negotiation.talk import Talk
from passport.cases.negotiation.words import package_words, points, question_of, spoken
from passport.cases.rubric import Criterion
from passport.cases.scene import (
    CriterionFacts,
    Debrief,
    NotTaken,
    Plane,
    Row,
    Spot,
    Table,
    Taken,
)

MOST_BETTER = 3
TRADED = {
    "threat": "you said that you would leave if they refused.",
    "repeated": "you offered the same as before.",
    "retreat": "you offered them less than the time before.",
    "too_low": "you offered less than they have without you.",
    "agrees": "they agreed to your offer.",
}
CHOICES = {"accept": "You accepted what they offered.", "walk": "You left."}


def look_back(course: Course, rubric: tuple[Criterion, ...]) -> Debrief:
    told = {
        "questions": list(_questions(course)),
        "trading": list(_trading(course)),
        "result": list(_result(course)),
    }
    facts: dict[str, list[str]] = {each.key: [] for each in rubric}
    for name, key in course.talk.criteria.items():
        facts[key] += told[name]
    return Debrief(
        taken=tuple(_taken(course.talk, at, turn) for at, turn in enumerate(course.turns, 1)),
        not_taken=(*_better(course), *_unasked(course)),
        facts=tuple(CriterionFacts(each.key, each.title, tuple(facts[each.key])) for each in rubric),
        table=_weights(course),
        plane=_plane(course),
    )


def outcome(course: Course) -> Worth:
    """What both have at the end: what was agreed, or else their alternatives."""
    talk = course.talk
    if course.agreed is None:
        return Worth(talk.alternative.worth, talk.their_alternative.worth)
    return talk.worths[course.agreed]


def _both(worth: Worth) -> str:
    return f"{points(worth.yours)} to you and {points(worth.theirs)} to them"


def _taken(talk: Talk, at: int, turn: Turn) -> Taken:
    choice = turn.move["choice"]
    reply = " ".join(spoken(talk, turn.said))
    if choice == OFFER:
        package = offered(talk, turn.move)
        worth = _both(talk.worths[package])
        threat = " You said that you would leave otherwise." if "threat" in turn.move else ""
        reason = f" Your reason: “{turn.move['reason']}”" if "reason" in turn.move else ""
        what = f"You offered {package_words(talk, package)} (worth {worth}).{threat}{reason}"
    elif choice.startswith(ASK):
        what = f"You asked: {question_of(talk, choice.removeprefix(ASK)).label}"
    else:
        what = CHOICES[choice]
    return Taken(f"Round {at}", what, reply)


def _better(course: Course) -> list[NotTaken]:
    """Packages of the frontier that both would have preferred to how it ended."""
    worths, had = course.talk.worths, outcome(course)
    ended = "what was agreed" if course.agreed else "no agreement"
    return [
        NotTaken(
            "Better for both",
            package_words(course.talk, package),
            f"Worth {_both(worths[package])}; {ended} is worth {_both(had)}.",
        )
        for package in better_than(had, efficient(worths), worths)[:MOST_BETTER]
    ]


def _unasked(course: Course) -> list[NotTaken]:
    answered = course.said("answer.")
    return [
        NotTaken("A question without its answer", each.label, f"{each.answer} ({each.interest})")
        for each in course.talk.questions
        if each.key not in answered
    ]


def _questions(course: Course) -> Iterator[str]:
    answered, met = course.said("answer."), course.said("met.")
    for question in course.talk.questions:
        if question.key in answered:
            used = "met by an offer" if question.key in met else "not met by any offer that followed"
            yield f"Uncovered, {used}: {question.interest}"
        elif question.key in course.said("guarded."):
            yield f"Asked before there was enough trust for an answer: {question.label}"
        else:
            yield f"Never asked: {question.label}"


def _trading(course: Course) -> Iterator[str]:
    talk = course.talk
    last: Package | None = None
    stood = talk.opening
    for at, turn in enumerate(course.turns, 1):
        if turn.move["choice"] != OFFER:
            continue
        package = offered(talk, turn.move)
        if last is not None and talk.worths[package].theirs > talk.worths[last].theirs:
            was, now = talk.worths[last], talk.worths[package]
            back = talk.worths[stood].theirs - talk.worths[turn.stance.position].theirs
            answer = "" if "agrees" in turn.said else f"; they gave up {points(back)} of theirs"
            yield (
                f"Round {at}: your offer went from {points(was.yours)} to {points(now.yours)} for you and "
                f"from {points(was.theirs)} to {points(now.theirs)} for them{answer}."
            )
        yield from (f"Round {at}: {TRADED[each]}" for each in turn.said if each in TRADED)
        last, stood = package, turn.stance.position
    if last is None:
        yield "No offer was made."


def _result(course: Course) -> Iterator[str]:
    talk, had = course.talk, outcome(course)
    without = Worth(talk.alternative.worth, talk.their_alternative.worth)
    if course.agreed is None:
        yield f"No agreement: worth {_both(had)}. {talk.their_alternative.text}"
        on_table = talk.worths[course.stance.position]
        yield f"Their last offer was worth {_both(on_table)}."
    else:
        yield f"Agreed: worth {_both(had)}. Without an agreement: {_both(without)}."
        if had.yours < without.yours:
            yield "What was agreed is worth less to you than no agreement."
    better = better_than(had, talk.worths, talk.worths)
    yield (
        f"{len(better)} of {len(talk.worths)} packages would have been better for both."
        if better
        else "No package would have been better for both."
    )


def _weights(course: Course) -> Table:
    talk = course.talk
    rows = [Row(issue.title, (str(issue.weight), str(issue.their_weight))) for issue in talk.issues]
    had = outcome(course)
    return Table(
        "What it was about (points of 100)",
        ("To you", "To them"),
        (
            *rows,
            Row("Reached", (points(had.yours), points(had.theirs)), is_total=True),
            Row(
                "Without an agreement",
                (points(talk.alternative.worth), points(talk.their_alternative.worth)),
            ),
        ),
    )


def _plane(course: Course) -> Plane:
    """The frontier and what happened, by worth to both sides."""
    talk = course.talk

    def spot(label: str, worth: Worth) -> Spot:
        return Spot(label, worth.yours / 100, worth.theirs / 100)

    named = [spot("Their first offer", talk.worths[talk.opening])]
    named += [spot(f"Your offer {at}", talk.worths[each]) for at, each in enumerate(course.offers(), 1)]
    end = "Agreed" if course.agreed else "No agreement"
    return Plane(
        caption="What each package is worth to both sides",
        axes=("Worth to you", "Worth to them"),
        frontier=tuple(spot(package_words(talk, each), talk.worths[each]) for each in efficient(talk.worths)),
        steps=tuple(named),
        end=spot(end, outcome(course)),
        without=spot("Without an agreement", Worth(talk.alternative.worth, talk.their_alternative.worth)),
    )
