"""The framework that comes with ClinicLeader, in words of our own; organisations word it anew from there.

Each competency has a sentence, and four anchors: what one sees somebody do at each level. Other frameworks
are named by heading alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sponsors.enums import CompetencyGroup, OutsideFramework

NHS, FMLM, ACGME = OutsideFramework.NHS, OutsideFramework.FMLM, OutsideFramework.ACGME
PRACTICE_BASED = "Practice-based learning and improvement"
COMMUNICATION = "Interpersonal and communication skills"
SYSTEMS_BASED = "Systems-based practice"


@dataclass(frozen=True, slots=True)
class PresetCompetency:
    code: str
    group: CompetencyGroup
    name: str
    sentence: str
    anchors: tuple[str, str, str, str]
    headings: dict[OutsideFramework, str]


PRESET_COMPETENCIES: Final = (
    PresetCompetency(
        "self-knowledge",
        CompetencyGroup.YOURSELF,
        "Knowing oneself",
        "Knows what one is good at, what one avoids, and how one comes across.",
        (
            "Asks for feedback when somebody offers it.",
            "Asks for feedback without being prompted, and can say what changed because of it.",
            "Names own mistakes before others do, and makes it safe for others to do the same.",
            "Builds habits of honest feedback that outlast the own time in a team.",
        ),
        {FMLM: "Self", ACGME: PRACTICE_BASED},
    ),
    PresetCompetency(
        "steadiness",
        CompetencyGroup.YOURSELF,
        "Staying steady",
        "Keeps calm, fair and in good health when there is pressure from all sides.",
        (
            "Notices the own stress, and takes a break before it shows.",
            "Stays courteous under pressure and makes up for it when not.",
            "Calms a tense room, and guards the rest of others as well as the own.",
            "Removes what wears people out, instead of asking them to bear it.",
        ),
        {FMLM: "Self", ACGME: "Professionalism"},
    ),
    PresetCompetency(
        "integrity",
        CompetencyGroup.YOURSELF,
        "Acting with integrity",
        "Does what is right for patients and colleagues, also when it costs something.",
        (
            "Keeps promises, and says early when one cannot be kept.",
            "Speaks up about what is wrong, to the person who can change it.",
            "Decides openly when interests collide, and says whose interest weighed more.",
            "Makes it ordinary to raise a concern, and protects whoever does.",
        ),
        {NHS: "Inspiring shared purpose", FMLM: "Self", ACGME: "Professionalism"},
    ),
    PresetCompetency(
        "listening",
        CompetencyGroup.PEOPLE,
        "Listening and including",
        "Hears those who are easily overheard, and uses what they say.",
        (
            "Lets others finish, and asks a question before giving an answer.",
            "Draws quiet people into the talk, and credits their ideas to them.",
            "Changes own plans because of what the least powerful in the room said.",
            "Sees to it that every profession and every shift has a voice in decisions.",
        ),
        {NHS: "Leading with care", FMLM: "Team player/team leader", ACGME: COMMUNICATION},
    ),
    PresetCompetency(
        "developing-people",
        CompetencyGroup.PEOPLE,
        "Growing others",
        "Leaves people more able than they were.",
        (
            "Teaches at the bedside, and praises what went well by name.",
            "Hands over whole tasks with the room to do them differently.",
            "Knows where each person wants to go, and opens a door towards it.",
            "Has raised leaders who now raise others.",
        ),
        {NHS: "Developing capability", FMLM: "Team player/team leader", ACGME: PRACTICE_BASED},
    ),
    PresetCompetency(
        "hard-conversations",
        CompetencyGroup.PEOPLE,
        "Holding hard conversations",
        "Says what has to be said, to the person it concerns, with respect.",
        (
            "Prepares a hard conversation with somebody's help, and holds it.",
            "Speaks of what was done and what it caused, soon and in private.",
            "Settles a conflict between others so that they can work together again.",
            "Teams around them settle conflicts early, without being told to.",
        ),
        {NHS: "Holding to account", FMLM: "Team player/team leader", ACGME: COMMUNICATION},
    ),
    PresetCompetency(
        "improvement",
        CompetencyGroup.SERVICE,
        "Improving care",
        "Finds out what harms or delays patients, changes it, and measures whether it worked.",
        (
            "Reports what goes wrong, and takes part in a project that mends it.",
            "Leads a small change from its first figure to its second.",
            "Leads improvement across several teams, and stops what does not work.",
            "Has made improvement everybody's daily work, with figures that all can see.",
        ),
        {NHS: "Evaluating information", FMLM: "Corporate responsibility", ACGME: PRACTICE_BASED},
    ),
    PresetCompetency(
        "resources",
        CompetencyGroup.SERVICE,
        "Using money and time well",
        "Understands what care costs, and spends what there is where it does most good.",
        (
            "Can say what the own service costs, and where the money comes from.",
            "Reads a budget each month, and explains why it differs from the plan.",
            "Makes a case for money, gets it, and shows what it brought.",
            "Moves money and people between services, openly and with their consent.",
        ),
        {FMLM: "Corporate responsibility", ACGME: SYSTEMS_BASED},
    ),
    PresetCompetency(
        "execution",
        CompetencyGroup.SERVICE,
        "Getting things done",
        "Turns a decision into work that has an owner, a date and an end.",
        (
            "Finishes what was promised, and writes down who does what by when.",
            "Runs meetings that decide, and follows up what was decided.",
            "Brings several teams to the same goal by a date, and says early what slips.",
            "Runs a rhythm from board to ward in which nothing important gets lost.",
        ),
        {NHS: "Holding to account", FMLM: "Corporate responsibility", ACGME: SYSTEMS_BASED},
    ),
    PresetCompetency(
        "direction",
        CompetencyGroup.WHOLE,
        "Giving direction",
        "Says where we are going and why, so that people want to come along.",
        (
            "Can explain the organisation's aims in words that colleagues use.",
            "Turns these aims into two or three that the own team calls its own.",
            "Wins people for a change that costs them something.",
            "Has given the organisation a direction that others now carry.",
        ),
        {NHS: "Sharing the vision", FMLM: "System", ACGME: COMMUNICATION},
    ),
    PresetCompetency(
        "partnership",
        CompetencyGroup.WHOLE,
        "Leading across borders",
        "Works with other professions, departments and organisations as if they were one team.",
        (
            "Knows what nurses, managers and others do, and asks when not.",
            "Shares a goal and its figures with a partner of another profession.",
            "Gives up something of the own unit's for what serves patients of several.",
            "Has built a partnership between organisations that patients notice.",
        ),
        {NHS: "Connecting our service", FMLM: "System", ACGME: SYSTEMS_BASED},
    ),
    PresetCompetency(
        "renewal",
        CompetencyGroup.WHOLE,
        "Renewing",
        "Sees what is coming, tries what is new, and lets go of what has had its day.",
        (
            "Follows what changes in the own field, and tells others.",
            "Tries something new on a small scale, with an end and a measure.",
            "Stops a habit or a service that no longer helps, and brings people through it.",
            "Has changed how the organisation works, before it had to.",
        ),
        {NHS: "Influencing for results", FMLM: "System", ACGME: SYSTEMS_BASED},
    ),
)
