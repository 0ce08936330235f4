"""The tables of the Leadership Readiness Score, split by noun."""

from readiness.models.coaching import CoachingTask
from readiness.models.snapshots import Snapshot
from readiness.models.weights import WeightSet

__all__ = ["CoachingTask", "Snapshot", "WeightSet"]
