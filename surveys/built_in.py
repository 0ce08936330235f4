"""The questionnaires that every organisation has from the start. All wording is our own."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.enums import About, Behaviour, Dimension, ItemPart
from surveys.questionnaire import Question


@dataclass(frozen=True)
class Wording:
    """An item as somebody reads it: the heading it stands under, the sentence, what the answers say."""

    question: Question
    text: str
    section: str = ""
    labels: tuple[str, ...] = ()
    cannot_say: bool = True


@dataclass(frozen=True)
class BuiltIn:
    """An instrument as it ships: key, version, title, items in order, index items a response must answer."""

    key: str
    version: int
    title: str
    about: About
    wordings: tuple[Wording, ...]
    minimum_answered: int


# What the five answers say, lowest first.
AGREEMENT = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
CONFIDENCE = ("Not at all", "A little", "Somewhat", "Largely", "Fully")


def _wordings(
    labels: tuple[str, ...], texts: list[tuple[str, str]], *, part: ItemPart, cannot_say: bool = True
) -> tuple[Wording, ...]:
    numbers: dict[str, int] = {}
    made = []
    for group, text in texts:
        numbers[group] = numbers.get(group, 0) + 1
        question = Question(f"{group.replace('_', '-')}-{numbers[group]}", part, group, 1, len(labels))
        made.append(Wording(question, text, labels=labels, cannot_say=cannot_say))
    return tuple(made)


LEADER_INDEX = BuiltIn(
    key="leader_index",
    version=1,
    title="Leader index",
    about=About.LEADER,
    minimum_answered=10,
    wordings=_wordings(
        AGREEMENT,
        [
            (Behaviour.INCLUDE, "My immediate leader makes everyone in our team feel that they belong."),
            (Behaviour.INCLUDE, "My immediate leader treats me with respect."),
            (Behaviour.INCLUDE, "My immediate leader acts when someone is left out."),
            (Behaviour.INFORM, "My immediate leader tells us what is changing and why."),
            (Behaviour.INFORM, "My immediate leader shares the reasons behind decisions."),
            (Behaviour.INQUIRE, "My immediate leader asks what I think before deciding."),
            (Behaviour.INQUIRE, "My immediate leader takes ideas from the team forward."),
            (Behaviour.DEVELOP, "My immediate leader talks with me about where I want to go."),
            (Behaviour.DEVELOP, "My immediate leader gives me feedback that I can use."),
            (Behaviour.DEVELOP, "My immediate leader helps me get experience that stretches me."),
            (Behaviour.RECOGNISE, "My immediate leader notices good work."),
            (Behaviour.RECOGNISE, "My immediate leader thanks people in a way that matters to them."),
        ],
        part=ItemPart.INDEX,
    ),
)

CONFIDENCE_PULSE = BuiltIn(
    key="confidence_pulse",
    version=1,
    title="Confidence pulse",
    about=About.SELF,
    minimum_answered=10,
    wordings=_wordings(
        CONFIDENCE,
        [
            (
                Dimension.STRATEGIC_INSIGHT,
                "I can explain where my organisation wants to be in five years, and why.",
            ),
            (Dimension.STRATEGIC_INSIGHT, "I can turn a broad aim into the next three steps for my team."),
            (Dimension.FINANCIAL_ACUMEN, "I can read my department's budget and say what drives its costs."),
            (
                Dimension.FINANCIAL_ACUMEN,
                "I can make a business case that a finance director would take seriously.",
            ),
            (
                Dimension.TEAM_LEADERSHIP,
                "I can lead a team of several professions through a difficult change.",
            ),
            (
                Dimension.TEAM_LEADERSHIP,
                "I can raise a problem with a colleague so that we both learn from it.",
            ),
            (
                Dimension.GOVERNANCE_EXPERIENCE,
                "I know how important decisions are made here, and who makes them.",
            ),
            (
                Dimension.GOVERNANCE_EXPERIENCE,
                "I can contribute to a committee so that its decision gets better.",
            ),
            (Dimension.MENTORSHIP_ENGAGEMENT, "I prepare my meetings with mentors and act on what we agree."),
            (Dimension.MENTORSHIP_ENGAGEMENT, "I help others to grow, as others have helped me."),
        ],
        part=ItemPart.INDEX,
        cannot_say=False,
    ),
)

BUILT_INS = (LEADER_INDEX, CONFIDENCE_PULSE)
