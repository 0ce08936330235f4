"""The stages and milestones an organisation starts with; from then on they are its own to change."""

from __future__ import annotations

from dataclasses import dataclass

from passport.enums import StampTone
from people.enums import CareerStage, Profession
from surveys.enums import Dimension

TONES = {
    Dimension.STRATEGIC_INSIGHT: StampTone.VIOLET,
    Dimension.FINANCIAL_ACUMEN: StampTone.AMBER,
    Dimension.TEAM_LEADERSHIP: StampTone.TEAL,
    Dimension.GOVERNANCE_EXPERIENCE: StampTone.BLUE,
    Dimension.MENTORSHIP_ENGAGEMENT: StampTone.ROSE,
}


@dataclass(frozen=True, slots=True)
class StagePreset:
    key: CareerStage
    name: str
    focus: str


@dataclass(frozen=True, slots=True)
class MilestonePreset:
    stage: CareerStage
    title: str
    dimension: Dimension
    points: int
    icon: str
    description: str
    evidence_rule: str
    required: bool = True
    professions: tuple[Profession, ...] = ()  # none: for everybody


STAGES = (
    StagePreset(CareerStage.RESIDENT, "Resident", "Exposure"),
    StagePreset(CareerStage.FELLOW, "Fellow", "Depth"),
    StagePreset(CareerStage.EARLY_ATTENDING, "Early-career attending", "Execution"),
)

_EXPOSURE = (
    MilestonePreset(
        CareerStage.RESIDENT,
        "Shadow a chair meeting",
        Dimension.GOVERNANCE_EXPERIENCE,
        10,
        "armchair",
        "Sit beside a department chair through one full meeting and talk it over afterwards.",
        "Half a page on what was decided and how, confirmed by the chair or the chair's office.",
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Lead a quality-improvement project",
        Dimension.TEAM_LEADERSHIP,
        20,
        "chart-line",
        "Take one problem of your own unit from aim to a measured result, with a team.",
        "Aim, measure and run chart over at least one full test cycle, with the team's names.",
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Strategic-thinking pod",
        Dimension.STRATEGIC_INSIGHT,
        10,
        "compass",
        "A two-hour pod: read a service's position, name its options and argue for one.",
        "Completed pod with its rubric at the expected level or above.",
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Read a service budget",
        Dimension.FINANCIAL_ACUMEN,
        10,
        "report-money",
        "Go through your service's budget line by line with its business manager.",
        "One page on the three largest cost drivers, confirmed by the business manager.",
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Agree goals with a mentor",
        Dimension.MENTORSHIP_ENGAGEMENT,
        10,
        "heart-handshake",
        "Meet a mentor twice and write down what the two of you will work on.",
        "Written goals with dates, agreed by both.",
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Present a case for learning",
        Dimension.GOVERNANCE_EXPERIENCE,
        5,
        "presentation",
        "Present at a morbidity and mortality or safety meeting, with a system view and without blame.",
        "Slides without patient data and the actions agreed.",
        required=False,
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Run the daily huddle for a month",
        Dimension.TEAM_LEADERSHIP,
        5,
        "users-group",
        "Lead your team's short daily meeting and hand it over in better shape.",
        "Dates and a note of the nurse in charge.",
        required=False,
    ),
)

