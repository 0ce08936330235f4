"""The tables of succession, split by noun."""

from succession.models.candidacies import Candidacy, ReadinessAssessment
from succession.models.pools import Pool
from succession.models.scenarios import Scenario

__all__ = ["Candidacy", "Pool", "ReadinessAssessment", "Scenario"]
