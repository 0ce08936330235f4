"""What a player sees of a negotiation: nothing of what packages are worth to the counterpart."""

from __future__ import annotations

from passport.cases.negotiation.bargaining import (
    ACCEPT,
    ASK,
    ISSUE,
    LONGEST_REASON,
    OFFER,
    WALK,
    Course,
    to_ask,
)
from passport.cases.negotiation.frontier import Package
from passport.cases.negotiation.talk import Issue, Talk
from passport.cases.negotiation.words import chosen, points, spoken
from passport.cases.scene import Choice, Field, Row, Scene, Table

REASON_HELP = "It is kept for whoever marks you."


def show(course: Course) -> Scene:
    talk = course.talk
    said = course.turns[-1].said if course.turns else ("opens",)
    words = [*spoken(talk, said), "" if course.end else _mood(course)]
    return Scene(
        title=_title(course),
        text="\n\n".join(filter(None, words)),
        speaker=talk.counterpart,
        brief="" if course.end else "\n\n".join([talk.brief, talk.alternative.text, *_known(course)]),
        choices=() if course.end else tuple(_choices(course)),
        fields=() if course.end else tuple(_fields(course)),
        table=_table(course),
        is_over=bool(course.end),
    )


def _title(course: Course) -> str:
    if not course.end:
        return f"Round {len(course.turns) + 1} of {course.talk.rounds}"
    return "Agreement" if course.agreed else "No agreement"


def _mood(course: Course) -> str:
    stance, temper = course.stance, course.talk.temper
    last = " This is the last round." if len(course.turns) + 1 == course.talk.rounds else ""
    return f"Patience: {stance.patience} of {temper.patience}. Trust in you: {stance.trust} of 100.{last}"


def _known(course: Course) -> list[str]:
    """What the questions have brought."""
    answered = course.said("answer.")
    return [f"You know: {each.interest}" for each in course.talk.questions if each.key in answered]


def _choices(course: Course) -> list[Choice]:
    asks = [Choice(f"{ASK}{each.key}", f"Ask: {each.label}") for each in to_ask(course)]
    return [
        *asks,
        Choice(OFFER, "Make the offer below."),
        Choice(ACCEPT, "Accept what they offer."),
        Choice(WALK, "Leave without an agreement."),
    ]


def _fields(course: Course) -> list[Field]:
    package = last_offer(course) or course.stance.position
    issues = [_field(issue, at) for issue, at in zip(course.talk.issues, package, strict=True)]
    return [
        *issues,
        Field(
            "reason",
            "The reason you give",
            "text",
            "It is kept for whoever marks you.",
            longest=LONGEST_REASON,
        ),
        Field("threat", "Say that you will leave if they refuse", "check"),
    ]


def _field(issue: Issue, at: int) -> Field:
    options = tuple(
        (option.key, f"{option.label} ({points(issue.weight * option.value)})") for option in issue.options
    )
    return Field(
        f"{ISSUE}{issue.key}",
        f"Your offer: {issue.title}",
        "choice",
        f"Worth up to {issue.weight} of 100 points to you.",
        options=options,
        value=issue.options[at].key,
        is_needed=True,
    )


def last_offer(course: Course) -> Package | None:
    return [None, *course.offers()][-1]


def _table(course: Course) -> Table:
    talk, mine = course.talk, last_offer(course)
    theirs = course.agreed or course.stance.position
    cells = zip(talk.issues, _cells(talk, theirs), _cells(talk, mine), strict=True)
    worth = (points(talk.worths[theirs].yours), points(talk.worths[mine].yours) if mine else "–")
    return Table(
        "On the table",
        ("Agreed" if course.agreed else "They offer", "You offered"),
        (
            *(Row(issue.title, (one, other)) for issue, one, other in cells),
            Row("Worth to you, of 100", worth, is_total=True),
            Row("Without an agreement", (points(talk.alternative.worth), "")),
        ),
    )


def _cells(talk: Talk, package: Package | None) -> list[str]:
    if package is None:
        return ["–"] * len(talk.issues)
    return [option.label for _, option in chosen(talk, package)]