_DEPTH = (
    MilestonePreset(
        CareerStage.FELLOW,
        "Budget a service line",
        Dimension.FINANCIAL_ACUMEN,
        20,
        "coin",
        "Draw up next year's budget for one service line and defend it.",
        "The budget with its assumptions and the questions asked by finance.",
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Chair-level governance simulation",
        Dimension.GOVERNANCE_EXPERIENCE,
        20,
        "gavel",
        "Take the chair's seat in a simulated governance case and reach a decision on record.",
        "Simulation report with the rubric at the expected level or above.",
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Mentorship contract with deliverables",
        Dimension.MENTORSHIP_ENGAGEMENT,
        20,
        "signature",
        "Agree a contract with a mentor and record its deliverables as they are met.",
        "The contract and at least two deliverables signed by the mentor.",
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Write a strategy note",
        Dimension.STRATEGIC_INSIGHT,
        15,
        "map-2",
        "Two pages on where your service should be in three years, and what to stop doing.",
        "The note and the written reply of the service's leader.",
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Lead a team through a change",
        Dimension.TEAM_LEADERSHIP,
        15,
        "arrows-exchange",
        "Lead doctors, nurses and managers through one change in how they work together.",
        "Before and after in the team's own measure, with a colleague of another profession as witness.",
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Mentor a junior colleague",
        Dimension.MENTORSHIP_ENGAGEMENT,
        10,
        "friends",
        "Be somebody's mentor for half a year.",
        "Dates of the meetings and the mentee's confirmation.",
        required=False,
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Negotiate for resources",
        Dimension.FINANCIAL_ACUMEN,
        10,
        "scale",
        "Win staff, time or equipment for your service by a fair negotiation.",
        "The request, the counterpart's position and the agreement.",
        required=False,
    ),
)

_EXECUTION = (
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Serve on a chair-track committee",
        Dimension.GOVERNANCE_EXPERIENCE,
        20,
        "building-bank",
        "A year with a vote on a committee that decides for more than your own service.",
        "Appointment letter, attendance, and one decision you prepared.",
    ),
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Faculty development workshops",
        Dimension.TEAM_LEADERSHIP,
        15,
        "school",
        "Complete three workshops on leading, giving feedback and difficult conversations.",
        "Certificates or a list confirmed by the faculty development office.",
    ),
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Leadership development plan",
        Dimension.STRATEGIC_INSIGHT,
        20,
        "route",
        "A personal plan for three years, tied to the criteria your promotion will be judged by.",
        "The plan, matched criterion by criterion, reviewed with your chair.",
    ),
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Own a budget for a year",
        Dimension.FINANCIAL_ACUMEN,
        20,
        "wallet",
        "Answer for one budget through a full year, with its variances explained.",
        "Year-end report with variances, confirmed by finance.",
    ),
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Sponsor two emerging leaders",
        Dimension.MENTORSHIP_ENGAGEMENT,
        15,
        "seedling",
        "Put two people forward for work that stretches them, and stand behind them.",
        "What each was put forward for, and each one's confirmation.",
    ),
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Lead a service to a measured result",
        Dimension.TEAM_LEADERSHIP,
        20,
        "trophy",
        "Move one outcome of a service you lead, and keep it there for two quarters.",
        "The measure over four quarters and what the team did.",
    ),
    MilestonePreset(
        CareerStage.EARLY_ATTENDING,
        "Put a proposal before the board",
        Dimension.STRATEGIC_INSIGHT,
        10,
        "speakerphone",
        "Bring a proposal to the executive team or board and see it through to a decision.",
        "The paper and the minute of the decision.",
        required=False,
    ),
)

# What else leads on in a profession: optional, for the required ones are asked of everybody alike.
_BY_PROFESSION = (
    MilestonePreset(
        CareerStage.RESIDENT,
        "Plan a week of staffing",
        Dimension.TEAM_LEADERSHIP,
        5,
        "calendar-week",
        "Plan the nursing staff of your ward for a week with whoever usually does.",
        "The plan, what changed during the week and why, with a note of the nurse in charge.",
        required=False,
        professions=(Profession.NURSE,),
    ),
    MilestonePreset(
        CareerStage.RESIDENT,
        "Follow a patient through the house",
        Dimension.STRATEGIC_INSIGHT,
        5,
        "route",
        "Follow one patient's way from admission to discharge with a clinician, and note every wait.",
        "The way with its waits and one thing to change, without patient data.",
        required=False,
        professions=(Profession.ADMINISTRATOR,),
    ),
    MilestonePreset(
        CareerStage.FELLOW,
        "Bring a formulary decision",
        Dimension.GOVERNANCE_EXPERIENCE,
        10,
        "pill",
        "Prepare one decision for the medicines committee and present it there.",
        "The paper and the committee's minute.",
        required=False,
        professions=(Profession.PHARMACIST,),
    ),
)

MILESTONES = _EXPOSURE + _DEPTH + _EXECUTION + _BY_PROFESSION
