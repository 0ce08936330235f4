"""Skill-pod cases: files checked as a whole, and engines that play them without clock, chance or rows."""

from passport.cases.case import Case, Video
from passport.cases.play import begin, debrief, load_case, own_case, own_cases, scene, step
from passport.cases.problems import CaseError, MoveError, Problem
from passport.cases.rubric import Criterion
from passport.cases.scene import (
    Choice,
    Constraint,
    CriterionFacts,
    Debrief,
    Field,
    NotTaken,
    Row,
    Scene,
    Table,
    Taken,
)

__all__ = [
    "Case",
    "CaseError",
    "Choice",
    "Constraint",
    "Criterion",
    "CriterionFacts",
    "Debrief",
    "Field",
    "MoveError",
    "NotTaken",
    "Problem",
    "Row",
    "Scene",
    "Table",
    "Taken",
    "Video",
    "begin",
    "debrief",
    "load_case",
    "own_case",
    "own_cases",
    "scene",
    "step",
]
