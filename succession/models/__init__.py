"""The tables of succession, split by noun."""

from succession.models.ballots import (
    ApprovalKey,
    ApprovalParticipation,
    ApprovalTally,
    BallotReceipt,
    PendingApproval,
)
from succession.models.candidacies import Candidacy, ReadinessAssessment
from succession.models.exposure_months import ExposureMonth
from succession.models.intentions import Intention
from succession.models.ladder import LadderTask
from succession.models.pools import Pool
from succession.models.representation import (
    CountedPerson,
    RepresentationFigure,
    RepresentationRule,
    RepresentationTelling,
)
from succession.models.reviews import PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.models.scenarios import Scenario
from succession.models.selections import (
    PanelMember,
    PanelScore,
    RollMember,
    Selection,
    SelectionEvent,
    Standing,
)

__all__ = [
    "ApprovalKey",
    "ApprovalParticipation",
    "ApprovalTally",
    "BallotReceipt",
    "Candidacy",
    "CountedPerson",
    "ExposureMonth",
    "Intention",
    "LadderTask",
    "PanelMember",
    "PanelScore",
    "PendingApproval",
    "Pool",
    "PoolAction",
    "PoolDecision",
    "PoolSnapshot",
    "ReadinessAssessment",
    "RepresentationFigure",
    "RepresentationRule",
    "RepresentationTelling",
    "RollMember",
    "Scenario",
    "Selection",
    "SelectionEvent",
    "Standing",
    "TalentReview",
]
