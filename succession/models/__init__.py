"""The tables of succession, split by noun."""

from succession.models.candidacies import Candidacy, ReadinessAssessment
from succession.models.ladder import LadderTask
from succession.models.pools import Pool
from succession.models.reviews import PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.models.scenarios import Scenario

__all__ = [
    "Candidacy",
    "LadderTask",
    "Pool",
    "PoolAction",
    "PoolDecision",
    "PoolSnapshot",
    "ReadinessAssessment",
    "Scenario",
    "TalentReview",
]
