"""What is said in a negotiation, and packages and points in words."""

from __future__ import annotations

from collections.abc import Iterable

from passport.cases.negotiation.frontier import Package
from passport.cases.negotiation.talk import WHOLE, Issue, Option, Question, Talk


def points(hundredths: int) -> str:
    """Worth as it is shown, of 100."""
    return f"{hundredths / WHOLE:.1f}"


def chosen(talk: Talk, package: Package) -> list[tuple[Issue, Option]]:
    return [(issue, issue.options[at]) for issue, at in zip(talk.issues, package, strict=True)]


def package_words(talk: Talk, package: Package) -> str:
    return "; ".join(f"{issue.title}: {option.label}" for issue, option in chosen(talk, package))


def question_of(talk: Talk, key: str) -> Question:
    return next(each for each in talk.questions if each.key == key)


def spoken(talk: Talk, said: Iterable[str]) -> list[str]:
    """The counterpart's own words, in the order it says them."""
    return [_spoken(talk, *each.split(".", 1)) for each in said]


def _spoken(talk: Talk, name: str, key: str = "") -> str:
    if name == "hint":
        return next(each.hint for each in talk.issues if each.key == key)
    if name in talk.reactions and not key:
        return talk.reactions[name].says
    if not key:
        return talk.says[name]
    question = question_of(talk, key)
    return {"answer": question.answer, "guarded": question.guarded, "met": question.thanks}[name]
