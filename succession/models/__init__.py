"""The tables of succession, split by noun."""

from succession.models.candidacies import Candidacy, ReadinessAssessment
from succession.models.ladder import LadderTask
from succession.models.pools import Pool
from succession.models.scenarios import Scenario

__all__ = ["Candidacy", "LadderTask", "Pool", "ReadinessAssessment", "Scenario"]
