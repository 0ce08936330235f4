"""The tables of mentoring, split by noun."""

from mentoring.models.alumni import AlumniHour, AlumniSeat, AlumniTag, AlumniWord
from mentoring.models.contracts import Contract, ContractTemplate, Deliverable, TemplateDeliverable
from mentoring.models.credit import CreditRule
from mentoring.models.exposure import Exposure, ExposureReminder, ExposureReview
from mentoring.models.mentorships import Mentorship
from mentoring.models.profiles import Capacity, Expertise, MentorProfile, WeeklyHours
from mentoring.models.reverse import ReverseMentoring
from mentoring.models.runs import LeftOut, MatchProfile, MatchRun, PairRule, Proposal
from mentoring.models.satisfaction import Satisfaction
from mentoring.models.sessions import CalendarFeed, Session, SessionNote
from mentoring.models.taxonomy import Interest, Tag
from mentoring.models.weights import MatchWeights

__all__ = [
    "AlumniHour",
    "AlumniSeat",
    "AlumniTag",
    "AlumniWord",
    "CalendarFeed",
    "Capacity",
    "Contract",
    "ContractTemplate",
    "CreditRule",
    "Deliverable",
    "Expertise",
    "Exposure",
    "ExposureReminder",
    "ExposureReview",
    "Interest",
    "LeftOut",
    "MatchProfile",
    "MatchRun",
    "MatchWeights",
    "MentorProfile",
    "Mentorship",
    "PairRule",
    "Proposal",
    "ReverseMentoring",
    "Satisfaction",
    "Session",
    "SessionNote",
    "Tag",
    "TemplateDeliverable",
    "WeeklyHours",
]
