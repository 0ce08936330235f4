"""The annual survey: how one is led, the culture, the team, and how people fare.

The items about the leader are those of the leader index, with their keys: it is the index here too, and the
sections after it stand beside it as outcomes.
"""

from __future__ import annotations

from dataclasses import replace

from surveys.built_in.leader_index import LEADER_INDEX
from surveys.built_in.wording import AGREEMENT, FREQUENCY, BuiltIn, Wording, the_other_way_round, worded
from surveys.enums import About, ItemPart

YOUR_LEADER = "Your immediate leader"
CULTURE = "How things are done here"
TEAMWORK = "How we work together"
WORK = "You and your work"
VALUES = "What we stand for"


def _outcome(
    group: str, section: str, *sentences: str, labels: tuple[str, ...] = AGREEMENT
) -> tuple[Wording, ...]:
    texts = [(group, sentence) for sentence in sentences]
    return worded(labels, texts, part=ItemPart.OUTCOME, section=section)


ANNUAL_SURVEY = BuiltIn(
    key="annual_survey",
    version=1,
    title="Culture and teamwork survey",
    about=About.LEADER,
    minimum_answered=LEADER_INDEX.minimum_answered,
    wordings=(
        *(replace(wording, section=YOUR_LEADER) for wording in LEADER_INDEX.wordings),
        *_outcome(
            "culture",
            CULTURE,
            "People here can say that they made a mistake and do not suffer for it.",
            "Everybody gets a fair chance here, whoever they are.",
            "When something goes wrong, we find out why and change it.",
            "What is decided here is also done.",
            "We do things well because we care about them, not because somebody checks.",
            "When I speak of this organisation, I say “we”.",
        ),
        *_outcome(
            "teamwork",
            TEAMWORK,
            "In my team everybody knows who does what.",
            "In my team we see when somebody needs a hand, and give it.",
            "We settle disagreements in the open and with respect.",
            "Doctors, nurses and managers here pull in the same direction.",
            "Patients notice no seam where my team hands over to another.",
            "We take time to talk about how we work together.",
        ),
        *_outcome(
            "fulfilment",
            WORK,
            "What I do at work is worth the effort that it takes.",
            "I go home knowing that I did something that counts.",
            "I can use here what I am good at.",
        ),
        *the_other_way_round(
            _outcome(
                "engagement",
                WORK,
                "I gladly do more than I have to.",
                "I would tell a good friend to come and work here.",
                "I catch myself counting the hours until I can leave.",
            ),
            "engagement-3",
        ),
        *_outcome(
            "burnout",
            WORK,
            "After work I have no strength left for what matters to me.",
            "I find it hard to care about the people I meet at work.",
            "The thought of the next working day weighs on me.",
            labels=FREQUENCY,
        ),
        *_outcome(
            "values",
            VALUES,
            "What this organisation says it stands for is what I see it do.",
            "I can work here in the way that I think is right.",
            "Where money and patients pull apart, we find a way that is good for patients.",
        ),
        *_outcome(
            "followership",
            VALUES,
            "I say so when I think that we are about to make a mistake.",
            "What we decided together I carry out, also if I had argued against it.",
            "I help my immediate leader to do the job well.",
        ),
    ),
)
