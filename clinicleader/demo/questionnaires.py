"""A questionnaire of the organisation's own, still being written: something to change and to put to use."""

from __future__ import annotations

from people.member import Member
from surveys.built_in import AGREEMENT, FREQUENCY, Wording
from surveys.composition import Composition
from surveys.enums import About, ItemPart
from surveys.models import Instrument
from surveys.questionnaire import Question
from surveys.services.instruments import create_draft

ROUND, AFTER = "On the round", "Afterwards"
WARD_ROUNDS = Composition(
    title="How our ward rounds go",
    about=About.WORKPLACE,
    minimum_answered=3,
    wordings=(
        Wording(
            Question("", ItemPart.INDEX, "voice", 1, 5),
            "Everybody on the round is asked for their view.",
            ROUND,
            AGREEMENT,
        ),
        Wording(
            Question("", ItemPart.INDEX, "voice", 1, 5),
            "A student could stop the round to ask a question.",
            ROUND,
            AGREEMENT,
        ),
        Wording(
            Question("", ItemPart.INDEX, "plan", 1, 5),
            "After each bed everybody knows the plan.",
            ROUND,
            AGREEMENT,
        ),
        Wording(
            Question("", ItemPart.INDEX, "plan", 1, 5, reversed=True),
            "Decisions of the round are changed later without my hearing of it.",
            AFTER,
            AGREEMENT,
        ),
        Wording(
            Question("", ItemPart.OUTCOME, "interruptions", 1, 5),
            "How often is the round interrupted so that you lose the thread?",
            ROUND,
            FREQUENCY,
        ),
    ),
)


def draft_questionnaire(*, by: Member) -> Instrument:
    """The survey steward has begun it and not put it to use."""
    return create_draft(WARD_ROUNDS, by=by)
