"""The tables of the Leadership Readiness Score, split by noun."""

from readiness.models.coaching import CoachingTask
from readiness.models.quarterly_files import QuarterlyFile
from readiness.models.role_graphs import RoleGraph
from readiness.models.saved_views import SavedView
from readiness.models.scorings import Scoring
from readiness.models.snapshots import Snapshot
from readiness.models.weights import WeightSet

__all__ = ["CoachingTask", "QuarterlyFile", "RoleGraph", "SavedView", "Scoring", "Snapshot", "WeightSet"]
