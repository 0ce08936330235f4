"""The cultural audit of a partnership programme: how doctors and managers get on, at its start and its end.

For a programme, with the threshold of every survey. Two partners who compare their answers do so openly, in a
partnership check: of two answers none can be confidential.
"""

from __future__ import annotations

from surveys.built_in.wording import AGREEMENT, BuiltIn, the_other_way_round, worded
from surveys.enums import About

CULTURAL_AUDIT = BuiltIn(
    key="cultural_audit",
    version=1,
    title="Cultural audit",
    about=About.WORKPLACE,
    minimum_answered=12,
    open_question="What helps doctors and managers here to work together, and what gets in the way?",
    wordings=the_other_way_round(
        worded(
            AGREEMENT,
            [
                ("trust", "Doctors and managers here keep what they promise each other."),
                ("trust", "I watch my words with the other profession: they could be held against me."),
                ("communication", "Doctors and managers here hear important news from each other first."),
                ("communication", "We speak about problems with each other, and not about each other."),
                ("shared_goals", "Doctors and managers here could name the same three goals."),
                ("shared_goals", "When our goals clash, we look for what is best for patients."),
                ("knowing_each_other", "I know the people in the other profession whom I depend on."),
                ("knowing_each_other", "I know what a normal day of my counterpart looks like."),
                ("motivations", "I understand what moves the other profession when it decides."),
                ("motivations", "The other profession knows what matters to mine."),
                ("meeting_frequency", "We meet often enough to decide things together."),
                ("meeting_frequency", "Between meetings I can reach my counterpart when I need to."),
                ("problem_solving", "We work on problems together from the start, not after the event."),
                ("problem_solving", "What we solve together stays solved."),
            ],
        ),
        "trust-2",
    ),
)
