"""The tables of the clinic model, split by noun."""

from sponsors.models.coaching import CoachingNote, CoachingSession, CoachProfile
from sponsors.models.competencies import Competency, CompetencyHeading
from sponsors.models.conferences import Attendee, Conference, ConferenceEvidence
from sponsors.models.contacts import Contact
from sponsors.models.diagnoses import (
    Diagnosis,
    DiagnosisAcknowledgement,
    DiagnosisDraft,
    DiagnosisQuestion,
)
from sponsors.models.figures import NightFigures
from sponsors.models.intake import IntakeRemark, IntakeRequest, IntakeRound
from sponsors.models.obstacles import Obstacle, ObstacleStep
from sponsors.models.onboarding import (
    Gate,
    GateItem,
    GateProof,
    Onboarding,
    OnboardingContents,
    Recommendation,
)
from sponsors.models.profiles import RoleDefinition, SponsorInterest, SponsorProfile
from sponsors.models.regimen import Acknowledgement, Action, Goal, Proposal, RegimenChange, RegimenVersion
from sponsors.models.reviews import Review, ReviewCall, ReviewNote, ReviewRule
from sponsors.models.sponsorships import Sponsorship
from sponsors.models.team import TeamSeat

__all__ = [
    "Acknowledgement",
    "Action",
    "Attendee",
    "CoachProfile",
    "CoachingNote",
    "CoachingSession",
    "Competency",
    "CompetencyHeading",
    "Conference",
    "ConferenceEvidence",
    "Contact",
    "Diagnosis",
    "DiagnosisAcknowledgement",
    "DiagnosisDraft",
    "DiagnosisQuestion",
    "Gate",
    "GateItem",
    "GateProof",
    "Goal",
    "IntakeRemark",
    "IntakeRequest",
    "IntakeRound",
    "NightFigures",
    "Obstacle",
    "ObstacleStep",
    "Onboarding",
    "OnboardingContents",
    "Proposal",
    "Recommendation",
    "RegimenChange",
    "RegimenVersion",
    "Review",
    "ReviewCall",
    "ReviewNote",
    "ReviewRule",
    "RoleDefinition",
    "SponsorInterest",
    "SponsorProfile",
    "Sponsorship",
    "TeamSeat",
]
