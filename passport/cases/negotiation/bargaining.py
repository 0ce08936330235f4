"""The moves of a negotiation: ask, offer, accept, walk away. State: `turns`, each with its move, what was
said to it and where the counterpart then stood; `end` and `agreed` once it is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from passport.cases.negotiation.counterpart import Stance, answer_offer, moved
from passport.cases.negotiation.frontier import Package
from passport.cases.negotiation.talk import Question, Talk
from passport.cases.problems import MoveError

OFFER, ACCEPT, WALK, ASK = "offer", "accept", "walk", "ask."
ISSUE: Final = "issue."  # before the key of an issue: the option offered
LONGEST_REASON = 1000


@dataclass(frozen=True)
class Turn:
    move: dict[str, str]
    said: tuple[str, ...]
    stance: Stance


@dataclass(frozen=True)
class Course:
    """A negotiation so far. `end` is the key of the counterpart's last word, empty while it goes on."""

    talk: Talk
    turns: tuple[Turn, ...] = ()
    end: str = ""
    agreed: Package | None = None

    @property
    def stance(self) -> Stance:
        temper = self.talk.temper
        return (
            self.turns[-1].stance if self.turns else Stance(temper.trust, temper.patience, self.talk.opening)
        )

    def offers(self) -> Iterator[Package]:
        """What the player offered, in order."""
        for turn in self.turns:
            if turn.move["choice"] == OFFER:
                yield offered(self.talk, turn.move)

    def said(self, prefix: str) -> set[str]:
        """Keys that followed a prefix in anything said so far."""
        found = (each for turn in self.turns for each in turn.said)
        return {each.removeprefix(prefix) for each in found if each.startswith(prefix)}


def offered(talk: Talk, move: Mapping[str, str]) -> Package:
    """The package of a move; every issue needs one of its options."""
    places = []
    for issue in talk.issues:
        place = issue.place(move.get(f"{ISSUE}{issue.key}", ""))
        if place is None:
            raise MoveError(f"{ISSUE}{issue.key}", "An offer says something on every issue.")
        places.append(place)
    return tuple(places)


def after(course: Course, move: Mapping[str, str]) -> Course:
    """The course after a move; raises `MoveError`."""
    if course.end:
        raise MoveError("", "The negotiation is over.")
    choice = move.get("choice", "")
    if choice == OFFER:
        return _bounded(_offer(course, move))
    if choice.startswith(ASK):
        return _bounded(_ask(course, choice))
    if choice == ACCEPT:
        return _closed(course, choice, "accepted", course.stance.position)
    if choice == WALK:
        return _closed(course, choice, "walked", None)
    raise MoveError("choice", "Choose what to do.")


def _closed(course: Course, choice: str, end: str, agreed: Package | None) -> Course:
    turn = Turn({"choice": choice}, (end,), course.stance)
    return replace(course, turns=(*course.turns, turn), end=end, agreed=agreed)


def _bounded(course: Course) -> Course:
    """Patience and rounds come to an end."""
    if course.end:
        return course
    end = "impatient" if not course.stance.patience else ""
    if not end and len(course.turns) == course.talk.rounds:
        end = "out_of_time"
    if not end:
        return course
    last = course.turns[-1]
    return replace(course, turns=(*course.turns[:-1], replace(last, said=(*last.said, end))), end=end)


def to_ask(course: Course) -> list[Question]:
    """Questions that have not been answered."""
    answered = course.said("answer.")
    return [each for each in course.talk.questions if each.key not in answered]


def _ask(course: Course, choice: str) -> Course:
    for question in to_ask(course):
        if choice == f"{ASK}{question.key}":
            is_open = course.stance.trust >= question.at_trust
            said = f"{'answer' if is_open else 'guarded'}.{question.key}"
            stance = moved(course.talk, course.stance, question.trust if is_open else 0, question.patience)
            return replace(course, turns=(*course.turns, Turn({"choice": choice}, (said,), stance)))
    raise MoveError("choice", "This was answered already, or is not a question of this case.")


def _offer(course: Course, move: Mapping[str, str]) -> Course:
    talk, package = course.talk, offered(course.talk, move)
    reason = move.get("reason", "").strip()
    if len(reason) > LONGEST_REASON:
        raise MoveError("reason", f"At most {LONGEST_REASON} characters.")
    kept = {"choice": OFFER, **{name: move[name] for name in _names(talk)}}
    kept |= {"reason": reason} if reason else {}
    kept |= {"threat": "on"} if move.get("threat") else {}
    answer = answer_offer(
        talk,
        course.stance,
        list(course.offers()),
        package,
        course.said("answer.") - course.said("met."),
        threat="threat" in kept,
    )
    turns = (*course.turns, Turn(kept, answer.said, answer.stance))
    if answer.agrees:
        return replace(course, turns=turns, end="agrees", agreed=package)
    return replace(course, turns=turns)


def _names(talk: Talk) -> list[str]:
    return [f"{ISSUE}{issue.key}" for issue in talk.issues]


def plain(course: Course) -> dict[str, Any]:
    """The state of a course: values that JSON keeps."""
    return {
        "turns": [
            {
                "move": turn.move,
                "said": list(turn.said),
                "trust": turn.stance.trust,
                "patience": turn.stance.patience,
                "position": list(turn.stance.position),
            }
            for turn in course.turns
        ],
        "end": course.end,
        "agreed": None if course.agreed is None else list(course.agreed),
    }


def course_of(talk: Talk, state: dict[str, Any]) -> Course:
    """The course that the moves of a state make."""
    course = Course(talk)
    for turn in state["turns"]:
        course = after(course, turn["move"])
    return course


def fits(talk: Talk, state: dict[str, Any]) -> bool:
    """Whether the state belongs to this negotiation: its moves, made again, lead to it."""
    try:
        return plain(course_of(talk, state)) == state
    except (MoveError, KeyError, TypeError, AttributeError):
        return False
