"""The tables of mentoring, split by noun."""

from mentoring.models.mentorships import Mentorship
from mentoring.models.profiles import Capacity, Expertise, MentorProfile, WeeklyHours
from mentoring.models.taxonomy import Interest, Tag
from mentoring.models.weights import MatchWeights

__all__ = [
    "Capacity",
    "Expertise",
    "Interest",
    "MatchWeights",
    "MentorProfile",
    "Mentorship",
    "Tag",
    "WeeklyHours",
]
